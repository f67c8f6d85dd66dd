"""The pairs of a relation run without a window: rows that are filtered and sorted in whole arrays, read one by one when shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.job import SILENT, Job
from farspan.model import BoolArray, LongArray
from farspan.relations.bags import Bags
from farspan.relations.browsing import STATUS, ProjectRelations
from farspan.relations.facts import WAYS
from farspan.relations.table import NEGATIVE, REASONS, SOURCES
from farspan_app.gui.models.facets import Chosen, Facet, Facets
from farspan_app.gui.models.kwic import flat, ranked
from farspan_app.gui.models.searching import Finder, Search
from farspan_app.gui.opened import State

BANDS: Final = (0, 5, 10, 20, 50)
"""Most tokens between the mentions in each band of distances but the last."""

SORTS: Final = ("place", "relation", "subject", "object", "types", "distance", "status", "judged")

STATUSES: Final = ("kept", "negative", *REASONS[1:])
"""What became of a pair: it is a relation, a negative, or was left out for a reason."""

JUDGED: Final = ("unjudged", *STATUS[1:])

_BEFORE, _BETWEEN, _AFTER = 24, 36, 160
_KEPT: Final = ("kept", "negative")


@dataclass(frozen=True, slots=True)
class PairQuery:
    """Which rows are wanted. only: int64, rows that are looked at in particular; None: all are."""

    search: Search = field(default_factory=lambda: Search(""))
    chosen: Chosen = field(default_factory=lambda: {"status": frozenset(_KEPT)})
    only: LongArray | None = None


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair as a person reads it. text: its sentences, cut; subject, object: places in it, code points."""

    row: int
    document: int
    name: str
    text: str
    subject: tuple[int, int]
    object: tuple[int, int]
    relation: str
    distance: int
    types: tuple[str, str]
    ids: tuple[str, str]
    status: str
    judged: str
    source: str
    way: str


