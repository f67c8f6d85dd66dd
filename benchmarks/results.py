"""What was measured: rows of one table, and the budgets with what became of them."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.timing import Times

_PACKAGES = ("farspan", "spacy", "numpy", "pyarrow", "flashtext", "pyahocorasick")


@dataclass(frozen=True, slots=True)
class Row:
    """One side of one comparison. ratio: how many times as long as the first side (Farspan); found: what it gave back."""

    section: str
    case: str
    side: str
    seconds: float | None
    fastest: float | None
    rounds: int
    ratio: float | None
    found: str
    note: str


@dataclass(frozen=True, slots=True)
class Budget:
    """One promise of the design and whether it was kept here."""

    work: str
    wanted: str
    measured: str
    reached: bool


@dataclass(slots=True)
class Results:
    """The table and the budgets, in the order of measuring; rows are shown on stderr as they come."""

    rows: list[Row] = field(default_factory=list)
    budgets: list[Budget] = field(default_factory=list)
    inputs: dict[str, Any] = field(default_factory=dict)
    judges: bool = True  # budgets are about the full sizes alone

    def compare(self, section: str, case: str, times: Mapping[str, Times], found: Mapping[str, str], note: str = "") -> None:
        """A row for each side; the first side is what the others are compared with."""
        first = next(iter(times.values()))
        for number, (side, taken) in enumerate(times.items()):
            ratio = None if number == 0 else taken.over(first)
            self.add(Row(section, case, side, taken.median, taken.fastest, len(taken.seconds), ratio, found.get(side, ""), note))
            note = ""

    def value(self, section: str, case: str, side: str, found: str, note: str = "") -> None:
        """A figure that is no time."""
        self.add(Row(section, case, side, None, None, 1, None, found, note))

    def add(self, row: Row) -> None:
        """Keep `row` and show it."""
        self.rows.append(row)
        print(_line(row), file=sys.stderr, flush=True)

    def at_least(self, work: str, wanted: float, ratios: Mapping[str, float]) -> None:
        """The budget is kept if every ratio is at least `wanted`."""
        self._judge(work, f">= {wanted:g}x", ratios, "x", min(ratios.values()) >= wanted)

    def at_most(self, work: str, wanted: float, figures: Mapping[str, float], unit: str) -> None:
        """The budget is kept if no figure is above `wanted`."""
        self._judge(work, f"<= {wanted:g}{unit}", figures, unit, max(figures.values()) <= wanted)

    def _judge(self, work: str, wanted: str, figures: Mapping[str, float], unit: str, reached: bool) -> None:
        if not self.judges:
            return
        shown = ", ".join(f"{case} {figure:.3g}{unit}".strip() for case, figure in figures.items())
        self.budgets.append(Budget(work, wanted, shown, bool(reached)))

    def as_json(self) -> dict[str, Any]:
        """Everything, with machine and versions."""
        rows, budgets = [asdict(row) for row in self.rows], [asdict(budget) for budget in self.budgets]
        return {"machine": machine(), "versions": versions(), "inputs": self.inputs, "budgets": budgets, "rows": rows}

    def as_markdown(self) -> str:
        """The budgets and one table a section."""
        lines = [" · ".join(f"{key}: {value}" for key, value in {**machine(), **versions()}.items()), ""]
        lines += [" · ".join(f"{key}: {value}" for key, value in self.inputs.items()), ""]
        if self.budgets:
            lines += ["| budget | wanted | measured | |", "|---|---|---|---|"]
            lines += [
                f"| {b.work} | {b.wanted} | {b.measured} | {'reached' if b.reached else '**missed**'} |" for b in self.budgets
            ]
        section = ""
        sections = list(dict.fromkeys(row.section for row in self.rows))
        for row in sorted(self.rows, key=lambda row: sections.index(row.section)):
            if row.section != section:
                section = row.section
                lines += ["", f"### {section}", "", "| case | side | median | least | × Farspan | rounds | found | note |"]
                lines += ["|---|---|--:|--:|--:|--:|---|---|"]
            lines.append(_line(row))
        return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}" if row.ratio < 10 else f"{row.ratio:.0f}"
    rounds = str(row.rounds) if row.seconds is not None else ""
    cells = [row.case, row.side, duration(row.seconds), duration(row.fastest), ratio, rounds, row.found, row.note]
    return "| " + " | ".join(cells) + " |"


def duration(seconds: float | None) -> str:
    """`seconds` with a unit that leaves three figures."""
    if seconds is None:
        return ""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


def machine() -> dict[str, str]:
    """Cores, processor, memory, load: what a reader needs to judge the figures; no names."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return {"processor": _processor(), "cores": str(cores), "memory": f"{pages:.0f} GiB", "load at the end": load}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def versions() -> dict[str, str]:
    """Python and the packages compared."""
    return {"Python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}
