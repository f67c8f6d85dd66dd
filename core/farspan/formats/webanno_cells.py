r"""WebAnno TSV 3: layers as the header declares them, and values as the columns hold them.

A cell is ``_`` where nothing is annotated, else values with ``|`` between them where annotations are stacked: ``*`` is an
annotation without a value, ``[n]`` behind a value its number in the document (where it covers several units or is stacked).
In values ``\ [ ] | _ -> ; *``, tab and line feed are escaped, in texts control characters and backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

NER: Final = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
RELATION: Final = "webanno.custom.Relation"
ROLE: Final = "ROLE_"  # before the name of a slot's first column; the second one's is the type of what it points at

Kind = Literal["span", "relation", "chain"]
_KINDS: Final[dict[str, Kind]] = {"#T_SP=": "span", "#T_RL=": "relation", "#T_CH=": "chain"}
_PIECES: Final = re.compile(r"\\->|\\.|.", re.DOTALL)
_READABLE: Final = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b", "\\": "\\"}
_FROM_READABLE: Final = {letter: character for character, letter in _READABLE.items()}
_TEXT: Final = re.compile("[\x00-\x0a\x0c-\x1f\\\\]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_JAVA: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_VALUE: Final = re.compile(r"->|[\\\[\]|_;*\t\n]")
NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
FLAGS: Final = frozenset({"true", "false"})
_OLD: Final = re.compile(r"^#id=[^\r\n]*\r?\n#text=[^\r\n]*\r?\n(?:#[^\r\n]*\r?\n)*(?:[0-9]+-)?[0-9]+\t", re.MULTILINE)


LABELS: Final = ("value", "label")
IDENTIFIER: Final = "identifier"
POS: Final = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
LEMMA: Final = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma"


def is_old_webanno(head: str) -> bool:
    """Whether a file that begins with `head` is WebAnno TSV 1 or 2: sentences begin with ``#id=1``, ``#text=...`` and a word."""
    return _OLD.search(head) is not None


def name_span(values: Mapping[str, str], features: Sequence[str]) -> tuple[str, tuple[str, ...], list[str]]:
    """What the `values` of an annotation say: its label (empty if none), its ids, and the features that are not kept.

    The label is the feature ``value``, else ``label``, else the first of `features` that has a value.
    """
    plain = [name for name in features if name != IDENTIFIER]
    chosen = next((name for name in (*LABELS, *plain) if name in values), None)
    label = values[chosen] if chosen is not None else ""
    ids = tuple(dict.fromkeys(values.get(IDENTIFIER, "").split()))
    return label, ids, [name for name in plain if name != chosen and name in values]


def name_words(values: Mapping[str, str], features: Sequence[str]) -> tuple[str, tuple[str, ...], list[str]]:
    """As `name_span`, of values whose types are not known: words go before numbers and flags where the first one counts."""
    words = [name for name in features if name in values and not (values[name] in FLAGS or NUMBER.fullmatch(values[name]))]
    label, ids, extra = name_span(values, list(dict.fromkeys([*words, *features])))
    return label, ids, [name for name in features if name in extra]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its type, its features in the order of their columns (empty where it has none), the type relations attach to.

    A relation's last column is the source. column: the first of its columns, counted from 0 behind the words.
    plain: its features that are values and no slots. targets: which of its columns say what the slots in the columns before them
    point at; the feature is then the type of that.
    """

    kind: Kind
    type: str
    features: tuple[str, ...]
    base: str
    column: int
    plain: tuple[str, ...]
    targets: frozenset[int]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(1, len(self.features) + (self.kind == "relation"))

    @property
    def short(self) -> str:
        """The last part of its type's name."""
        return self.type.rpartition(".")[2]


def read_layer(line: str, column: int) -> Layer | None:
    """The layer that a line of the header declares; None if it declares none."""
    kind = _KINDS.get(line[:6])
    if kind is None:
        return None
    name, *fields = [field for field in line[6:].split("|") if field]
    base = next((field[3:] for field in fields if field.startswith("BT_")), "") if kind == "relation" else ""
    features = tuple(field for field in fields if not (kind == "relation" and field.startswith("BT_")))
    targets = frozenset(place for place, feature in enumerate(features[:-1], 1) if feature.startswith(ROLE))
    plain = tuple(feature for place, feature in enumerate(features) if place not in targets and not feature.startswith(ROLE))
    return Layer(kind, name, features, base, column, plain, targets)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell: the text, None for an annotation without one; its number in the document, 0 for none."""

    text: str | None
    number: int = 0
    raw: str = ""


def read_cell(cell: str) -> list[Value]:
    """The values of `cell`, none for ``_``."""
    if cell in {"_", ""}:
        return []
    if cell == "*":
        return [Value(None, 0, "*")]
    return [_value(pieces) for pieces in _split(cell, "|")]


def split_cell(cell: str, mark: str) -> list[str]:
    """The parts of `cell` between `mark`, ``|`` or ``;``, where it is not escaped; as they stand."""
    return ["".join(pieces) for pieces in _split(cell, mark)]


def _split(cell: str, mark: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for piece in _PIECES.findall(cell):
        if piece == mark:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _value(pieces: list[str]) -> Value:
    number = 0
    if pieces and pieces[-1] == "]" and "[" in pieces:
        begin = len(pieces) - 1 - pieces[::-1].index("[")
        digits = "".join(pieces[begin + 1 : -1])
        if digits.isascii() and digits.isdecimal() and len(digits) < 10:
            number, pieces = int(digits), pieces[:begin]
    if pieces in (["*"], ["_"]):
        return Value(None, number, pieces[0])
    return Value("".join(_plain(piece) for piece in pieces), number, "".join(pieces))


def _plain(piece: str) -> str:
    return {"\\t": "\t", "\\n": "\n"}.get(piece, piece[1:]) if piece[0] == "\\" and len(piece) > 1 else piece


def escape_value(value: str) -> str:
    """`value` as a cell can hold it; a carriage return becomes a space."""
    return _VALUE.sub(lambda found: "\\" + {"\t": "t", "\n": "n"}.get(found[0], found[0]), value.replace("\r", " "))


def escape_text(text: str) -> str:
    """A line of a sentence's text as it can stand behind ``#Text=``."""
    return _TEXT.sub(lambda found: "\\" + _READABLE.get(found[0], found[0]), text)


def unescape_text(text: str, version: tuple[int, int]) -> str:
    """The text behind ``#Text=``; up to version 3.1 it may have Java's escapes of UTF-16 units."""
    if version <= (3, 1):
        text = _JAVA.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # its halves come one by one
    return _ESCAPED.sub(lambda found: _FROM_READABLE.get(found[1], found[1]), text)
