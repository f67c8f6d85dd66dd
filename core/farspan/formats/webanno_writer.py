"""Writing WebAnno TSV 3.3; see `webanno`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from farspan.formats.offsets import OffsetMap
from farspan.formats.output import StreamWriter, count_unsaid, shown
from farspan.formats.tokenised import TokenPlaces
from farspan.formats.webanno_cells import NER, RELATION, escape_text, escape_value
from farspan.model import Document, Relation, Span

_FORM_BREAKS: Final = re.compile(r"[\t\n\r]")
_WHITE: Final = re.compile(r"\s")


class WebannoWriter(StreamWriter):
    """Writes one document as WebAnno TSV 3.3: spans in the layer of named entities, relations in one called Relation.

    The layers are DKPro's NamedEntity (value, identifier) and ``webanno.custom.Relation`` (label) on it, which a project with
    relations must have. A span may begin and end inside tokens, but not between them (counted as ``borders``). The text before,
    between and behind sentences is lost, unless it is one line feed between two.
    """

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError if it has no tokens."""
        page = _Page(document, TokenPlaces.of(document))
        spans = {}
        for index, span in self._chosen(document).items():
            if page.place(index, span):
                spans[index] = span
            else:
                self.loss.add("borders", shown(document, span))
        relations = [relation for _, relation in self._held(document, spans)]
        self._count_lost(document, page, spans, relations)
        lines = ["#FORMAT=WebAnno TSV 3.3", f"#T_SP={NER}|value|identifier"]
        if relations:
            lines.append(f"#T_RL={RELATION}|label|BT_{NER}")
        lines.append("")
        self._put(document, "\n".join(lines) + "\n" + "".join(page.sentences(spans, relations)))

    def _count_lost(self, document: Document, page: _Page, spans: Mapping[int, Span], relations: list[Relation]) -> None:
        count_unsaid(self.loss, document, spans.values(), {"tokens", "ids", "sentence_ids"})
        for span in spans.values():
            if any(not key or _WHITE.search(key) for key in span.ids):
                self.loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
        for label in [*(span.label for span in spans.values()), *(relation.relation for relation in relations)]:
            if "\r" in label or not label:
                self.loss.add("labels", label)
        if page.read_back() != document.text:
            self.loss.add("text", document.id)
        if page.places.tokens.columns.keys() - {"tag"}:
            self.loss.add("columns", document.id)
        self.loss.add("document_ids", document.id)