class Pairs:
    """What a relation run found, over the texts that the window shows. Made on a worker's thread; nothing of it changes."""

    def __init__(self, found: ProjectRelations, state: State) -> None:
        assert state.corpus is not None  # noqa: S101  (there are relations, so there are texts)
        self.run = found.run
        self.columns = found.columns
        self.entities: Sequence[str] = found.entities
        self.bags: Bags = found.bags
        self.verdicts: npt.NDArray[np.uint8] = found.status.copy()
        self.corpus = state.corpus
        self._names = [document.id for document in state.documents]
        numbers = {stored.id: number for number, stored in enumerate(state.stored_documents)}
        known = np.array([numbers.get(one, -1) for one in self.columns.documents.tolist()], np.int64)
        self.documents: LongArray = np.repeat(known, np.diff(self.columns.offsets))
        self.starts = np.minimum(self.columns.subject_starts, self.columns.object_starts)
        self.ends = np.maximum(self.columns.subject_ends, self.columns.object_ends)
        self._begins, self._stops = self._sentences()

    def __len__(self) -> int:
        return len(self.columns)

    def judged(self, found: ProjectRelations) -> Pairs:
        """The same with the verdicts that `found` has by now."""
        made: Pairs = object.__new__(Pairs)
        made.__dict__.update(self.__dict__)
        made.__dict__.pop("facets", None)
        made.verdicts = found.status.copy()
        return made

    def _sentences(self) -> tuple[LongArray, LongArray]:
        """Where the sentences of each pair begin and end in its document, code points."""
        corpus = self.corpus
        if not len(corpus):
            return self.starts.astype(np.int64), self.ends.astype(np.int64)
        owners = np.repeat(np.arange(len(corpus.documents), dtype=np.int64), np.diff(corpus.doc_offsets))
        keys = owners << 32 | corpus.starts
        documents = np.maximum(self.documents, 0) << 32
        lasts = np.append(corpus.sentences[1:], len(corpus)) - 1
        first = corpus.sentence_of(np.maximum(np.searchsorted(keys, documents | self.starts, "right") - 1, 0))
        last = corpus.sentence_of(np.maximum(np.searchsorted(keys, documents | (self.ends - 1), "right") - 1, 0))
        begins = np.minimum(corpus.starts[corpus.sentences[first]], self.starts)
        return begins.astype(np.int64), np.maximum(corpus.ends[lasts[last]], self.ends).astype(np.int64)

    # ---- one pair

    def context(self, row: int) -> tuple[str, int]:
        """The sentences of a pair as they stand, and where they begin in the document."""
        begin = int(self._begins[row])
        return self.corpus.documents[int(self.documents[row])].text[begin : int(self._stops[row])], begin

    def places(self, row: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where subject and object stand in the document."""
        columns = self.columns
        subject = int(columns.subject_starts[row]), int(columns.subject_ends[row])
        return subject, (int(columns.object_starts[row]), int(columns.object_ends[row]))

    def words(self, row: int) -> tuple[str, str]:
        """Subject and object as the text spells them."""
        text = self.corpus.documents[int(self.documents[row])].text
        (a, b), (c, d) = self.places(row)
        return flat(text[a:b]), flat(text[c:d])

    def ids(self, row: int) -> tuple[str, str]:
        """The entities of a pair."""
        return self.entities[self.columns.subject_ids[row]], self.entities[self.columns.object_ids[row]]

    def types(self, row: int) -> tuple[str, str]:
        """The labels of the two mentions."""
        labels = self.run.labels
        return labels[self.columns.subject_labels[row]], labels[self.columns.object_labels[row]]

    def relation(self, row: int) -> str:
        """What the pair is said to stand in."""
        name: str = self.run.names[self.columns.relations[row]]
        return name

    def line(self, row: int) -> PairLine:
        """The row, read from the text it stands in."""
        columns = self.columns
        text, begin = self.context(row)
        subject, object_ = self.places(row)
        shown, places = _cut(text, [(a - begin, b - begin) for a, b in (subject, object_)])
        return PairLine(
            row, int(self.documents[row]), self._names[self.documents[row]], shown, places[0], places[1],
            self.relation(row), int(columns.distances[row]), self.types(row), self.ids(row),
            STATUSES[self.statuses[row]], JUDGED[self.verdicts[row]], SOURCES[columns.sources[row]], WAYS[columns.ways[row]],
        )  # fmt: skip

    # ---- many

    @cached_property
    def statuses(self) -> LongArray:
        """int64[n] into STATUSES."""
        codes = self.columns.reasons.astype(np.int64) + 1
        codes[self.columns.reasons == 0] = 0
        codes[(self.columns.reasons == 0) & self.is_negative] = 1
        return codes

    @cached_property
    def is_negative(self) -> BoolArray:
        """bool[n]: the pairs that are said to stand in no relation."""
        names = list(self.run.names)
        negative: BoolArray = self.columns.relations == (names.index(NEGATIVE) if NEGATIVE in names else -1)
        return negative

    @cached_property
    def facets(self) -> Facets:
        """What the pairs can be narrowed down by."""
        return Facets(self, FACETS)

    def found(self, query: PairQuery, job: Job = SILENT) -> BoolArray:
        """bool[n]: what the search of `query` finds among its `only`, whatever the facets say. Raises OptionError."""
        found: BoolArray = self.documents >= 0
        if query.only is not None:
            among = np.zeros(len(self), np.bool_)
            among[query.only] = True
            found &= among
        return found & self._holds(Finder(query.search), job) if query.search else found

    def _holds(self, finder: Finder, job: Job) -> BoolArray:
        """bool[n]: the pairs whose sentences hold what is searched for."""
        found = np.zeros(len(self), np.bool_)
        bounds = self.columns.offsets.tolist()
        for at, (first, last) in enumerate(pairwise(bounds)):
            job.progress(at, len(bounds) - 1, "")
            if first == last or self.documents[first] < 0:
                continue
            text = self.corpus.documents[int(self.documents[first])].text
            hits = np.array(list(finder.places(text)), np.int64).reshape(-1, 2)
            nearest = np.searchsorted(hits[:, 0], self._begins[first:last])
            found[first:last] = np.append(hits[:, 1], np.iinfo(np.int64).max)[nearest] <= self._stops[first:last]
        return found

    def sorted(self, rows: LongArray, key: str, *, descending: bool = False) -> LongArray:
        """`rows` by one of SORTS; what is equal keeps the order of the text."""
        ranks = self._ranks(key)[rows]
        return rows[np.argsort(-ranks if descending else ranks, kind="stable")]

    def _ranks(self, key: str) -> LongArray:
        columns = self.columns
        match key:
            case "relation":
                return ranked(self.run.names)[columns.relations]
            case "subject" | "object":
                return ranked(self.entities)[columns.subject_ids if key == "subject" else columns.object_ids]
            case "types":
                labels = ranked(self.run.labels)
                return labels[columns.subject_labels] << 20 | labels[columns.object_labels]
            case "distance":
                return columns.distances.astype(np.int64)
            case "status":
                return self.statuses
            case "judged":
                return self.verdicts.astype(np.int64)
        return np.arange(len(self), dtype=np.int64)


def _cut(text: str, places: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """`text` on one line with the two places in it; what is far from them is left out, an ellipsis in its stead."""
    (first, first_end), (second, second_end) = sorted(places)
    before, after = text[:first], text[max(first_end, second_end) :]
    between = text[first_end:second] if second >= first_end else None
    before = before if len(before) <= _BEFORE else "… " + before[-_BEFORE:].split(" ", 1)[-1]
    after = after if len(after) <= _AFTER else after[:_AFTER].rsplit(" ", 1)[0] + " …"
    shift = len(before) - first
    if between is None:  # one inside the other
        return flat(before + text[first : max(first_end, second_end)] + after), [(a + shift, b + shift) for a, b in places]
    if len(between) > _BETWEEN:
        half = _BETWEEN // 2
        between = f"{between[:half].rsplit(' ', 1)[0]} … {between[-half:].split(' ', 1)[-1]}"
    moved = {(first, first_end): (first + shift, first_end + shift)}
    begin = first_end + shift + len(between)
    moved[second, second_end] = (begin, begin + second_end - second)
    whole = before + text[first:first_end] + between + text[second:second_end] + after
    return flat(whole), [moved[place] for place in places]


def _relations(pairs: Pairs) -> Facet:
    return Facet(pairs.columns.relations.astype(np.int64), pairs.run.names)


def _types(pairs: Pairs) -> Facet:
    columns, labels = pairs.columns, pairs.run.labels
    codes = columns.subject_labels.astype(np.int64) * max(len(labels), 1) + columns.object_labels
    used, numbers = np.unique(codes, return_inverse=True)
    return Facet(numbers, [f"{labels[code // len(labels)]} → {labels[code % len(labels)]}" for code in used.tolist()])


def _distances(pairs: Pairs) -> Facet:
    return Facet(np.searchsorted(BANDS, pairs.columns.distances).astype(np.int64), bands())


def bands() -> list[str]:
    """The bands of distances in words, tokens between the mentions."""
    lows = [0, *(most + 1 for most in BANDS)]
    closed = [f"{low}–{most}" if low < most else f"{most}" for low, most in zip(lows, BANDS, strict=False)]
    return [*closed, f"{lows[-1]} +"]


def _documents(pairs: Pairs) -> Facet:
    return Facet(np.maximum(pairs.documents, 0), [document.id for document in pairs.corpus.documents])


FACETS: Final[Mapping[str, Callable[[Pairs], Facet]]] = {
    "status": lambda pairs: Facet(pairs.statuses, STATUSES),
    "relation": _relations,
    "types": _types,
    "distance": _distances,
    "judged": lambda pairs: Facet(pairs.verdicts.astype(np.int64), JUDGED),
    "document": _documents,
}
"""Every facet of pairs by its name, in the order in which they are shown."""
