"""One changed option on a warm session: what tuning feels like, beside building spaCy's matcher anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Times, timed
from benchmarks.world import World, options
from farspan.diff import difference
from farspan.options import OPTIONS, ConflictPolicy, Option
from farspan.run import Run, Source
from farspan.session import Lexicon, Session

SECTION = "One changed option on a warm session, processor time (first time: nothing of it known; back: the old value again)"
BUDGET = 0.1
# What a person would try; an option that is not here gets a value by its kind.
VALUES: Mapping[str, Mapping[str, Any]] = {
    "label": {"OTHER": "OTHER"},
    "case": {"first": "first", "ignore": "ignore", "smart": "smart"},
    "lemma": {"on": "on"},
    "prefixes": {"un-, re-": ("un-", "re-")},
    "suffixes": {"-s, -ed": ("-s", "-ed")},
    "split": {"parts": "parts", "first_last": "first_last"},
    "fuzzy": {"1": 1},
    "min_length": {"4": 4},
    "min_tokens": {"2": 2},
    "exclude": {"3 names": ("Paris", "Moscow", "The Man")},
    "stopwords": {"en": "en"},
    "across_sentences": {"no": False},
    "boundary": {},
    "pos": {},
    "left": {"Mr, Mrs": ("Mr", "Mrs")},
    "right": {"said": ("said",)},
    "not_left": {"the": ("the",)},
    "not_right": {"of": ("of",)},
    "max_risk": {"0.5": 0.5},
    "extend": {"2": 2},
    "priority": {"1": 1},
}


def measure(setting: Setting, results: Results) -> None:
    """Every option once, the conflict policy too, each with the difference of the two runs."""
    world = setting.world(setting.tokens[0], setting.names[1])
    within: dict[str, float] = {}
    for name, item in OPTIONS.items():
        for shown, value in VALUES.get(name, _guess(item)).items():
            within[f"{name}={shown}"] = _tweak(world, results, f"{name}={shown}", {name: value}, None)
    policies = {"nested": ConflictPolicy(nested=True), "scope=cluster": ConflictPolicy(scope="cluster")}
    policies |= {"scope=optimal": ConflictPolicy(scope="optimal"), "criteria=left": ConflictPolicy(criteria=("left", "length"))}
    for shown, policy in policies.items():
        within[shown] = _tweak(world, results, shown, {}, policy)
    figures = {change: seconds * 1e3 for change, seconds in within.items()}
    results.at_most(f"a rule change and its difference, processor time, {world.size}", BUDGET * 1e3, figures, " ms")
    peer = setting.spacy(setting.tokens[0], setting.names[1])
    for attr in ("ORTH", "LOWER"):
        seconds = [_worked(lambda attr=attr: peer.rebuild(attr)) for _ in range(setting.rounds.least)]
        times = {f"PhraseMatcher {attr} rebuild": Times(tuple(seconds))}
        results.compare(SECTION, "any change", times, {}, "for comparison: the only way there")


def _worked(work: Callable[[], object]) -> float:
    """Seconds of the processor: the budget is one of work, and others may be at work beside it."""
    return timed(work, clock=time.process_time)


def _guess(item: Option) -> dict[str, Any]:
    match item.kind:
        case "flag":
            return {"no" if item.default else "yes": not item.default}
        case "choice":
            return {value: value for value in item.choices if value != item.default}
        case "number":
            return {"1": 1}
    return {}


def _tweak(world: World, results: Results, shown: str, values: Mapping[str, Any], policy: ConflictPolicy | None) -> float:
    """Seconds of the change and its difference together; a session of its own each round, so that nothing is remembered."""
    taken: dict[str, list[float]] = {"first time": [], "back": [], "difference": []}
    before = Source(world.entity_list, options())
    after = Source(world.entity_list, options(**values))
    found = ""
    for _ in range(3):
        session = Session(world.corpus, Lexicon(world.tokenizer, world.lang, ahead=True))
        base = _spanned(session.run([before]))
        runs: list[Run] = []
        taken["first time"].append(_worked(lambda s=session, r=runs: r.append(_spanned(s.run([after], policy)))))
        taken["back"].append(_worked(lambda s=session: _spanned(s.run([before]))))
        taken["difference"].append(_worked(lambda b=base, r=runs: difference(b, r[0])))
        change = difference(base, runs[0])
        found = f"{len(change.added):,} added, {len(change.removed):,} removed, {len(change.changed):,} changed"
    times = {side: Times(tuple(seconds)) for side, seconds in taken.items()}
    results.compare(SECTION, f"{world.size} {shown}", times, {"first time": found})
    return times["first time"].median + times["difference"].median


def _spanned(run: Run) -> Run:
    assert run.spans is not None
    return run
