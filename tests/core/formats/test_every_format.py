"""Through every format of the table and back: what a format can express comes back the same, the rest is in the loss report.

Driven by the table, so that a new format is held to it the day it is registered.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.formats import FORMATS, Loss, open_target, read_documents, write_companions, writer_for
from farspan.model import Document, Relation, Span, Tokens

# Words: Latin, emoji beyond the basic plane, NFD, right to left, Ethiopic, a family of joined emoji, U+2028, U+0085 and VT
# inside, signs that formats use for themselves, and one that looks like a tag.
WORDS = st.sampled_from(
    [
        *("Lima", "es", "la", "Perú", "Perú", "القاهرة", "ירושלים", "በአዲስ", "北京", "🏛", "👩‍👩‍👧", "a\u2028b", "a\u0085b"),
        *(
            "a\x0bb",
            "B-PER",
            "O",
            "_",
            "*",
            "a|b",
            "a;b",
            "[x]",
            "-DOCSTART-",
            "#",
            "\\n",
            "%41",
            '"',
            "<b>",
            "&amp;",
            "1-2",
            "e\u0301",
        ),
    ]
)
GAPS = st.sampled_from([" ", " ", " ", "", "  ", "\n", "\r\n", " \r\n\r\n", "\t", "\u00a0", "\u2028", " \n "])
LABELS = st.sampled_from(["PER", "LOC", "ORG", "Ort-de", "人"])
IDS = st.sampled_from([(), ("Q64",), ("Q64", "Q1055"), ("MESH:D003490",), ("http://www.wikidata.org/entity/Q2868",)])


@st.composite
def documents(draw: st.DrawFn, number: int = 0) -> Document:
    """One document with tokens, sentences, spans on token borders (nested, overlapping, twice) and relations."""
    words = draw(st.lists(WORDS, min_size=1, max_size=12))
    gaps = [draw(GAPS) for _ in words]
    gaps[-1] = draw(st.sampled_from(["", "\n", " "]))
    text, starts, ends = draw(st.sampled_from(["", "", " ", "\ufeff"])), [], []
    for word, gap in zip(words, gaps, strict=True):
        starts.append(len(text))
        text += word
        ends.append(len(text))
        text += gap
    firsts = sorted({0, *draw(st.lists(st.integers(0, len(words) - 1), max_size=2))})
    tokens = Tokens(np.array(starts, np.int32), np.array(ends, np.int32), np.array(firsts, np.int32))
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.integers(0, len(words) - 1))
        last = draw(st.integers(first, min(first + 3, len(words) - 1)))
        source = draw(st.sampled_from(["", "list"]))
        score = draw(st.sampled_from([None, None, 1.0, 0.5]))
        spans.append(Span(starts[first], ends[last], draw(LABELS), source, "", draw(IDS), "gold", score))
    spans.sort(key=lambda span: (span.start, -span.end))
    pairs = st.tuples(st.integers(0, max(0, len(spans) - 1)), st.integers(0, max(0, len(spans) - 1)))
    relations = [Relation("lives in", a, b) for a, b in draw(st.lists(pairs, max_size=2, unique=True)) if spans and a != b]
    return Document(f"doc{number}", text, {}, tokens, spans, relations)


CORPORA = st.integers(1, 3).flatmap(lambda count: st.tuples(*(documents(number) for number in range(count))))


def written(name: str, corpus: Sequence[Document], path: Path) -> tuple[str, Loss]:
    """The path of the corpus in the format, and what it lost; formats of one document a file get an archive."""
    item = FORMATS[name]
    several = item.single or item.content == "pair"
    target = str(path / ("out.zip" if several else f"out{item.suffixes[0]}"))
    options = {"kinds": ("kept", "nested", "gold")} if "kinds" in item.write_options else {}
    with open_target(target, item) as place, writer_for(name, place, **options) as writer:
        for document in corpus:
            writer.write(document)
    write_companions(target, writer)
    return target, writer.loss


# What may differ afterwards, and the kinds of loss that say so.
SPANS = ("nested", "overlapping", "borders", "merged", "spans", "labels")
WORDING = ("text", "normalised", "tokens", "documents", "characters")
EXCUSES = {
    "documents": ("documents", "text", "sentences", "document_ids"),
    "document ids": ("document_ids", "documents"),
    "text": WORDING,
    "tokens": WORDING,
    "sentences": (*WORDING, "sentences"),
    "spans": (*SPANS, "documents", "characters", "tokens"),
    "ids": (*SPANS, "ids", "characters", "tokens"),
    "scores": (*SPANS, "scores", "characters"),
    "sources": (*SPANS, "sources", "characters"),
    "relations": (*SPANS, "relations", "characters", "tokens"),
}
# Less those whose records are pairs of spans and not documents; they have tests of their own.
PAIRS = {"tacred", "nyt10"}
BOTH = sorted(name for name, item in FORMATS.items() if item.read is not None and item.write is not None and name not in PAIRS)


def compared(before: Sequence[Document], after: Sequence[Document]) -> set[str]:
    """What of the corpus is not the same."""
    if len(before) != len(after):
        return {"documents"}
    different = set()
    for old, new in zip(before, after, strict=True):
        same = {
            "document ids": old.id == new.id,
            "text": old.text == new.text,
            "tokens": words_of(old) == words_of(new),
            "sentences": firsts_of(old) == firsts_of(new),
            "spans": sorted(map(bare(old), old.spans)) == sorted(map(bare(new), new.spans)),
            "ids": Counter((bare(old)(span), span.ids) for span in old.spans)
            == Counter((bare(new)(span), span.ids) for span in new.spans),
            "scores": sorted(span.score for span in old.spans if span.score not in {None, 1.0})
            == sorted(span.score for span in new.spans if span.score not in {None, 1.0}),
            "sources": Counter(span.source for span in old.spans) == Counter(span.source for span in new.spans),
            "relations": related(old) == related(new),
        }
        different |= {what for what, is_same in same.items() if not is_same}
    return different


def words_of(document: Document) -> list[str] | None:
    tokens = document.tokens
    return tokens and [document.text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def firsts_of(document: Document) -> list[int] | None:
    return None if document.tokens is None else document.tokens.sentences.tolist()


def bare(document: Document):
    """A span as words and label, and how many words stand before it: the same whatever the white space is."""
    return lambda span: (len(inked(document.text[: span.start])), inked(document.text[span.start : span.end]), span.label)


def inked(text: str) -> str:
    """The text in NFC without what cannot be seen of it."""
    return "".join(character for character in normalize("NFC", text) if not character.isspace() and character != "\ufeff")


def related(document: Document) -> Counter[object]:
    ends = list(map(bare(document), document.spans))
    return Counter((one.relation, ends[one.subject], ends[one.object]) for one in document.relations)


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=12, deadline=None)
@given(corpus=CORPORA)
def test_what_comes_back_is_the_same_or_its_loss_is_named(name: str, corpus: tuple[Document, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, loss = written(name, corpus, Path(folder))
        first = Path(path).read_bytes()
        assert Path(written(name, corpus, Path(folder))[0]).read_bytes() == first  # the same bytes every time
        again = list(read_documents([path], input_format=name))
    said = {kind for kind, count in loss.counts.items() if count}
    for what in compared(corpus, again):
        # That a format has no tokens, sentences or names of documents at all is said once, in the table.
        # PubTator's relations hold between entities: each comes back between the first mentions of the two.
        never = set(FORMATS[name].cannot) & {"tokens", "sentences", "document_ids", "relations" if name == "pubtator" else ""}
        assert set(EXCUSES[what]) & (said | never), (what, said)
    if not any(loss.counts[kind] for kind in ("documents", "spans", "labels")):
        lost = sum(loss.counts[kind] for kind in SPANS)
        assert sum(len(one.spans) for one in again) >= sum(len(one.spans) for one in corpus) - lost
