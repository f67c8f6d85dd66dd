"""Every option, alone and with others: a session that remembers gives what a fresh one gives, by either plan."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.errors import OptionError
from farspan.matching.matcher import SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.model import Document
from farspan.options import OPTIONS, ConflictPolicy, MatchingOptions
from farspan.run import RuleSet, Run, settle
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

TEXTS = [
    "Pedro Almodóvar rueda en Tallinnas. El señor Almodovar vive en Berlin. Berlinreise mit Pedro.",
    "በአዲስ አበባ የኢትዮጵያ ከተማ። አዲስ አበባ ትልቅ ናት። June is here, in june. Will June come?",
    "İstanbul'da NATO-s Jean-Paul Sartre und JEAN. New\nYork Times; new york. المحـمد محمد",
    "Tallinn Talinn Tallinnast Kathmandu Cathmandu Pedro Luis Cruz. Harrison Ford Junior",
]
LISTS = [
    EntityList.from_names(
        "PER",
        ["Pedro", "Pedro Almodóvar", "Almodóvar", "June", "Jean-Paul Sartre", "Cruz", {"name": "Harrison", "aliases": ["Will"]}],
        name="people",
    ),
    EntityList.from_names(
        "LOC", ["Tallinn", "Berlin", "አዲስ አበባ", "ኢትዮጵያ", "İstanbul", "New York", "Kathmandu", "محمد", "June"], name="places"
    ),
]

VALUES: dict[str, list[Any]] = {
    "active": [True, False],
    "label": ["", "X"],
    "aliases": [True, False],
    "case": ["exact", "first", "ignore", "smart"],
    "diacritics": ["keep", "fold"],
    "marks": ["keep", "fold"],
    "lemma": ["off", "on"],
    "prefixes": [(), ("በ", "የ"), ("ال",)],
    "suffixes": [(), ("-as", "-ast"), ("da", "s")],
    "split": ["off", "parts", "first_last"],
    "fuzzy": [0, 1, 2],
    "min_length": [0, 6],
    "min_tokens": [0, 2],
    "exclude": [(), ("Pedro",)],
    "stopwords": ["", "en"],
    "left": [(), ("señor",), ("^", "*s")],
    "right": [(), ("/^[A-Z]/",)],
    "not_left": [(), ("in", "/o$/")],
    "not_right": [(), ("$", "Times")],
    "pos": [()],
    "max_risk": [1.0, 0.6],
    "across_sentences": [False, True],
    "join": [False, True],
    "extend": [0, 1, 3],
    "priority": [0, 2],
    "boundary": ["token", "anywhere"],
}


def test_no_option_is_left_out() -> None:
    assert set(VALUES) == set(OPTIONS)


def corpus_and_lexicon() -> Session:
    tokenizer = make_tokenizer("unicode", "et", Vocabulary())
    documents = [Document(str(number), text) for number, text in enumerate(TEXTS)]
    return Session(build_corpus(documents, tokenizer, "et"), Lexicon(tokenizer, "et"))


def shown(run: Run) -> list[Any]:
    starts, ends = run.characters(np.arange(len(run.contest)))
    spans = run.spans
    return [
        *zip(
            starts.tolist(), ends.tolist(), run.contest.starts.tolist(), run.contest.ends.tolist(), run.contest.sources.tolist(),
            run.contest.names.tolist(), run.contest.scores.tolist(), run.contest.blocked.tolist(), run.decisions.status.tolist(),
            run.decisions.winner.tolist(), run.decisions.criterion.tolist(), strict=True,
        ),
        *zip(spans.rows.tolist(), spans.starts.tolist(), spans.ends.tolist(), [run.rules.labels[n] for n in spans.label_ids], strict=True),
    ]  # fmt: skip


changes = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]))), max_size=4
)
WORD_OPTIONS = {"lemma": "off", "prefixes": (), "suffixes": (), "fuzzy": 0}


def options_of(chosen: list[tuple[str, Any]]) -> MatchingOptions:
    options = MatchingOptions().changed(dict(chosen))
    return options.changed(WORD_OPTIONS) if options.boundary == "anywhere" else options


@pytest.fixture(scope="module")
def remembering() -> Session:
    return corpus_and_lexicon()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, changes, st.booleans())
def test_a_session_that_remembers_gives_what_a_fresh_one_gives(
    remembering: Session, first: list[tuple[str, Any]], second: list[tuple[str, Any]], nested: bool
) -> None:
    sources = [Source(names, options_of(chosen)) for names, chosen in zip(LISTS, (first, second), strict=True)]
    policy = ConflictPolicy(nested=nested)
    run = remembering.run(sources, policy)
    assert shown(run) == shown(corpus_and_lexicon().run(sources, policy))
    for document, spans in zip(TEXTS, _spans_of(sources, policy), strict=True):
        assert all(0 <= span.start < span.end <= len(document) for span in spans)
    annotated = [
        [(span.start, span.end, span.label, span.name, span.kind) for span in spans] for spans in _spans_of(sources, policy)
    ]
    assert annotated == _of_run(run)


def _spans_of(sources: list[Source], policy: ConflictPolicy) -> list[Any]:
    annotator = Annotator(sources, lang="et", tokenizer="unicode", policy=policy)
    return [document.spans for document in annotator.annotate([Document(str(i), text) for i, text in enumerate(TEXTS)])]


def _of_run(run: Run) -> list[Any]:
    from farspan.annotate import annotated_documents

    return [
        [(span.start, span.end, span.label, span.name, span.kind) for span in document.spans]
        for document in annotated_documents(run)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=changes)
def test_neither_batches_nor_workers_change_a_result(monkeypatch: pytest.MonkeyPatch, chosen: list[tuple[str, Any]]) -> None:
    sources = [Source(names, options_of(chosen)) for names in LISTS]

    def spans(**how: Any) -> list[Any]:
        annotator = Annotator(sources, lang="et", tokenizer="unicode", **how)
        documents = annotator.annotate([Document(str(i), text) for i, text in enumerate(TEXTS * 3)])
        return [list(document.spans) for document in documents]

    with monkeypatch.context() as patch:
        whole = spans()
        patch.setattr(sys.modules["farspan.annotate"], "BATCH_CHARACTERS", 100)
        assert spans() == whole
        assert spans(workers=3) == whole


@settings(max_examples=60, deadline=None)
@given(changes)
def test_both_plans_give_the_same(chosen: list[tuple[str, Any]]) -> None:
    options = options_of(chosen)
    session = corpus_and_lexicon()
    runs = []
    for plan in ("postings", "trie"):
        found = []
        for names in LISTS:
            matcher = SourceMatcher(session.lexicon.prepared(names), options, session.lexicon.profiles, plan)  # type: ignore[arg-type]
            found.append(matcher.match(session.corpus, stream_of(session.corpus, session.lexicon.profiles, matcher.coarse)))
        runs.append(shown(settle(session.corpus, RuleSet([Source(names, options) for names in LISTS], ConflictPolicy()), found)))
    assert runs[0] == runs[1]


@pytest.mark.parametrize("option", sorted(WORD_OPTIONS))
def test_options_that_cannot_go_together_say_so(option: str) -> None:
    session, value = corpus_and_lexicon(), VALUES[option][1]
    options = MatchingOptions(boundary="anywhere").changed({option: value})
    with pytest.raises(OptionError, match=option):
        SourceMatcher(
            PreparedList(LISTS[0], make_tokenizer("unicode", "et", session.corpus.vocabulary)), options, session.lexicon.profiles
        )