@dataclass(slots=True)
class _Page:
    """One document, its tokens and the parts of tokens that spans begin or end in.

    units: (token, start, end), parts of a token after the token itself, those that begin first first, longer ones before shorter.
    """

    document: Document
    places: TokenPlaces
    at: dict[tuple[int, int, int], list[int]] = field(default_factory=dict)
    first: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    covered: dict[int, int] = field(default_factory=dict)

    def place(self, index: int, span: Span) -> bool:
        """Put the span `index` on its units; False if it begins or ends outside of tokens."""
        tokens = self.places.tokens
        begin = int(tokens.starts.searchsorted(span.start, "right")) - 1
        last = int(tokens.ends.searchsorted(span.end, "left"))
        if begin < 0 or last >= len(tokens) or span.start >= tokens.ends[begin] or span.end <= tokens.starts[last]:
            return False
        for token in range(begin, last + 1):
            start, end = max(span.start, int(tokens.starts[token])), min(span.end, int(tokens.ends[token]))
            unit = (token, start, end)
            self.at.setdefault(unit, []).append(index)
            self.first.setdefault(index, unit)
        self.covered[index] = last + 1 - begin
        return True

    def sentences(self, spans: Mapping[int, Span], relations: list[Relation]) -> list[str]:
        """The blocks of all sentences."""
        names = self._names()
        numbers = self._numbers()
        arriving: dict[tuple[int, int, int], list[str]] = {}
        labels: dict[tuple[int, int, int], list[str]] = {}
        for relation in relations:
            unit = self.first[relation.object]
            source, target = (numbers.get(index, 0) for index in (relation.subject, relation.object))
            pair = f"[{source}_{target}]" if source or target else ""
            arriving.setdefault(unit, []).append(names[self.first[relation.subject]] + pair)
            labels.setdefault(unit, []).append(escape_value(relation.relation) or "*")
        units = OffsetMap(self.document.text, "utf-16").to_units([unit[1:] for unit in names]).tolist() if names else []
        blocks: list[str] = []
        previous = -1
        for (unit, name), (start, end) in zip(names.items(), units, strict=True):
            sentence = int(self.places.sentence_of[unit[0]])
            if sentence != previous:
                blocks.append(self._head(sentence))
                previous = sentence
            form = _FORM_BREAKS.sub(" ", self.document.text[unit[1] : unit[2]])
            cells = self._cells(self.at.get(unit, []), spans, numbers)
            if relations:
                cells += ["|".join(column.get(unit, [])) or "_" for column in (labels, arriving)]
            blocks.append("\t".join([name, f"{start}-{end}", form, *cells]) + "\t\n")
        return blocks

    def _names(self) -> dict[tuple[int, int, int], str]:
        """The name of each unit, in the order of the file."""
        parts: dict[int, list[tuple[int, int, int]]] = {}
        tokens = zip(self.places.tokens.starts.tolist(), self.places.tokens.ends.tolist(), strict=True)
        whole = [(token, start, end) for token, (start, end) in enumerate(tokens)]
        for unit in self.at:
            if unit != whole[unit[0]]:
                parts.setdefault(unit[0], []).append(unit)
        names: dict[tuple[int, int, int], str] = {}
        for unit in whole:
            sentence = int(self.places.sentence_of[unit[0]])
            name = f"{sentence + 1}-{unit[0] - self.places.firsts[sentence] + 1}"
            names[unit] = name
            inner = sorted(parts.get(unit[0], []), key=lambda part: (part[1], -part[2]))
            names |= {part: f"{name}.{number}" for number, part in enumerate(inner, 1)}
        return names

    def _numbers(self) -> dict[int, int]:
        """The number of each span that covers several units or is stacked on another."""
        stacked = {index for indices in self.at.values() if len(indices) > 1 for index in indices}
        wanted = [index for index in self.covered if index in stacked or self.covered[index] > 1]
        return {index: number for number, index in enumerate(wanted, 1)}

    def _cells(self, indices: list[int], spans: Mapping[int, Span], numbers: Mapping[int, int]) -> list[str]:
        """The columns value and identifier of one unit."""
        if not indices:
            return ["_", "_"]
        marks = [f"[{numbers[index]}]" if index in numbers else "" for index in indices]
        values = [escape_value(spans[index].label) or "*" for index in indices]
        ids = [escape_value(" ".join(spans[index].ids)) or "*" for index in indices]
        return ["|".join(text + mark for text, mark in zip(column, marks, strict=True)) for column in (values, ids)]

    def _range(self, sentence: int) -> tuple[int, int]:
        tokens, firsts = self.places.tokens, self.places.firsts
        return int(tokens.starts[firsts[sentence]]), int(tokens.ends[firsts[sentence + 1] - 1])

    def _head(self, sentence: int) -> str:
        start, end = self._range(sentence)
        lines = [f"#Text={escape_text(line)}\n" for line in self.document.text[start:end].split("\n")]
        return "\n" + "".join(lines)

    def read_back(self) -> str:
        """The text as reading the file gives it."""
        pieces = []
        last = 0
        for sentence in range(len(self.places.firsts) - 1):
            start, end = self._range(sentence)
            gap = Counter(character > "\uffff" for character in self.document.text[last:start])
            width = gap.total() + gap[True]
            pieces += [" " * (width - 1), "\n" if sentence else " "] if width else []
            pieces.append(self.document.text[start:end])
            last = end
        return "".join(pieces)
