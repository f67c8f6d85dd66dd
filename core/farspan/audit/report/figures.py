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
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    label: str,
    *,
    numbers: Sequence[Sequence[int]] | None = None,
) -> str:
    """A matrix whose values, 0 to 1, are shades; in each cell its number, or else its value in per cent; None: an empty cell."""
    left, top = 14 + 7 * max((len(name) for name in rows), default=0), 26
    wide = max(_CELL, 12 + 7 * max((len(name) for name in columns), default=0))
    parts = [_open(left + wide * len(columns) + 8, top + 30 * len(rows) + 8, label)]
    parts += [_text(left + wide * (number + 0.5), top - 8, name, "middle") for number, name in enumerate(columns)]
    for number, (name, row) in enumerate(zip(rows, values, strict=True)):
        y = top + 30 * number
        parts.append(_text(left - 6, y + 19, name, "end"))
        for place, value in enumerate(row):
            shown = "" if value is None else f"{100 * value:.0f}%" if numbers is None else f"{numbers[number][place]:,}"
            parts.append(_cell((left + wide * place, y, wide - 2), value, shown))
    return "".join([*parts, "</svg>"])


def _cell(box: tuple[float, float, float], value: float | None, shown: str) -> str:
    x, y, width = box
    rectangle = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="28"'
    if value is None:
        return f'{rectangle} fill="none" stroke="{_LINE}" stroke-opacity="0.15"/>'
    shade = f'{rectangle} class="shade" fill-opacity="{0.04 + 0.86 * min(max(value, 0), 1):.3f}"/>'
    ink = ' class="on-shade"' if value > 0.55 else f' fill="{_LINE}"'
    place = f'x="{x + width / 2:.1f}" y="{y + 19:.1f}" text-anchor="middle" font-size="12"'
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


def falling_curve(values: Sequence[float], label: str, size: str) -> str:
    """Values from the highest on, evenly spaced: where a queue is worth working through. size: how many they stand for."""
    height, left, bottom, top = 200, 44, 34, 12
    shown = sorted(values, reverse=True)

    def x(place: int) -> float:
        return left + (_WIDTH - left - 12) * place / max(len(shown) - 1, 1)

    def y(value: float) -> float:
        return height - bottom - (height - bottom - top) * min(max(value, 0), 1)

    line = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in enumerate(shown))
    parts = [_open(_WIDTH, height, label), *_levels(left, y, (0, 0.5, 1))]
    parts.append(f'<polyline points="{line}" class="line" fill="none"/>')
    parts.append(_text(_WIDTH - 12, height - 8, size, "end"))
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
