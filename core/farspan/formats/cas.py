"""UIMA: what a common analysis structure (CAS) holds, as a document. `xmi` and `casjson` read it from their files.

Only names are gone by, so no type system is needed to read: sentences and tokens are those of DKPro (or are called so), every
other annotation is a gold span, its label the feature ``value`` (or ``label``, or the first string), its ids the feature
``identifier``. A structure with a `Governor` and a `Dependent` is a relation, and so are the slots of an annotation (links with
a `role` and a `target`). Part of speech and lemma are columns of the tokens. Other layers of morphology, syntax and structure,
other views, chains and what has no place in the text are passed over and counted; so are relations whose ends are no spans, and
features that are not kept. Offsets count UTF-16 units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from farspan.errors import InputError, Place
from farspan.formats.loss import ReadReport
from farspan.formats.offsets import OffsetMap
from farspan.formats.webanno_cells import IDENTIFIER, LEMMA, POS, name_span
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
_ANNOTATION: Final = "uima.tcas.Annotation"  # of no layer, so nothing names it
_SILENT: Final = ("uima.", f"{DKPRO}metadata.", "de.tudarmstadt.ukp.clarin.webanno.", "de.tudarmstadt.ukp.inception.")
_OWN: Final = frozenset({"begin", "end", "sofa", "Governor", "Dependent"})
_PRIMITIVES: Final = ("Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double", "String")
_PRIMITIVE_ARRAYS: Final = frozenset(f"uima.cas.{name}{end}" for name in _PRIMITIVES for end in ("Array", "[]"))

Sofa = tuple[int, str, str | None]  # its number, the name of its view, its text if it has one


@dataclass(frozen=True, slots=True)
class Structure:
    """One feature structure: its number and type, its features that are values, and the numbers of those that others refer to."""

    number: int
    type: str
    features: Mapping[str, object]
    references: Mapping[str, Sequence[int]]
    where: Place

    def whole(self, name: str) -> int | None:
        """The whole number that the feature `name` is; None if it is none."""
        value = self.features.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 31 else None

    def reference(self, name: str) -> int | None:
        """The number of the one structure that the feature `name` refers to; None if there is not one."""
        numbers = self.references.get(name, ())
        return numbers[0] if len(numbers) == 1 else None

    @property
    def is_placed(self) -> bool:
        """Whether it stands in a text."""
        return self.whole("begin") is not None and self.whole("end") is not None

    @property
    def is_relation(self) -> bool:
        """Whether it is a relation, which may lack an end."""
        return "Governor" in self.references or "Dependent" in self.references

    @property
    def is_link(self) -> bool:
        """Whether it is what a slot holds, which may lack a role or a target."""
        return "target" in self.references or ("role" in self.features and "begin" not in self.features)


@dataclass(frozen=True, slots=True)
class _Arc:
    """A relation, or the `link` in a slot of `item`: the structures it goes from and to."""

    item: Structure
    link: Structure | None
    subject: int | None
    object: int | None


@dataclass(slots=True)
class Cas:
    """The structures of a file by number, the text they are about, its number, and which of them its index has (none: all).

    others: the sofas that are not read: number, name and text, None where there is none.
    """

    structures: dict[int, Structure]
    text: str
    sofa: int
    members: frozenset[int]
    where: Place
    others: Sequence[Sofa] = ()
    passed: Counter[str] = field(default_factory=Counter)

    def document(self, name: str, report: ReadReport) -> Document:
        """All of it as a document. Raises InputError."""
        units = OffsetMap(self.text, "utf-16")
        annotations = [item for item in self.structures.values() if item.is_placed and self._is_indexed(item)]
        places = self._places(annotations, units)
        tokens = self._tokens(annotations, places, report)
        spans, index = self._spans(annotations, places, report)
        relations = self._relations(annotations, index, report)
        self._count_unplaced()
        for kind, count in sorted(self.passed.items()):
            report.add("skipped", self.where, f"{count} {kind} are passed over", count)
        self._tell_views(report)
        return Document(self._name(name), self.text, {}, tokens, spans, relations)

    def _is_indexed(self, item: Structure) -> bool:
        """Whether `item` is in the view that is read."""
        return item.reference("sofa") in {None, self.sofa} and (not self.members or item.number in self.members)

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
            label, ids = self._named(item, report)
            index[item.number] = len(spans)
            spans.append(Span(start, end, label, _short(item) if several else "", ids=ids, kind="gold"))
        return spans, index

    def _is_span(self, item: Structure) -> bool:
        if _is(item, TOKEN) or _is(item, SENTENCE) or any(_is_kind_of(item, kind) for kind in _COLUMNS):
            return False
        if item.type.startswith(_PASSED):
            if not item.type.startswith(_SILENT) or item.type == _ANNOTATION:
                self.passed[f"annotations of the type {item.type}"] += 1
            return False
        return not item.is_relation

    def _named(self, item: Structure, report: ReadReport) -> tuple[str, tuple[str, ...]]:
        """Label and ids of an annotation or a relation; which of its features are not kept is told."""
        own = {name: value for name, value in item.features.items() if name not in _OWN and value not in (None, "", [])}
        words = {name: value for name, value in own.items() if isinstance(value, str)}
        label, ids, extra = name_span(words, list(words))
        extra += [name for name in own if name not in words]
        extra += [name for name, numbers in item.references.items() if name not in _OWN and self._is_lost(numbers)]
        if ids and item.is_relation:
            extra.append(IDENTIFIER)  # a relation has none here
        if extra:
            report.add("features", item.where, f"a {_short(item)}: not kept: {', '.join(extra)}")
        return label or _short(item), ids

    def _is_lost(self, numbers: Sequence[int]) -> bool:
        """Whether the structures `numbers` that a feature refers to are something, and no links."""
        return any(part in self.structures for part in self._parts(numbers)) and not self._links(numbers)

    def _relations(self, annotations: Sequence[Structure], index: Mapping[int, int], report: ReadReport) -> list[Relation]:
        """All relations and slots between the spans in `index`; the others are told."""
        found: list[Relation] = []
        for arc in self._arcs({item.number for item in annotations}):
            if arc.subject is not None and arc.subject in index and arc.object is not None and arc.object in index:
                label = self._named(arc.item, report)[0] if arc.link is None else _role(arc.item, arc.link)
                found.append(Relation(label, index[arc.subject], index[arc.object]))
            elif self._is_indexed(arc.item):
                what = f"the relation {_short(arc.item)}" if arc.link is None else f"the slot {_role(arc.item, arc.link)}"
                ends = f"from {self._shown(arc.subject)} to {self._shown(arc.object)}"
                report.add("skipped", arc.item.where, f"{what} {ends} does not hold between spans; passed over")
        return found

    def _arcs(self, hosts: AbstractSet[int]) -> Iterator[_Arc]:
        """All relations, and the slots of the structures `hosts`."""
        for item in self.structures.values():
            if item.type.startswith(_PASSED):
                continue
            if item.is_relation:
                yield _Arc(item, None, item.reference("Governor"), item.reference("Dependent"))
            elif item.number in hosts:
                links = (self._links(numbers) for name, numbers in item.references.items() if name not in _OWN)
                yield from (_Arc(item, link, item.number, link.reference("target")) for row in links for link in row)

    def _shown(self, number: int | None) -> str:
        item = self.structures.get(number) if number is not None else None
        return f"a {_short(item)}" if item is not None else "nothing"

    def _links(self, numbers: Sequence[int]) -> list[Structure]:
        """The links that the structures `numbers` are or hold; none if any of them is something else."""
        links = [self.structures.get(part) for part in self._parts(numbers)]
        found = [link for link in links if link is not None and link.is_link]
        return found if len(found) == len(links) else []

    def _parts(self, numbers: Sequence[int]) -> list[int]:
        """The structures `numbers`, of arrays what they hold."""
        known = ((number, self.structures.get(number)) for number in numbers)
        parts = [item.references.get("elements", (number,)) if item is not None else (number,) for number, item in known]
        return [number for row in parts for number in row]

    def _count_unplaced(self) -> None:
        """Count what is in the view and stands nowhere in its text, but for arrays and what others are made of."""
        for item in self.structures.values():
            is_told = "sofa" in item.references or item.number in self.members
            is_part = item.is_placed or item.is_relation or item.is_link or "elements" in {*item.references, *item.features}
            if not is_told or is_part or item.type.startswith(_PASSED) or not self._is_indexed(item):
                continue
            first = self.structures.get(item.reference("first") or 0)
            is_chain = first is not None and first.is_placed
            kind = f"chains of the type {item.type}" if is_chain else f"structures of the type {item.type} that have no place"
            self.passed[kind] += 1

    def _tell_views(self, report: ReadReport) -> None:
        for number, name, text in self.others:
            items = (item for item in self.structures.values() if item.reference("sofa") == number)
            count = sum(item.is_placed and not item.type.startswith(_SILENT) for item in items)
            if count or text:
                what = f"the view {name} with {len(text or '')} characters and {count} annotations is passed over"
                report.add("skipped", self.where, what, max(count, 1))


def _role(item: Structure, link: Structure) -> str:
    role = link.features.get("role")
    return role if isinstance(role, str) and role else _short(item)


def _is(item: Structure, type: str) -> bool:
    return item.type == type or (_short(item) == type.rpartition(".")[2] and not item.type.startswith(DKPRO))


def _is_kind_of(item: Structure, type: str) -> bool:
    """Whether `item` is of `type` or, as ``pos.POS_NOUN`` and ``pos.NOUN`` are, of one in the same package."""
    return item.type == type or (type == POS and item.type.startswith(POS.removesuffix("POS")))


def _short(item: Structure) -> str:
    return item.type.rpartition(".")[2]


def is_primitive_array(type: str) -> bool:
    """Whether a structure of `type` holds values, and no other structures."""
    return type in _PRIMITIVE_ARRAYS


def choose_sofa(sofas: Sequence[Sofa], where: Place) -> tuple[int, str, list[Sofa]]:
    """Number and text of the sofa that is read, the initial view's, else the first text; and the others. Raises InputError."""
    texts = [(sofa, text) for sofa in sofas if (text := sofa[2]) is not None]
    if not texts:
        raise InputError("there is no text in it", where=where, remedy="give a file whose view has a sofa string")
    chosen, text = next((row for row in texts if row[0][1] == "_InitialView"), texts[0])
    return chosen[0], text, [sofa for sofa in sofas if sofa is not chosen]
