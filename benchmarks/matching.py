"""Match and decide alone, everything warm, against matchers that are built already."""

from __future__ import annotations

from benchmarks.peers import (
    Text,
    automaton_match,
    automaton_peer,
    automaton_places,
    flashtext_match,
    flashtext_peer,
)  # fmt: skip
from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Times, in_turn, timed
from benchmarks.world import checksum, compared, options, places_of

SECTION = "Match and decide only, warm (peers: matcher built before)"
BUILD = "Building the look-up structures alone (Farspan has none to keep)"
FLASHTEXT_LIMIT = 100_000


def measure(setting: Setting, results: Results) -> None:
    """PhraseMatcher on tokens, flashtext and pyahocorasick on text."""
    tokens = setting.tokens[0]
    for size in setting.names:
        world, peer = setting.world(tokens, size), setting.spacy(tokens, size)
        text = Text(world)
        ratios = {}
        for mode, attr in {"exact": "ORTH", "ignore": "LOWER"}.items():
            lower = mode == "ignore"
            ours = world.rematch(options(case=mode))
            matcher = peer.build(attr)
            automaton = automaton_peer(world.entity_list.surfaces, lower=lower)
            by_text = automaton_match(automaton, text.with_borders(lower))
            sides = {"farspan": ours, "PhraseMatcher": lambda peer=peer, m=matcher: peer.match(m), "pyahocorasick": by_text}
            if size <= FLASHTEXT_LIMIT:
                sides["flashtext"] = flashtext_match(
                    flashtext_peer(world.entity_list.surfaces, case_sensitive=not lower), text.texts
                )
            taken = in_turn(sides, setting.rounds)
            mine = places_of(ours())
            others = {"PhraseMatcher": peer.places(peer.match(matcher)), "pyahocorasick": automaton_places(by_text())}
            found = {"farspan": checksum(mine)} | {side: f"{checksum(p)} ({compared(mine, p)})" for side, p in others.items()}
            if "flashtext" in sides:
                keywords = sum(map(len, sides["flashtext"]()))
                found["flashtext"] = f"{keywords:,} (other semantics: leftmost, ASCII borders)"
            results.compare(SECTION, f"{world.size} {mode}", taken, found)
            ratios[mode] = taken["PhraseMatcher"].over(taken["farspan"])
            _show_builds(results, f"{world.size} {mode}", world.entity_list.surfaces, lower, lambda p=peer, a=attr: p.build(a))
        if size == setting.names[1]:
            where = f"match + decide, warm, {setting.tokens[0]:,} tokens x {size:,} names"
            results.at_least(f"{where}, exact", 6, {"exact": ratios["exact"]})
            results.at_least(f"{where}, ignore", 2.5, {"ignore": ratios["ignore"]})


def _show_builds(results: Results, case: str, names: list[str], lower: bool, build: object) -> None:
    times = {
        "PhraseMatcher": Times((timed(build),)),
        "pyahocorasick": Times((timed(lambda: automaton_peer(names, lower=lower)),)),
    }
    if len(names) <= FLASHTEXT_LIMIT:
        times["flashtext"] = Times((timed(lambda: flashtext_peer(names, case_sensitive=not lower)),))
    results.compare(BUILD, case, times, {}, "ratios against PhraseMatcher")
