"""The types of what XMI has as mere strings: as a type system declares them, else as the values of a file look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from lxml import etree

from farspan.formats.cas import Structure, is_primitive_array
from farspan.formats.webanno_cells import FLAGS, IDENTIFIER, LABELS, NUMBER

Kind = Literal["text", "number", "flag", "reference", "values"]

_STRING: Final = "uima.cas.String"
_NUMBERS: Final = frozenset(f"uima.cas.{name}" for name in ("Byte", "Short", "Integer", "Long", "Float", "Double"))
# Features of UIMA, DKPro and INCEpTION whose kind is known without a type system.
_KNOWN: Final[Mapping[str, Kind]] = {
    **dict.fromkeys((*LABELS, IDENTIFIER, "role", "PosValue", "coarseValue", "documentTitle", "documentId"), "text"),
    **dict.fromkeys(("begin", "end"), "number"),
    **dict.fromkeys(("sofa", "Governor", "Dependent", "target"), "reference"),
}


@dataclass(frozen=True, slots=True)
class TypeSystem:
    """What a type system declares: of each type the one above it, and the ranges of its own features."""

    above: Mapping[str, str]
    ranges: Mapping[str, Mapping[str, str]]

    def kind(self, type: str, feature: str) -> Kind | None:
        """What the values of `feature` of `type` are; None if it is not declared."""
        for one in self._line(type):
            declared = self.ranges.get(one, {}).get(feature)
            if declared is not None:
                return self._kind_of(declared)
        return None

    def _line(self, type: str) -> Iterator[str]:
        """`type` and those above it."""
        seen: set[str] = set()
        one = type
        while one and one not in seen:
            seen.add(one)
            yield one
            one = self.above.get(one, "")

    def _kind_of(self, declared: str) -> Kind:
        if _STRING in self._line(declared):
            return "text"
        if declared in _NUMBERS:
            return "number"
        if declared == "uima.cas.Boolean":
            return "flag"
        return "values" if is_primitive_array(declared) else "reference"


NOTHING: Final = TypeSystem({}, {})


@lru_cache(maxsize=1)  # a folder has one for all its documents
def read_types(data: bytes) -> TypeSystem:
    """The type system in the XML file `data`. Raises lxml.etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    above: dict[str, str] = {}
    ranges: dict[str, dict[str, str]] = {}
    for element in etree.fromstring(data, parser).iterfind("{*}types/{*}typeDescription"):
        name = _text(element, "name")
        above[name] = _text(element, "supertypeName")
        features = element.iterfind("{*}features/{*}featureDescription")
        ranges[name] = {_text(feature, "name"): _text(feature, "rangeTypeName") for feature in features}
    return TypeSystem(above, ranges)


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def with_types(items: Sequence[Structure], types: TypeSystem) -> Iterator[Structure]:
    """`items`, whose features are all strings (or lists of them), with values and references.

    What `types` and UIMA do not declare is what all values of the feature in `items` look like: ids of `items`, numbers, flags,
    else text.
    """
    numbers = {item.number for item in items}
    seen: dict[tuple[str, str], set[str]] = {}
    for item in items:
        for name, value in item.features.items():
            if isinstance(value, str):
                seen.setdefault((item.type, name), set()).add(value)
    kinds = {key: types.kind(*key) or _KNOWN.get(key[1]) or _look(values, numbers) for key, values in seen.items()}
    for item in items:
        yield _typed(item, kinds)


def _look(values: Iterable[str], numbers: AbstractSet[int]) -> Kind:
    """What `values` look like where `numbers` are the ids of structures."""
    parts = [value.split() for value in values]
    words = {word for row in parts for word in row}
    if not words:
        return "text"
    if all(_is_id(word) and (int(word) in numbers or word == "0") for word in words):
        return "reference"
    is_one = all(len(row) < 2 for row in parts)
    if all(NUMBER.fullmatch(word) for word in words):
        return "number" if is_one else "values"
    if words <= FLAGS:
        return "flag" if is_one else "values"
    return "text"


def read_ids(value: str) -> list[int]:
    """The ids in `value`; 0 stands for nothing."""
    return [int(part) for part in value.split() if _is_id(part) and part != "0"]


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 10


def _typed(item: Structure, kinds: Mapping[tuple[str, str], Kind]) -> Structure:
    features: dict[str, object] = {}
    references: dict[str, Sequence[int]] = {}
    for name, value in item.features.items():
        kind = kinds.get((item.type, name), "values")
        if kind == "reference" and isinstance(value, str):
            references[name] = read_ids(value)
        else:
            features[name] = _value(value, kind) if isinstance(value, str) else value
    return Structure(item.number, item.type, features, references, item.where)


def _value(value: str, kind: Kind) -> object:
    if kind == "flag":
        return value == "true"
    if kind == "values":
        return value.split()
    if kind == "number" and NUMBER.fullmatch(value):
        return int(value) if value.removeprefix("-").isdecimal() and len(value) < 20 else float(value)
    return value
