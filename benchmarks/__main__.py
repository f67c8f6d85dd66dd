"""The benchmarks: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.data import load_material
from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Rounds
from farspan.errors import FarspanError

MEASUREMENTS = (
    "tokenising", "rebuilding", "matching", "tweaking", "commands", "growth", "memory", "scripts", "startup", "storing", "window",
    "dumps", "relations", "formats",
)  # fmt: skip


def main() -> int:
    """Run what is asked for; 0 whatever the clock says."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="farspan-bench-") as folder:
        try:
            material = load_material(asked.texts, asked.names, Path(folder) / "sample", asked.lang)
        except FarspanError as error:
            sys.exit(f"benchmarks: {error}")
        results = Results(judges=not asked.quick)
        sizes = ((10**5, 10**6), (10**3, 10**4, 10**5)) if asked.quick else ((10**6, 9 * 10**6), (10**4, 10**5, 10**6))
        rounds = Rounds(3, 2, 5.0) if asked.quick else Rounds()
        if asked.rounds:
            rounds = Rounds(asked.rounds, asked.rounds, rounds.patience)
        setting = Setting(material, Path(folder), *sizes, rounds, full=not asked.quick)
        results.inputs = _inputs(asked, material.described, len(material.names), sizes[1][-1])
        for name in asked.only or MEASUREMENTS:
            print(f"\n## {name}", file=sys.stderr, flush=True)
            try:
                import_module(f"benchmarks.{name}").measure(setting, results)
            finally:
                _write(asked, results)
            setting.forget()
    print(results.as_markdown())
    if not asked.json:
        print(json.dumps(results.as_json(), ensure_ascii=False))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Farspan beside its peers, on the same work.")
    parser.add_argument("--texts", nargs="+", default=[], metavar="FILE", help="texts; default: the sample project's")
    parser.add_argument(
        "--names", nargs="+", default=[], metavar="FILE", help="lists, 'FILE?name=title' chooses a column; default: the sample's"
    )
    parser.add_argument("--lang", help="language of the texts; default: en for --texts, es for the sample")
    parser.add_argument("--quick", action="store_true", help="a tenth of every size, fewer rounds")
    parser.add_argument("--rounds", type=int, metavar="N", help="so many rounds; default: up to 7, fewer where they are long")
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="one measurement; repeatable")
    parser.add_argument("--json", metavar="OUT", help="write the JSON there instead of to standard output")
    parser.add_argument("--markdown", metavar="OUT", help="write the tables there too")
    return parser.parse_args()


def _inputs(asked: argparse.Namespace, described: str, real: int, most: int) -> dict[str, str]:
    made = f"; lists over {real:,} names are filled up with synthetic ones of two and three words" if most > real else ""
    texts = ", ".join(Path(file).name for file in asked.texts) or "the Spanish sample project"
    names = ", ".join(Path(file).name for file in asked.names) or "the film titles of the sample project"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return {"texts": texts, "names": names, "size": described + made, "load at the start": load}


def _write(asked: argparse.Namespace, results: Results) -> None:
    """After each measurement, so that an interrupted run leaves what it has."""
    if asked.json:
        Path(asked.json).write_text(json.dumps(results.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.markdown:
        Path(asked.markdown).write_text(results.as_markdown(), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
