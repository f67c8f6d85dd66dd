"""Key words in context without a window: the candidates of a run as rows that are filtered and sorted in whole arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from farspan.decide.conflicts import Status
from farspan.job import SILENT, Job
from farspan.model import BoolArray, IntArray, LongArray
from farspan.run import Run
from farspan.store.work import Edit
from farspan_app.gui.models.facets import Chosen, Facets
from farspan_app.gui.models.searching import Finder, Search
from farspan_app.gui.views.spans import Verdict

FloatArray = npt.NDArray[np.float64]

CONTEXT: Final = 80
"""Characters of context on each side."""

SORTS: Final = ("L3", "L2", "L1", "match", "R1", "R2", "R3", "name", "list", "label", "status", "document", "risk", "place")
"""What rows can be sorted by. L1 is the word before the match, R1 the one behind it; place is the order of the text."""

_VERDICTS: Final = {"accepted": Verdict.ACCEPTED, "rejected": Verdict.REJECTED}
_REPORT_EVERY: Final = 64
_AT_ONCE: Final = 20_000  # strings that are handed to Arrow in one call
_SIDES: Final[tuple[Literal["left"], Literal["right"]]] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows are wanted. around: the search looks at the context too, not only at the match. chosen: see `facets`.

    only: int64, rows that are looked at in particular; None: all are.
    """

    search: Search = field(default_factory=lambda: Search(""))
    around: bool = False
    chosen: Chosen = field(default_factory=dict)
    only: LongArray | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as a person reads it. start, end: code points in the document."""

    left: str
    match: str
    right: str
    name: str
    source: str
    label: str
    status: Status
    verdict: Verdict
    document: int
    start: int
    end: int
    risk: float | None = None


class Kwic:
    """The rows of `run.contest` as lines. edits: what people changed, by the number of the document.

    risks: float64[rows], the signal of each (`counting.candidate_risks`); None while it is not known.
    """

    def __init__(
        self,
        run: Run,
        judgements: Mapping[tuple[str, int, int, str], str] = MappingProxyType({}),
        edits: Mapping[int, Sequence[Edit]] = MappingProxyType({}),
        risks: FloatArray | None = None,
    ) -> None:
        self.run = run
        self.risks = risks
        self.verdicts: npt.NDArray[np.uint8] = np.zeros(len(run.contest), np.uint8)
        self.relabelled: dict[int, str] = {}
        self._take_judgements(judgements)
        self._take_edits(edits)

    def __len__(self) -> int:
        return len(self.run.contest)

    def line(self, row: int) -> Line:
        """The row, read from the text it stands in."""
        run, document = self.run, int(self.documents[row])
        start, end = (int(side[row]) for side in self._extents)
        text = run.corpus.documents[document].text
        source, name, _ids = run.rules.origin(int(run.contest.sources[row]), int(run.contest.names[row]))
        return Line(
            flat(text[max(start - CONTEXT, 0) : start]), flat(text[start:end]), flat(text[end : end + CONTEXT]),
            name, source, self.label(row), Status(run.decisions.status[row]), Verdict(self.verdicts[row]), document, start, end,
            None if self.risks is None else float(self.risks[row]),
        )  # fmt: skip

    def label(self, row: int) -> str:
        """The label of a row, the one a person gave it if they did."""
        return self.relabelled.get(row) or self.run.rules.labels[self.run.label_ids[row]]

    # ---- filtering

    @cached_property
    def facets(self) -> Facets:
        """What the rows can be narrowed down by."""
        return Facets(self)

    def rows(self, query: Query, job: Job = SILENT) -> LongArray:
        """int64: the rows that `query` wants, in the order of the text. Raises OptionError for a faulty expression."""
        return np.flatnonzero(self.found(query, job) & self.facets.passing(query.chosen))

    def found(self, query: Query, job: Job = SILENT) -> BoolArray:
        """bool: what the search of `query` finds among its `only`, whatever the facets say. Raises OptionError."""
        found: BoolArray = np.ones(len(self), np.bool_)
        if query.search:
            finder = Finder(query.search)
            found = self._has_around(finder, job) if query.around else self._has_match(finder)
        if query.only is not None:
            among = np.zeros(len(self), np.bool_)
            among[query.only] = True
            found = found & among
        return found

    def _has_match(self, finder: Finder) -> BoolArray:
        """Looks at each distinct match once."""
        groups, texts = self._matches
        return np.fromiter((finder.is_in(text) for text in texts), np.bool_, len(texts))[groups]

    def _has_around(self, finder: Finder, job: Job) -> BoolArray:
        found = np.zeros(len(self), np.bool_)
        starts, ends = self._characters
        bounds = np.searchsorted(self.documents, np.arange(len(self.run.corpus.documents) + 1))
        for number, document in enumerate(self.run.corpus.documents):
            if number % _REPORT_EVERY == 0:
                job.progress(number, len(bounds) - 1, "")
            mine = slice(int(bounds[number]), int(bounds[number + 1]))
            if mine.start == mine.stop:
                continue
            hits = np.array(list(finder.places(document.text)), np.int64).reshape(-1, 2)
            first = np.searchsorted(hits[:, 0], starts[mine] - CONTEXT)
            stops = np.append(hits[:, 1], np.iinfo(np.int64).max)[first]
            found[mine] = stops <= ends[mine].astype(np.int64) + CONTEXT
        return found

    # ---- sorting

    def sorted(self, rows: LongArray, key: str, *, descending: bool = False) -> LongArray:
        """`rows` by one of `SORTS`; what is equal keeps its order, so that several sorts after one another combine."""
        ranks = self._ranks(rows, key)
        return rows[np.argsort(-ranks if descending else ranks, kind="stable")]

    def _ranks(self, rows: LongArray, key: str) -> LongArray:
        contest, run = self.run.contest, self.run
        match key:
            case "match":
                groups, texts = self._matches
                return ranked(texts)[groups[rows]]
            case "name":
                return self._name_ranks[rows]
            case "list":
                return ranked([source.name for source in run.rules.sources])[contest.sources[rows]]
            case "label":
                return self._label_ranks(rows)
            case "status":
                return run.decisions.status[rows].astype(np.int64) * len(Verdict) + self.verdicts[rows]
            case "document":
                return ranked([document.id for document in run.corpus.documents])[self.documents[rows]]
            case "risk":
                return np.zeros(len(rows), np.int64) if self.risks is None else (self.risks[rows] * 1e9).astype(np.int64)
            case "place":
                return rows.astype(np.int64)
        return self._word_ranks(rows, int(key[1:]) * (-1 if key[0] == "L" else 1))

    def _word_ranks(self, rows: LongArray, distance: int) -> LongArray:
        """The rank of the word at `distance` from the match, 0 where the document ends before it."""
        run, corpus = self.run, self.run.corpus
        tokens = (run.contest.starts[rows] if distance < 0 else run.contest.ends[rows] - 1).astype(np.int64) + distance
        documents = self.documents[rows]
        inside = (tokens >= corpus.doc_offsets[documents]) & (tokens < corpus.doc_offsets[documents + 1])
        ranks = np.zeros(len(rows), np.int64)
        ranks[inside] = self._type_ranks[corpus.ids[tokens[inside]]] + 1
        return ranks

    def _label_ranks(self, rows: LongArray) -> LongArray:
        labels = [*self.run.rules.labels, *self.relabelled.values()]
        ranks = ranked(labels)
        found = ranks[self.run.label_ids]
        for at, row in enumerate(self.relabelled):
            found[row] = ranks[len(self.run.rules.labels) + at]
        return found[rows]

    # ---- columns

    @cached_property
    def documents(self) -> LongArray:
        """int64: the document of each row, its number in the corpus."""
        return self.run.corpus.document_of(self.run.contest.starts)

    @cached_property
    def _characters(self) -> tuple[IntArray, IntArray]:
        return self.run.characters(np.arange(len(self)))

    # ---- what people said

    def _take_judgements(self, judgements: Mapping[tuple[str, int, int, str], str]) -> None:
        numbers = {document.id: number for number, document in enumerate(self.run.corpus.documents)}
        known = [(numbers[name], start, end, label) for name, start, end, label in judgements if name in numbers]
        verdicts = [verdict for (name, *_place), verdict in judgements.items() if name in numbers]
        for rows, verdict in zip(self._rows_at(known), verdicts, strict=True):
            self.verdicts[rows] = _VERDICTS[verdict]

    def _take_edits(self, edits: Mapping[int, Sequence[Edit]]) -> None:
        """A person who gave a span another label or other borders has settled it."""
        settled = [
            (number, edit)
            for number, several in edits.items()
            for edit in several
            if edit.action in {"relabel", "move"} and edit.attached
        ]
        places = [(number, edit.start, edit.end, edit.label) for number, edit in settled]
        for rows, (_number, edit) in zip(self._rows_at(places), settled, strict=True):
            self.verdicts[rows] = Verdict.ACCEPTED
            if edit.new_label and edit.action == "relabel":
                self.relabelled.update(dict.fromkeys(rows.tolist(), edit.new_label))

    def _rows_at(self, places: Sequence[tuple[int, int, int, str]]) -> Iterator[LongArray]:
        """The rows at each of `places` (document number, start, end, label)."""
        if not places:
            return
        labels = {label: number for number, label in enumerate(self.run.rules.labels)}
        starts, ends = self._extents
        keys = self.documents << 32 | starts
        order = np.argsort(keys, kind="stable")
        wanted = np.array([number << 32 | start for number, start, _end, _label in places], np.int64)
        firsts, lasts = (np.searchsorted(keys, wanted, side, sorter=order).tolist() for side in _SIDES)
        for (_number, _start, end, label), first, last in zip(places, firsts, lasts, strict=True):
            here = order[first:last]
            yield here[(ends[here] == end) & (self.run.label_ids[here] == labels.get(label, -1))]

    @cached_property
    def _extents(self) -> tuple[IntArray, IntArray]:
        """Where each row begins and ends in its document, as grown as its span is."""
        starts, ends = (side.copy() for side in self._characters)
        starts[self.run.spans.rows], ends[self.run.spans.rows] = self.run.characters_of(slice(None))
        return starts, ends

    @cached_property
    def _type_ranks(self) -> LongArray:
        return ranked(self.run.corpus.vocabulary.strings)

    @cached_property
    def names(self) -> tuple[LongArray, list[str]]:
        """(number of each row's name, its spelling): a name that stands in two lists has two numbers."""
        contest, rules = self.run.contest, self.run.rules
        flat = rules.first_name[contest.sources] + contest.names
        # Counted, not sorted: a sort of a million numbers would hold up every other thread.
        present = np.bincount(flat, minlength=int(rules.first_name[-1])) > 0
        numbers, groups = np.flatnonzero(present), (np.cumsum(present) - 1)[flat]
        sources: LongArray = np.asarray(np.searchsorted(rules.first_name, numbers, "right") - 1)
        places = zip(sources.tolist(), (numbers - rules.first_name[sources]).tolist(), strict=True)
        return groups, [rules.origin(source, name)[1] for source, name in places]

    @cached_property
    def _name_ranks(self) -> LongArray:
        groups, names = self.names
        return ranked(names)[groups]

    @cached_property
    def _matches(self) -> tuple[LongArray, list[str]]:
        """(group of each row, text of each group): rows of one group have one text, but for white space inside it."""
        groups = self._groups()
        _numbers, examples, groups = np.unique(groups, return_index=True, return_inverse=True)
        starts, ends = self.run.characters(examples)
        texts = [self.run.corpus.documents[number].text for number in self.documents[examples]]
        return groups, [flat(text[a:b]) for text, a, b in zip(texts, starts.tolist(), ends.tolist(), strict=True)]

    def _groups(self) -> LongArray:
        """A number for each row, equal where the tokens are; where names stand inside tokens every row has its own."""
        if self.run.has_characters:
            return np.arange(len(self), dtype=np.int64)
        contest, ids = self.run.contest, self.run.corpus.ids
        lengths = contest.ends - contest.starts
        groups = ids[contest.starts].astype(np.int64)
        for at in range(1, int(lengths.max(initial=0))):
            longer = np.flatnonzero(lengths > at)
            pairs = groups[longer] << 32 | ids[contest.starts[longer] + at]
            # Numbers of longer matches begin behind those of shorter ones.
            groups[longer] = np.unique(pairs, return_inverse=True)[1] + int(groups.max()) + 1
        return groups


def ranked(strings: Sequence[str]) -> LongArray:
    """int64[n]: the place of each string in alphabetical order, whatever its case; equal strings share one."""
    try:
        parts = [pa.array(strings[at : at + _AT_ONCE], pa.string()) for at in range(0, len(strings), _AT_ONCE)]
    except UnicodeEncodeError:  # half a surrogate pair, which Arrow cannot hold
        return _ranked_in_python(strings)
    # Arrow sorts beside other threads; Python's own sort would hold up the window for a fifth of a second.
    found = pa.chunked_array(parts, pa.string()).combine_chunks().dictionary_encode()
    words = found.dictionary
    folded = pa.array([word.casefold() for word in words.to_pylist()], pa.string())
    keys = [("folded", "ascending"), ("word", "ascending")]
    order = pc.sort_indices(pa.table({"folded": folded, "word": words}), sort_keys=keys).to_numpy()
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    indices: LongArray = found.indices.to_numpy().astype(np.int64)
    return places[indices]


def _ranked_in_python(strings: Sequence[str]) -> LongArray:
    numbers = {string: at for at, string in enumerate(sorted(set(strings), key=lambda string: (string.casefold(), string)))}
    return np.fromiter((numbers[string] for string in strings), np.int64, len(strings))


def flat(text: str) -> str:
    """`text` on one line."""
    return text.translate(_BREAKS)


_BREAKS: Final = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")
