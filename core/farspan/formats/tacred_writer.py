"""Writing TACRED's list of examples; see `tacred` for its keys."""

from __future__ import annotations

from typing import Any, Final

from farspan.formats.output import ListWriter, count_unsaid, shown
from farspan.formats.tacred import COLUMNS, NEGATIVE, NO_RELATION
from farspan.formats.tokenised import TokenPlaces
from farspan.model import Document, Span

_NUMBERS: Final = frozenset({"head"})


class TacredWriter(ListWriter):
    """Writes every relation within a sentence as an example of TACRED.

    What is in no relation is not in the file: such spans are counted as ``spans``, sentences as ``sentences``. A relation ``NA``
    is written as ``no_relation``. The columns pos, ner, head and deprel are written where the documents have them.
    """

    def write(self, document: Document) -> None:
        """Write the relations of one document. Raises OutputError if it has no tokens."""
        places = TokenPlaces.of(document)
        spans = self._chosen(document)
        written: set[int] = set()
        used: set[int] = set()
        for number, relation in self._held(document, spans):
            ends = [spans[relation.subject], spans[relation.object]]
            sentences = [places.sentence(span) for span in ends]
            if None in sentences:
                self.loss.add("borders", " or ".join(shown(document, span) for span in ends))
                self.loss.add("relations", f"{document.id}: {relation.relation} of spans that are not tokens of a sentence")
            elif sentences[0] != sentences[1] or sentences[0] is None:
                self.loss.add("relations", f"{document.id}: {relation.relation} between two sentences")
            else:
                written.add(sentences[0])
                used |= {relation.subject, relation.object}
                self._item(document, self._example(document, places, sentences[0], (number, relation.relation, ends[0], ends[1])))
        self._count_lost(document, places, (spans, used, written))

    def _example(
        self, document: Document, places: TokenPlaces, sentence: int, what: tuple[int, str, Span, Span]
    ) -> dict[str, Any]:
        number, relation, subject, obj = what
        first, last = places.firsts[sentence : sentence + 2]
        record: dict[str, Any] = {
            "id": f"{document.id}-{number}",
            "docid": document.id,
            "relation": NO_RELATION if relation == NEGATIVE else relation,
            "token": places.words[first:last],
        }
        for side, span in (("subj", subject), ("obj", obj)):
            start, end = places.range(span) or (0, 0)
            record |= {f"{side}_start": start - first, f"{side}_end": end - first, f"{side}_type": span.label}
        for column in COLUMNS:
            values = places.tokens.columns.get(column)
            if values is not None:
                own = list(values[first:last])
                whole = column in _NUMBERS and all(value.isascii() and value.isdecimal() for value in own)
                record[f"stanford_{column}"] = [int(value) for value in own] if whole else own
        return record

    def _count_lost(self, document: Document, places: TokenPlaces, done: tuple[dict[int, Span], set[int], set[int]]) -> None:
        spans, used, written = done
        count_unsaid(self.loss, document, [spans[index] for index in sorted(used)], {"tokens", "docid"})
        for index, span in spans.items():
            if index not in used:
                self.loss.add("spans", shown(document, span))
        sentences = len(places.firsts) - 1
        self.loss.add("sentences", document.id, sentences - len(written))
        if sentences > 1:
            self.loss.add("documents", f"{document.id}: its sentences stand alone")
        self.loss.add("document_ids", document.id)
        if written and places.tokens.columns.keys() - {"tag", *COLUMNS}:
            self.loss.add("columns", document.id)
        if written and any(len(part) != 1 for part in _gaps(document, places)):
            self.loss.add("text", document.id)


def _gaps(document: Document, places: TokenPlaces) -> list[str]:
    """What stands between the tokens of each sentence."""
    starts, ends = places.tokens.starts.tolist(), places.tokens.ends.tolist()
    firsts = set(places.firsts)
    return [document.text[ends[token - 1] : starts[token]] for token in range(1, len(starts)) if token not in firsts]
