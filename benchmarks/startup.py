"""How long the command takes to say its help, and what importing costs, byte-compiled."""

from __future__ import annotations

import compileall
import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks.children import farspan_command, run_child
from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Rounds, in_turn

SECTION = "Start-up, processes of their own (the interpreter's own start is in each)"


def measure(setting: Setting, results: Results) -> None:
    """In turn with an interpreter that does nothing."""
    del setting
    for package in ("farspan", "farspan_app", "farspan_resources", "typer", "rich", "click"):
        spec = find_spec(package)
        if spec and spec.origin:
            compileall.compile_dir(str(Path(spec.origin).parent), quiet=2)
    imports = ("pass", "import farspan", "import farspan.annotate", "import spacy", "from farspan.store.project import Project")
    sides = {code: lambda code=code: run_child([sys.executable, "-c", code]) for code in imports}
    commands = {"farspan --help": ["--help"], "farspan annotate --help": ["annotate", "--help"]}
    sides |= {side: lambda a=arguments: run_child(farspan_command(*a)) for side, arguments in commands.items()}
    times = in_turn(sides, Rounds(7, 5, 30))
    results.compare(SECTION, "cold process", times, {}, "ratios against an interpreter that does nothing")
    results.at_most("start of the command", 0.4, {side: times[side].median for side in commands}, " s")
