"""Figures as SVG, drawn here: they need no program to be seen, follow the page's light or dark colours, and print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH: Final = 640
_CELL: Final = 58
_LINE: Final = "currentColor"


@dataclass(frozen=True, slots=True)
class Point:
    """A step of an interval as judgements come in."""

    n: int
    value: float
    lower: float
    upper: float


def heat_map(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float | None]], label: str, *, percent: bool = True
) -> str:
    """A matrix with its shares as shades, each cell with its number; None is an empty cell."""
    left, top = 12 + 7 * max((len(name) for name in rows), default=0), 26
    width, height = left + _CELL * len(columns) + 8, top + 30 * len(rows) + 8
    parts = [_open(width, height, label)]
    for number, name in enumerate(columns):
        parts.append(_text(left + _CELL * (number + 0.5), top - 8, name, "middle"))
    for number, (name, row) in enumerate(zip(rows, values, strict=True)):
        y = top + 30 * number
        parts.append(_text(left - 6, y + 19, name, "end"))
        for place, value in enumerate(row):
            parts.append(_cell(left + _CELL * place, y, value, percent=percent))
    return "".join([*parts, "</svg>"])


def _cell(x: float, y: float, value: float | None, *, percent: bool) -> str:
    box = f'x="{x:.1f}" y="{y:.1f}" width="{_CELL - 2}" height="28"'
    if value is None:
        return f'<rect {box} fill="none" stroke="{_LINE}" stroke-opacity="0.15"/>'
    shade = f'<rect {box} class="shade" fill-opacity="{0.04 + 0.86 * min(max(value, 0), 1):.3f}"/>'
    shown = f"{100 * value:.0f}%" if percent else f"{value:.2f}"
    ink = ' class="on-shade"' if value > 0.55 else f' fill="{_LINE}"'
    place = f'x="{x + (_CELL - 2) / 2:.1f}" y="{y + 19:.1f}" text-anchor="middle" font-size="12"'
    return f"{shade}<text {place}{ink}>{shown}</text>"


def interval_curve(points: Sequence[Point], label: str) -> str:
    """How an estimate and its interval moved as judgements came in: a band around a line, over 0 to 1."""
    height, left, bottom, top = 240, 44, 34, 12
    most = max((point.n for point in points), default=1)

    def x(n: int) -> float:
        return left + (_WIDTH - left - 12) * n / max(most, 1)

    def y(value: float) -> float:
        return height - bottom - (height - bottom - top) * value

    upper = " ".join(f"{x(point.n):.1f},{y(point.upper):.1f}" for point in points)
    lower = " ".join(f"{x(point.n):.1f},{y(point.lower):.1f}" for point in reversed(points))
    line = " ".join(f"{x(point.n):.1f},{y(point.value):.1f}" for point in points)
    parts = [_open(_WIDTH, height, label), *_levels(left, y, (0, 0.25, 0.5, 0.75, 1))]
    parts.append(f'<polygon points="{upper} {lower}" class="band"/><polyline points="{line}" class="line" fill="none"/>')
    parts.append(_text(_WIDTH - 12, height - 8, f"{most:,} judged", "end"))
    parts.append(_text(left, height - 8, "0", "middle"))
    return "".join([*parts, "</svg>"])


def falling_curve(values: Sequence[float], label: str, unit: str) -> str:
    """Values sorted from the highest on, over how many there are: where a queue is worth working through."""
    height, left, bottom, top = 200, 44, 34, 12
    ordered = sorted(values, reverse=True)
    shown = ordered if len(ordered) <= 200 else [ordered[len(ordered) * i // 200] for i in range(200)] + ordered[-1:]

    def x(place: int) -> float:
        return left + (_WIDTH - left - 12) * place / max(len(shown) - 1, 1)

    def y(value: float) -> float:
        return height - bottom - (height - bottom - top) * min(max(value, 0), 1)

    line = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in enumerate(shown))
    parts = [_open(_WIDTH, height, label), *_levels(left, y, (0, 0.5, 1))]
    parts.append(f'<polyline points="{line}" class="line" fill="none"/>')
    parts.append(_text(_WIDTH - 12, height - 8, f"{len(values):,} {unit}", "end"))
    return "".join([*parts, "</svg>"])


def _levels(left: float, y: Callable[[float], float], levels: Sequence[float]) -> list[str]:
    found = []
    for level in levels:
        height = y(level)
        found.append(
            f'<line x1="{left}" x2="{_WIDTH - 12}" y1="{height:.1f}" y2="{height:.1f}" stroke="{_LINE}" stroke-opacity="0.2"/>'
        )
        found.append(_text(left - 6, height + 4, f"{level:g}", "end"))
    return found


def _open(width: float, height: float, label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img"'
        f' aria-label="{escape(label)}" font-family="system-ui, sans-serif">'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{_LINE}">{escape(text)}</text>'
