"""spaCy's DocBin: spaCy reads what is written, and what spaCy writes is read."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan

from farspan.errors import InputError
from farspan.formats import read_documents, writer_for
from farspan.model import Document, Span, Tokens

TEXT = " Ana  Ruiz\r\nvio 🏛 Lima"
TOKENS = Tokens(np.array([1, 6, 12, 16, 18], np.int32), np.array([4, 10, 15, 17, 22], np.int32), np.array([0, 2], np.int32))


def docs_of(document: Document) -> tuple[list[Doc], dict[str, int]]:
    stream = io.BytesIO()
    with writer_for("docbin", stream) as writer:
        writer.write(document)
    return list(DocBin().from_bytes(stream.getvalue()).get_docs(spacy.blank("es").vocab)), dict(writer.loss.counts)


def test_spacy_reads_text_sentences_entities_and_ids() -> None:
    spans = [Span(1, 10, "PER", ids=("Q1",), kind="gold"), Span(18, 22, "LOC", kind="gold")]
    (doc,), loss = docs_of(Document("d", TEXT, {}, TOKENS, spans))
    assert doc.text == TEXT
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [("Ana  Ruiz", "PER", "Q1"), ("Lima", "LOC", "")]
    assert [sentence.text.strip() for sentence in doc.sents] == ["Ana  Ruiz", "vio 🏛 Lima"]
    assert (dict(doc.spans), loss) == ({}, {})


def test_spans_inside_others_go_into_the_group_that_spacy_trains_on() -> None:
    spans = [Span(1, 10, "PER", kind="gold"), Span(6, 10, "SURNAME", kind="gold")]
    (doc,), _ = docs_of(Document("d", TEXT, {}, TOKENS, spans))
    assert [ent.label_ for ent in doc.ents] == ["PER"]
    assert [(span.text, span.label_) for span in doc.spans["sc"]] == [("Ana  Ruiz", "PER"), ("Ruiz", "SURNAME")]


def test_what_spacy_writes_is_read(tmp_path: Path) -> None:
    nlp = spacy.blank("es")
    nlp.add_pipe("sentencizer")
    doc = nlp("Ana Ruiz\nvio Lima. Y ya.")
    doc.ents = [SpacySpan(doc, 0, 2, "PER", kb_id="Q1")]
    doc.spans["sc"] = [doc.ents[0], SpacySpan(doc, 1, 2, "SURNAME")]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    (plain,) = read_documents([tmp_path / "a.spacy"])  # without the groups, as DocBin stores by default
    DocBin(docs=[doc], attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "SENT_START"]).to_disk(tmp_path / "b.spacy")
    (document,) = read_documents([tmp_path / "b.spacy"])
    assert (plain.text, document.text) == (doc.text, doc.text)
    assert document.tokens is not None
    assert [document.text[a:b] for a, b in zip(document.tokens.starts, document.tokens.ends, strict=True)] == [
        token.text for token in doc if not token.is_space
    ]
    assert document.tokens.sentences.tolist() == [0, 5]
    assert list(document.spans) == [Span(0, 8, "PER", ids=("Q1",), kind="gold"), Span(4, 8, "SURNAME", kind="gold")]


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"", lambda data: b"\x78\x9c" + data[9:]])
def test_a_damaged_file_is_told(tmp_path: Path, damage) -> None:
    path = tmp_path / "a.spacy"
    path.write_bytes(damage(DocBin(docs=[spacy.blank("es")("Hola")]).to_bytes()))
    with pytest.raises(InputError, match=r"a\.spacy: .*(DocBin|ends too early|no text)"):
        list(read_documents([path]))
