"""UIMA: what a common analysis structure (CAS) holds, as a document. `xmi` and `casjson` read it from their files.

Only names are gone by, so no type system is needed to read: sentences and tokens are those of DKPro (or are called so), every
other annotation is a gold span, its label the feature ``value`` (or ``label``, or the first string), its ids the feature
``identifier``. A structure with a `Governor` and a `Dependent` is a relation, and so are the slots of an annotation (links with
a `role` and a `target`). Part of speech and lemma are columns of the tokens; other layers of morphology, syntax and structure are
passed over and counted. Offsets count UTF-16 units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from farspan.errors import InputError, Place
from farspan.formats.loss import ReadReport
from farspan.formats.offsets import OffsetMap
from farspan.formats.webanno_cells import LEMMA, POS, name_span
from farspan.model import Document, Relation, Span, Tokens

DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api."
SENTENCE: Final = f"{DKPRO}segmentation.type.Sentence"
TOKEN: Final = f"{DKPRO}segmentation.type.Token"
METADATA: Final = f"{DKPRO}metadata.type.DocumentMetaData"
_COLUMNS: Final = {POS: ("pos", "PosValue"), LEMMA: ("lemma", "value")}
_PASSED: Final = (
    *(f"{DKPRO}{part}." for part in ("segmentation", "lexmorph", "syntax", "structure", "transform", "coref", "metadata")),
    "uima.",
    "org.dkpro.core.api.xml.",
    "de.tudarmstadt.ukp.clarin.webanno.",
    "de.tudarmstadt.ukp.inception.",
)
_SILENT: Final = ("uima.", f"{DKPRO}metadata.", "de.tudarmstadt.ukp.clarin.webanno.", "de.tudarmstadt.ukp.inception.")
_OWN: Final = frozenset({"begin", "end", "sofa", "Governor", "Dependent"})


@dataclass(frozen=True, slots=True)
class Structure:
    """One feature structure: its number, type and features; references are the numbers of others."""

    number: int
    type: str
    features: Mapping[str, Any]
    where: Place

    def whole(self, name: str) -> int | None:
        """The whole number that the feature `name` is; None if it is none."""
        value = self.features.get(name)
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 31 else None


@dataclass(slots=True)
class Cas:
    """The structures of a file by number, the text they are about, its number, and which structures are in its index."""

    structures: dict[int, Structure]
    text: str
    sofa: int
    members: frozenset[int]
    where: Place
    passed: Counter[str] = field(default_factory=Counter)

    def document(self, name: str, report: ReadReport) -> Document:
        """All of it as a document. Raises InputError."""
        units = OffsetMap(self.text, "utf-16")
        annotations = [item for item in self.structures.values() if self._is_indexed(item)]
        places = self._places(annotations, units)
        tokens = self._tokens(annotations, places, report)
        spans, index = self._spans(annotations, places, report)
        relations = [
            Relation(label, index[subject], index[obj])
            for label, subject, obj in self._ends(report)
            if subject in index and obj in index
        ]
        for kind, count in sorted(self.passed.items()):
            report.add("skipped", self.where, f"{count} annotations of the type {kind} are passed over", count)
        return Document(self._name(name), self.text, {}, tokens, spans, relations)

    def _is_indexed(self, item: Structure) -> bool:
        if item.whole("begin") is None or item.whole("end") is None:
            return False
        sofa = item.features.get("sofa")
        return (sofa is None or str(sofa) == str(self.sofa)) and (not self.members or item.number in self.members)

    def _places(self, annotations: Sequence[Structure], units: OffsetMap) -> dict[int, tuple[int, int]]:
        pairs = [[item.whole("begin") or 0, item.whole("end") or 0] for item in annotations]
        points = units.to_points(pairs).reshape(-1, 2).tolist()
        return {item.number: (start, end) for item, (start, end) in zip(annotations, points, strict=True)}

    def _name(self, name: str) -> str:
        known = next((item for item in self.structures.values() if item.type == METADATA), None)
        title = known.features.get("documentTitle") if known is not None else None
        return title if isinstance(title, str) and title else name

    def _tokens(
        self, annotations: Sequence[Structure], places: Mapping[int, tuple[int, int]], report: ReadReport
    ) -> Tokens | None:
        """The tokens; None if there are none. What is empty or overlaps the one before it is left out."""
        found = sorted((places[item.number], item.number) for item in annotations if _is(item, TOKEN))
        kept: list[tuple[int, int]] = []
        for (start, end), number in found:
            if start < (kept[-1][1] if kept else 0) or end <= start:
                where = self.structures[number].where
                report.add("skipped", where, f"the token {number} is empty, outside the text or overlaps another; passed over")
            else:
                kept.append((start, end))
        if not kept:
            return None
        pairs = np.array(kept, np.int32)
        begins = sorted(places[item.number][0] for item in annotations if _is(item, SENTENCE))
        firsts = np.unique(np.concatenate([[0], np.searchsorted(pairs[:, 0], begins)]))
        columns: dict[str, list[str]] = {}
        at = {start: index for index, (start, _) in enumerate(kept)}
        for item in annotations:
            name, feature = next((found for kind, found in _COLUMNS.items() if _is_kind_of(item, kind)), ("", ""))
            value = item.features.get(feature)
            if name and isinstance(value, str) and places[item.number][0] in at:
                columns.setdefault(name, ["_"] * len(kept))[at[places[item.number][0]]] = value
        starts, ends = pairs[:, 0].copy(), pairs[:, 1].copy()
        return Tokens(starts, ends, firsts[firsts < len(kept)].astype(np.int32), columns=columns)

    def _spans(
        self, annotations: Sequence[Structure], places: Mapping[int, tuple[int, int]], report: ReadReport
    ) -> tuple[list[Span], dict[int, int]]:
        """The spans, and the index of each annotation's."""
        wanted = [item for item in annotations if self._is_span(item)]
        several = len({item.type for item in wanted}) > 1
        spans: list[Span] = []
        index: dict[int, int] = {}
        for item in wanted:
            start, end = places[item.number]
            if not 0 <= start < end:
                at = f"{item.whole('begin')} to {item.whole('end')}"
                report.add("skipped", item.where, f"a {_short(item)} at {at} is empty or outside the text; passed over")
                continue
            values = self._values(item)
            label, ids, extra = name_span(values, list(values))
            if extra:
                report.add("features", item.where, f"a {_short(item)}: not kept: {', '.join(extra)}")
            index[item.number] = len(spans)
            spans.append(Span(start, end, label or _short(item), _short(item) if several else "", ids=ids, kind="gold"))
        return spans, index

    def _is_span(self, item: Structure) -> bool:
        if _is(item, TOKEN) or _is(item, SENTENCE) or any(_is_kind_of(item, kind) for kind in _COLUMNS):
            return False
        if item.type.startswith(_PASSED):
            if not item.type.startswith(_SILENT):
                self.passed[item.type] += 1
            return False
        return "Governor" not in item.features and "Dependent" not in item.features

    def _values(self, item: Structure) -> dict[str, str]:
        """The features of an annotation that are strings, slots left out."""
        return {
            name: value
            for name, value in item.features.items()
            if name not in _OWN and isinstance(value, str) and value and not self._links(value)
        }

    def _ends(self, report: ReadReport) -> Iterator[tuple[str, int, int]]:
        """Label, subject and object of all relations and slots."""
        for item in self.structures.values():
            subject, obj = item.whole("Governor"), item.whole("Dependent")
            if subject is not None and obj is not None:
                if item.type.startswith(_PASSED):
                    continue
                values = self._values(item)
                label, _, extra = name_span(values, list(values))
                if extra:
                    report.add("features", item.where, f"a {_short(item)}: not kept: {', '.join(extra)}")
                yield label or _short(item), subject, obj
                continue
            for value in [] if item.type.startswith("uima.") else self._slots(item):
                for link in self._links(value):
                    role, target = link.features.get("role"), link.whole("target")
                    yield role if isinstance(role, str) and role else _short(item), item.number, target or 0

    def _slots(self, item: Structure) -> list[Any]:
        return [value for name, value in item.features.items() if name not in _OWN]

    def _links(self, value: Any) -> list[Structure]:
        """The links that the feature `value` refers to; none if it is no list of links."""
        if isinstance(value, int) and not isinstance(value, bool):
            known = self.structures.get(value)
            value = known.features.get("elements", []) if known is not None and known.type.startswith("uima.cas.FSArray") else []
        if isinstance(value, str):
            parts = value.split()
            value = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 10]
            if len(value) != len(parts):
                return []
        if not isinstance(value, list):
            return []
        links = [self.structures.get(part) for part in value if isinstance(part, int)]
        found = [link for link in links if link is not None and link.whole("target") is not None]
        return found if len(found) == len(value) else []


def _is(item: Structure, type: str) -> bool:
    return item.type == type or (_short(item) == type.rpartition(".")[2] and not item.type.startswith(DKPRO))


def _is_kind_of(item: Structure, type: str) -> bool:
    """Whether `item` is of `type` or, as ``pos.POS_NOUN`` and ``pos.NOUN`` are, of one in the same package."""
    return item.type == type or (type == POS and item.type.startswith(POS.removesuffix("POS")))


def _short(item: Structure) -> str:
    return item.type.rpartition(".")[2]


def choose_sofa(sofas: Sequence[tuple[int, str, Any]], where: Place) -> tuple[int, str]:
    """Number and text of the sofa that is read, of number, name and text of all: the initial view's, else the first text."""
    texts = [(number, name, text) for number, name, text in sofas if isinstance(text, str)]
    if not texts:
        raise InputError("there is no text in it", where=where, remedy="give a file whose view has a sofa string")
    number, _, text = next((row for row in texts if row[1] == "_InitialView"), texts[0])
    return number, text
