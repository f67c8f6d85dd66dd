"""The most memory that the whole command holds on the largest input."""

from __future__ import annotations

from benchmarks.children import run_child
from benchmarks.commands import annotate_command, write_names, write_texts
from benchmarks.results import Results, Row
from benchmarks.setting import Setting
from benchmarks.world import short

SECTION = "Peak memory of the whole command"


def measure(setting: Setting, results: Results) -> None:
    """One child process."""
    tokens, names = setting.tokens[1], setting.names[2]
    command = annotate_command(setting, write_texts(setting, tokens), write_names(setting, names), setting.folder / "large.conll")
    child = run_child(command)
    gigabytes = child.peak / 2**30
    case = f"{short(tokens)} x {short(names)}"
    results.add(Row(SECTION, case, "farspan annotate", child.seconds, child.seconds, 1, None, f"peak {gigabytes:.2f} GiB", ""))
    results.at_most(f"peak memory, {case}", 4, {"farspan annotate": gigabytes}, " GiB")
