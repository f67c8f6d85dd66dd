"""Where the patterns of a list match: regular expressions in a text, token patterns by spaCy's Matcher, labels of the input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import regex

from farspan.errors import InputError, OptionError
from farspan.matching.views import column_of
from farspan.model import Document, IntArray
from farspan.options import MatchingOptions
from farspan.sources.patterns import Pattern
from farspan.spans import MANUAL
from farspan.text.corpus import Corpus

_TIMEOUT: Final = 10.0  # seconds for one expression in a text of a million characters or less

_LABELLED: Final = frozenset({"kept", "nested", "gold"})

Hit = tuple[int, int, int, int, int]
"""start and end token in the corpus, pattern, start and end in the document."""


@dataclass(frozen=True)
class PatternMatcher:
    """The patterns of one list, by row, under its options: case=ignore and boundary count, the rest compares names."""

    patterns: Mapping[int, Pattern]
    options: MatchingOptions

    def find(self, corpus: Corpus) -> Iterator[Hit]:
        """Every match, document by document. Raises InputError for an expression that takes too long."""
        for number in range(len(corpus.documents)):
            begin, end = int(corpus.doc_offsets[number]), int(corpus.doc_offsets[number + 1])
            if end > begin:
                yield from self._find_expressions(corpus, number)
                yield from self._find_labels(corpus, number)
                if self._has_tokens:
                    yield from self._find_tokens(corpus, number, begin)

    @cached_property
    def _expressions(self) -> Mapping[int, regex.Pattern[str]]:
        flags = regex.MULTILINE | (regex.IGNORECASE if self.options.case == "ignore" else 0)
        return {row: regex.compile(one.expression, flags) for row, one in self.patterns.items() if one.expression}

    @cached_property
    def _labels(self) -> Mapping[str, int]:
        return {one.label: row for row, one in self.patterns.items() if one.label}

    @cached_property
    def _has_tokens(self) -> bool:
        return any(one.tokens for one in self.patterns.values())

    def _find_expressions(self, corpus: Corpus, number: int) -> Iterator[Hit]:
        document = corpus.documents[number]
        for row, expression in self._expressions.items():
            for first, last in self._spans(document, row, expression):
                yield from self._on_tokens(corpus, number, row, first, last)

    def _find_labels(self, corpus: Corpus, number: int) -> Iterator[Hit]:
        """What came labelled with the input: no candidates that lost or were blocked there, no gold that a person made since."""
        for span in corpus.documents[number].spans if self._labels else ():
            row = self._labels.get(span.label)
            is_given = span.kind in _LABELLED and not (span.kind == "gold" and span.source == MANUAL)
            if row is not None and is_given:
                yield from self._on_tokens(corpus, number, row, span.start, span.end)

    def _on_tokens(self, corpus: Corpus, number: int, row: int, first: int, last: int) -> Iterator[Hit]:
        """The hit at the code points first:last, if it stands where the option `boundary` lets it."""
        begin, end = int(corpus.doc_offsets[number]), int(corpus.doc_offsets[number + 1])
        starts, ends = corpus.starts[begin:end], corpus.ends[begin:end]
        token, after = int(np.searchsorted(ends, first, "right")), int(np.searchsorted(starts, last, "left"))
        if after > token:
            is_whole = starts[token] == first and ends[after - 1] == last
            if is_whole or (self.options.boundary == "anywhere" and starts[0] <= first and last <= ends[-1]):
                yield begin + token, begin + after, row, first, last

    def _spans(self, document: Document, row: int, expression: regex.Pattern[str]) -> Iterator[tuple[int, int]]:
        """The matches in one text, less the white space around them."""
        text = document.text
        try:
            for found in expression.finditer(text, timeout=_TIMEOUT * max(1.0, len(text) / 1e6)):
                piece = found[0]
                first, last = found.start() + len(piece) - len(piece.lstrip()), found.end() - len(piece) + len(piece.rstrip())
                if last > first:
                    yield first, last
        except TimeoutError:
            raise InputError(
                f"/{expression.pattern}/ takes too long on document {document.id!r}",
                where=self.patterns[row].place,
                remedy="write it without repeats inside repeats",
            ) from None

    @cached_property
    def _matcher(self) -> Any:
        import spacy  # noqa: PLC0415
        from spacy.matcher import Matcher  # noqa: PLC0415

        matcher = Matcher(spacy.blank("xx").vocab)
        for row, one in self.patterns.items():
            if one.tokens:
                matcher.add(str(row), [[dict(token) for token in one.tokens]])
        return matcher

    def _find_tokens(self, corpus: Corpus, number: int, begin: int) -> Iterator[Hit]:
        matcher = self._matcher
        try:
            found = matcher(_as_doc(corpus, number, matcher.vocab))
        except ValueError as error:
            raise OptionError(
                f"a token pattern asks for what document {corpus.documents[number].id!r} lacks: "
                + " ".join(str(error).split())[:160],
                remedy="LEMMA, POS and TAG need input with columns named lemma, upos and xpos",
            ) from error
        for key, first, last in found:
            row = int(matcher.vocab.strings[key])
            token, after = begin + first, begin + last
            yield token, after, row, int(corpus.starts[token]), int(corpus.ends[after - 1])


def _as_doc(corpus: Corpus, number: int, vocab: Any) -> Any:
    """The tokens of one document for spaCy, with the columns that patterns can ask for."""
    from spacy.parts_of_speech import IDS  # noqa: PLC0415
    from spacy.tokens import Doc  # noqa: PLC0415

    begin, end = int(corpus.doc_offsets[number]), int(corpus.doc_offsets[number + 1])
    words = [corpus.vocabulary.strings[token] for token in corpus.ids[begin:end].tolist()]
    gaps: IntArray = corpus.starts[begin + 1 : end] - corpus.ends[begin : end - 1]
    columns = {
        "lemmas": column_of(corpus, number, ("lemma", "LEMMA")),
        "pos": column_of(corpus, number, ("upos", "UPOS", "pos", "POS")),
        "tags": column_of(corpus, number, ("xpos", "XPOS")),
    }
    more: dict[str, Any] = {name: list(column) for name, column in columns.items() if column is not None}
    if "pos" in more:
        more["pos"] = [tag if tag in IDS else "" for tag in more["pos"]]
    return Doc(vocab, words=words, spaces=[*(gaps > 0).tolist(), False], **more)
