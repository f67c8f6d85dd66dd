"""The same texts, names and rules give the same spans, however equals are ordered and whoever runs it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from farspan.annotate import Annotator, Source
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.sources.lists import EntityList

WORDS = ["Ada", "ADA", "ada", "Lovelace", "New", "York", "new", "Rom", "rom", "City", "of", "the"]
RUNS = 100


def some_text(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(400))


def some_names(chance: random.Random) -> list[dict[str, str]]:
    found = {" ".join(chance.choice(WORDS) for _ in range(chance.choice([1, 1, 2, 2, 3]))) for _ in range(60)}
    return [{"name": name, "id": f"Q{number}"} for number, name in enumerate(sorted(found))]


def test_a_hundred_runs_with_shuffled_names_and_lists_of_equal_standing_give_one_result() -> None:
    chance = random.Random(7)
    text, lists = some_text(chance), {label: some_names(chance) for label in ("LOC", "PER", "ORG")}
    policies = [
        ConflictPolicy(("length", "priority", "score", "left"), scope, nested)
        for scope in ("greedy", "optimal", "cluster")
        for nested in (False, True)
    ]
    results: dict[ConflictPolicy, set[tuple[Any, ...]]] = {policy: set() for policy in policies}
    for number in range(RUNS):
        shuffled = [(label, chance.sample(names, len(names))) for label, names in lists.items()]
        chance.shuffle(shuffled)
        sources = [Source(EntityList.from_names(label, names), MatchingOptions(case="ignore")) for label, names in shuffled]
        policy = policies[number % len(policies)]
        (document,) = Annotator(sources, tokenizer="unicode", policy=policy).annotate([Document("d", text)])
        results[policy].add(tuple(document.spans))
    assert {policy: len(found) for policy, found in results.items()} == dict.fromkeys(policies, 1)
    assert all(len(next(iter(found))) > 20 for found in results.values())


def test_the_command_writes_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    chance = random.Random(11)
    (tmp_path / "a.txt").write_text(some_text(chance), encoding="utf-8")
    for label in ("LOC", "PER"):
        (tmp_path / f"{label}.txt").write_text("\n".join(name["name"] for name in some_names(chance)), encoding="utf-8")
    written = []
    for seed in ("0", "1", "4711"):
        command = [sys.executable, "-m", "farspan_app.cli.main", "annotate", "a.txt", "-o", f"{seed}.jsonl"]
        command += ["--list", "LOC=LOC.txt", "--list", "PER=PER.txt", "--set", "case=ignore", "--tokenizer", "unicode", "-q"]
        subprocess.run(command, check=True, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed})
        written.append((tmp_path / f"{seed}.jsonl").read_bytes())
    assert len(set(written)) == 1
