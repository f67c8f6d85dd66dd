"""A new rule set on tokens that are there: from options to decisions, beside spaCy's matcher built anew, and one gather."""

from __future__ import annotations

import numpy as np

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Times, in_turn
from benchmarks.world import Places, checksum, compared, options, places_of

SECTION = "New rule set: normal forms, look-up structures, matches, decisions, spans (names are tokenised)"
MODES = {"exact": "ORTH", "ignore": "LOWER", "smart": "LOWER", "first": "LOWER"}


def measure(setting: Setting, results: Results) -> None:
    """Each case mode and list size against PhraseMatcher + filter_spans; exact case against a gather too."""
    tokens = setting.tokens[0]
    for size in setting.names:
        world, peer = setting.world(tokens, size), setting.spacy(tokens, size)
        theirs = {attr: peer.places(peer.rebuild(attr)) for attr in ("ORTH", "LOWER")}
        ratios: dict[str, dict[str, Times]] = {}
        for mode, attr in MODES.items():
            chosen, side = options(case=mode), f"PhraseMatcher {attr}"
            ours = places_of(world.rebuild(chosen))
            sides = {"farspan": lambda world=world, chosen=chosen: world.rebuild(chosen)}
            if mode in {"exact", "ignore"}:
                sides[side] = lambda peer=peer, attr=attr: peer.rebuild(attr)
            if mode == "exact":
                table, ids = np.arange(len(world.corpus.vocabulary), dtype=np.int32), world.corpus.ids
                sides["one gather"] = lambda table=table, ids=ids: table[ids]
            taken = ratios[mode] = in_turn(sides, setting.rounds)
            if side not in taken:  # no such mode in spaCy: its nearest one, measured a moment ago
                other = ratios["ignore"][side]
                taken = taken | {f"{side} (other spans)": Times((other.median,) * len(taken["farspan"].seconds))}
                ratios[mode] = taken
            note = _note(mode, ours, theirs[attr])
            results.compare(
                SECTION, f"{world.size} {mode}", taken, {"farspan": checksum(ours), side: checksum(theirs[attr])}, note
            )
        _judge(setting, results, size, ratios)


def _note(mode: str, ours: Places, theirs: Places) -> str:
    if mode in {"first", "smart"}:
        return f"spaCy has no case={mode}"
    return compared(ours, theirs) + ("; lower() is not casefold()" if mode == "ignore" else "")


def _judge(setting: Setting, results: Results, size: int, taken: dict[str, dict[str, Times]]) -> None:
    ratios = {}
    for mode, times in taken.items():
        side = next(name for name in times if name.startswith("PhraseMatcher"))
        ratios[mode] = times[side].over(times["farspan"])
    where = f"new rule set, {setting.tokens[0]:,} tokens x {size:,} names"
    if size == setting.names[-1]:
        results.at_least(where, 60, ratios)
    elif size == setting.names[-2]:
        results.at_least(where, 20, ratios)
        times = taken["exact"]
        results.at_most(f"{where}, exact case", 8, {"gathers": times["farspan"].over(times["one gather"])}, "x")
