"""Writing UIMA XMI and JSON CAS by dkpro-cassis, for INCEpTION, WebAnno and DKPro; see `cas`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from cassis import Cas, TypeSystem

from farspan.formats.cas import METADATA, SENTENCE, TOKEN
from farspan.formats.output import StreamWriter, count_unsaid, encoded, shown
from farspan.formats.webanno_cells import NER, RELATION
from farspan.model import Document, Relation, Span

_ANNOTATION: Final = "uima.tcas.Annotation"
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHITE: Final = re.compile(r"\s")


def type_system() -> TypeSystem:
    """DKPro's sentences, tokens and named entities, and a relation layer on these as WebAnno and INCEpTION make them."""
    types = TypeSystem()
    string = types.get_type("uima.cas.String")
    document = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        types.create_feature(document, name, string)
    types.create_type(SENTENCE, _ANNOTATION)
    types.create_type(TOKEN, _ANNOTATION)
    entity = types.create_type(NER, _ANNOTATION)
    for name in ("value", "identifier"):
        types.create_feature(entity, name, string)
    relation = types.create_type(RELATION, _ANNOTATION)
    types.create_feature(relation, "Governor", entity)
    types.create_feature(relation, "Dependent", entity)
    types.create_feature(relation, "label", string)
    return types


class CasWriter(StreamWriter):
    """What both forms share: spans are DKPro's NamedEntity (value, identifier), relations ``webanno.custom.Relation`` (label)."""

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for half surrogates."""
        encoded(document, document.text)
        spans = self._chosen(document)
        relations = [relation for _, relation in self._held(document, spans)]
        self._count_lost(document, spans)
        self._put(document, self._data(self._cas(document, spans, relations)))

    def _data(self, cas: Cas) -> str:
        raise NotImplementedError

    def _clean(self, text: str, kind: str, what: str) -> str:  # noqa: ARG002  (XMI cannot hold all)
        """`text` as the form can hold it."""
        return text

    def _cas(self, document: Document, spans: Mapping[int, Span], relations: list[Relation]) -> Cas:
        types = type_system()
        cas = Cas(types)
        text = self._clean(document.text, "characters", document.id)
        cas.sofa_string, cas.sofa_mime = text, "text/plain"
        name = self._clean(document.id, "document_ids", document.id)
        about = {"begin": 0, "end": len(text), "documentTitle": name, "documentId": name}
        cas.add(types.get_type(METADATA)(**about))
        for kind, start, end in _segments(document):
            cas.add(types.get_type(kind)(begin=start, end=end))
        entity = types.get_type(NER)
        made: dict[int, Any] = {}
        for index, span in spans.items():
            known = " ".join(span.ids)
            made[index] = entity(
                begin=span.start,
                end=span.end,
                value=self._clean(span.label, "labels", span.label),
                identifier=self._clean(known, "ids", known) or None,
            )
            cas.add(made[index])
        for relation in relations:
            subject, obj = made[relation.subject], made[relation.object]
            label = self._clean(relation.relation, "labels", relation.relation)
            arc = types.get_type(RELATION)(begin=obj.begin, end=obj.end, Governor=subject, Dependent=obj, label=label)
            cas.add(arc)
        return cas

    def _count_lost(self, document: Document, spans: Mapping[int, Span]) -> None:
        count_unsaid(self.loss, document, spans.values(), {"ids", "tokens"})
        for span in spans.values():
            if any(not key or _WHITE.search(key) for key in span.ids):
                self.loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
            if not span.label:
                self.loss.add("labels", shown(document, span))
        if document.tokens is not None and document.tokens.columns.keys() - {"tag"}:
            self.loss.add("columns", document.id)


class XmiWriter(CasWriter):
    """Writes one document as XMI, its type system `beside`. What XML cannot hold becomes U+FFFD, which moves no offset."""

    @property
    def beside(self) -> dict[str, bytes]:
        """The type system, under the name that INCEpTION gives it."""
        return {"TypeSystem.xml": type_system().to_xml().encode()}

    def _data(self, cas: Cas) -> str:
        return cas.to_xmi(pretty_print=True) or ""

    def _clean(self, text: str, kind: str, what: str) -> str:
        cleaned = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
        if cleaned != text:
            self.loss.add(kind, what)
        return cleaned


class CasJsonWriter(CasWriter):
    """Writes one document as JSON CAS 0.4, its type system in it."""

    def _data(self, cas: Cas) -> str:
        return cas.to_json(pretty_print=False, ensure_ascii=False) or ""


def _segments(document: Document) -> list[tuple[str, int, int]]:
    """Type, start and end of all sentences and tokens."""
    tokens = document.tokens
    if tokens is None or not len(tokens):
        return []
    lasts = np.append(tokens.sentences[1:], len(tokens)) - 1
    sentences = zip(tokens.starts[tokens.sentences].tolist(), tokens.ends[lasts].tolist(), strict=True)
    words = zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
    return [*((SENTENCE, *place) for place in sentences), *((TOKEN, *place) for place in words)]
