"""Every change of one option, on real texts and lists: a session that remembers against a run from scratch, and their difference.

`python -m benchmarks.check_tweaks --names FILE... -- TEXT...` prints a line a change and ends with 1 if any of them is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.data import distinct_names
from benchmarks.tweaking import VALUES
from farspan.diff import difference
from farspan.files import read_text
from farspan.model import Document
from farspan.options import OPTIONS, ConflictPolicy, MatchingOptions, Option
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

POLICIES = {
    "nested": ConflictPolicy(nested=True),
    "cluster": ConflictPolicy(scope="cluster"),
    "optimal": ConflictPolicy(scope="optimal"),
    "left, length": ConflictPolicy(criteria=("left", "length")),
}


def changes() -> Iterator[tuple[str, dict[str, Any], ConflictPolicy]]:
    """Every option with each value worth trying, then the conflict policies."""
    for name, option in OPTIONS.items():
        for shown, value in (VALUES.get(name) or plain_values(option)).items():
            yield f"{name}={shown}", {name: value}, ConflictPolicy()
    for shown, policy in POLICIES.items():
        yield shown, {}, policy


def plain_values(option: Option) -> dict[str, Any]:
    """Values by the option's kind; none for an option that needs columns these texts do not have."""
    if option.kind == "flag":
        return {"other": not option.default}
    if option.kind == "choice":
        return {choice: choice for choice in option.choices if choice != option.default}
    return {"1": 1} if option.kind == "number" else {}


def columns(run: Run) -> list[Any]:
    """All that a run says, as arrays: candidates, decisions, spans."""
    contest, decisions, spans = run.contest, run.decisions, run.spans
    return [
        *(contest.starts, contest.ends, contest.sources, contest.names, contest.scores, contest.blocked),
        *(decisions.status, decisions.winner, decisions.criterion),
        *(spans.starts, spans.ends, spans.kinds, np.array(run.rules.labels)[spans.label_ids]),
    ]


def kept(run: Run) -> set[tuple[Any, ...]]:
    """The labelled places of a run, in characters of the corpus."""
    starts, ends = run.characters_of(slice(None))
    labels = np.array(run.rules.labels)[run.spans.label_ids]
    return set(
        zip(run.spans.starts.tolist(), run.spans.ends.tolist(), starts.tolist(), ends.tolist(), labels.tolist(), strict=True)
    )


def main(arguments: list[str] | None = None) -> int:
    """Check every change and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check_tweaks")
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--names", nargs="+", required=True)
    parser.add_argument("--most", type=int, default=100_000, help="names to take")
    given = parser.parse_args(arguments)
    names = distinct_names(given.names)
    step = max(len(names) // given.most, 1)
    lists = [EntityList.from_names("A", names[::step][: given.most], name="a"), EntityList.from_names("B", names[::97], name="b")]
    tokenizer = make_tokenizer("spacy", "en", Vocabulary())
    corpus = build_corpus([Document(path, read_text(path)) for path in given.texts], tokenizer, "en")
    lexicon = Lexicon(tokenizer, "en", ahead=True)
    print(f"{len(corpus):,} tokens, {len(lists[0]):,} and {len(lists[1]):,} names")
    wrong = [change[0] for change in changes() if not holds(corpus, lexicon, lists, change)]
    print(f"wrong: {', '.join(wrong) or 'none'}")
    return int(bool(wrong))


def holds(corpus: Corpus, lexicon: Lexicon, lists: list[EntityList], change: tuple[str, dict[str, Any], ConflictPolicy]) -> bool:
    """Whether a remembering session gives what a fresh one does, there and back, and the difference counts what differs."""
    shown, values, policy = change
    plain = [Source(names) for names in lists]
    changed = [Source(lists[0], MatchingOptions().changed(values)), plain[1]]
    session = Session(corpus, lexicon)
    before, after, back = session.run(plain), session.run(changed, policy), session.run(plain)
    fresh, fresh_before = Session(corpus, lexicon).run(changed, policy), Session(corpus, lexicon).run(plain)
    same = all(np.array_equal(one, other) for one, other in zip(columns(after), columns(fresh), strict=True))
    same_back = all(np.array_equal(one, other) for one, other in zip(columns(back), columns(fresh_before), strict=True))
    found = difference(before, after)
    old, new = kept(before), kept(after)
    counted = found.same == len(old & new) and len(found.removed) + len(found.changed) == len(old - new)
    print(
        f"{shown}: +{len(found.added)} -{len(found.removed)} ~{len(found.changed)}",
        "ok" if same and same_back and counted else "WRONG",
    )
    return same and same_back and counted


if __name__ == "__main__":
    sys.exit(main())
