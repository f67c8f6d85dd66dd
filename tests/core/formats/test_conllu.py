"""CoNLL-U and CoNLL-U Plus: treebanks as they are published, spans in them, and the `conllu` library as a reader of ours."""

from __future__ import annotations

import io
from dataclasses import replace
from unicodedata import normalize

import conllu
import numpy as np
import pytest

from farspan.errors import InputError, OutputError
from farspan.files import TextFile
from farspan.formats import ReadReport, writer_for
from farspan.formats.conllu import read_conllu
from farspan.model import Document, Relation, Span, Tokens

# From the format's own documentation: a range of two words, an empty node, dependencies.
TREEBANK = """# newdoc id = viaje
# sent_id = 1
# text = Vámonos al mar.
1-2\tVámonos\t_\t_\t_\t_\t_\t_\t_\t_
1\tVamos\tir\tVERB\t_\tMood=Imp\t0\troot\t_\t_
2\tnos\tnosotros\tPRON\t_\t_\t1\tobj\t_\t_
3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_
3\ta\ta\tADP\t_\t_\t5\tcase\t_\t_
4\tel\tel\tDET\t_\t_\t5\tdet\t_\t_
5\tmar\tmar\tNOUN\t_\t_\t1\tobl\t_\tSpaceAfter=No|Gloss=sea
5.1\tfue\tir\tVERB\t_\t_\t_\t_\t1:conj\t_
6\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

# sent_id = 2
# text = Lima espera.
1\tLima\tLima\tPROPN\t_\t_\t2\tnsubj\t_\tNER=S-LOC|NERId=Q2868
2\tespera\tesperar\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


def read(text: str, **options: int) -> list[Document]:
    return list(read_conllu(TextFile("in.conllu", io.BytesIO(text.encode())), "in", ReadReport(), **options))


def write(format: str, *documents: Document, **options: object) -> tuple[str, dict[str, int]]:
    stream = io.BytesIO()
    with writer_for(format, stream, **options) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue().decode(), dict(writer.loss.counts)


def words(document: Document) -> list[str]:
    assert document.tokens is not None
    return [document.text[a:b] for a, b in zip(document.tokens.starts, document.tokens.ends, strict=True)]


def test_a_treebank_is_its_surface_words_and_its_text() -> None:
    (document,) = read(TREEBANK)
    assert (document.id, document.text) == ("viaje", "Vámonos al mar.\nLima espera.")
    assert words(document) == ["Vámonos", "al", "mar", ".", "Lima", "espera", "."]
    assert document.tokens is not None
    assert document.tokens.sentences.tolist() == [0, 4]
    assert document.tokens.columns["lemma"] == ["_", "_", "mar", ".", "Lima", "esperar", "."]
    assert list(document.spans) == [Span(16, 20, "LOC", ids=("Q2868",), kind="gold")]


def test_it_is_written_again_with_ranges_empty_nodes_comments_and_dependencies() -> None:
    text, loss = write("conllu", *read(TREEBANK))
    assert text == TREEBANK.replace("NER=S-LOC", "NER=B-LOC")
    assert loss == {}
    assert write("conllu", *read(TREEBANK), scheme="bioes")[0] == TREEBANK


def test_the_conllu_library_reads_what_is_written() -> None:
    text, _ = write("conllu", *read(TREEBANK))
    first, second = conllu.parse(text)
    assert first.metadata == {"newdoc id": "viaje", "sent_id": "1", "text": "Vámonos al mar."}
    assert [token["id"] for token in first] == [(1, "-", 2), 1, 2, (3, "-", 4), 3, 4, 5, (5, ".", 1), 6]
    assert second[0]["misc"] == {"NER": "B-LOC", "NERId": "Q2868"}


def document_of(text: str, *ranges: tuple[int, int], sentences: tuple[int, ...] = (0,), **more: object) -> Document:
    pairs = np.array(ranges, np.int32)
    return Document("d", text, {}, Tokens(pairs[:, 0], pairs[:, 1], np.array(sentences, np.int32)), **more)


def test_plus_has_columns_for_spans_ids_and_relations_that_the_library_reads() -> None:
    spans = [Span(0, 8, "PER", ids=("Q1", "a|b"), kind="gold"), Span(18, 22, "LOC", kind="gold")]
    document = document_of(
        "Ana Ruiz vive en\r\nLima", (0, 3), (4, 8), (9, 13), (14, 16), (18, 22), sentences=(0, 4), spans=spans,
        relations=[Relation("vive en", 0, 1)],
    )  # fmt: skip
    text, loss = write("conllup", document)
    first, second = conllu.parse(text)
    assert [token["farspan:ner"] for token in first] == ["B-PER", "I-PER", "O", "O"]
    assert (first[0]["farspan:id"], first[0]["farspan:rel"]) == ("Q1,a%7Cb", "vive%20en=2:1")
    assert second[0]["farspan:ner"] == "B-LOC"
    (again,) = read(text)
    assert (again.text, again.spans, again.relations) == (document.text, spans, document.relations)
    assert loss == {}


def test_columns_of_others_are_kept() -> None:
    text = "# global.columns = ID FORM PROJ:NER PARSEME:MWE\n1\tLima\tB-LOC\t*\n2\tes\tO\t1:VID\n\n"
    (document,) = read(text)
    assert [(span.start, span.end, span.label) for span in document.spans] == [(0, 4, "LOC")]
    again, loss = write("conllup", document)
    assert again.startswith("# global.columns = ID FORM LEMMA")
    assert (conllu.parse(again)[0][1]["parseme:mwe"], loss) == ("1:VID", {})


def test_stanza_writes_its_tags_in_small_letters() -> None:
    text = TREEBANK.replace("NER=S-LOC|NERId=Q2868", "start_char=0|ner=S-LOC").replace("Gloss=sea", "ner=O")
    (document,) = read(text)
    assert [(span.start, span.end, span.label) for span in document.spans] == [(16, 20, "LOC")]
    again, _ = write("conllu", replace(document, spans=[Span(16, 20, "CITY", kind="gold")]))
    assert "ner=" not in again
    assert [(span.start, span.end, span.label) for span in read(again)[0].spans] == [(16, 20, "CITY")]


def test_a_column_called_ner_has_the_tags_and_another_may_be_chosen() -> None:
    text = "# global.columns = id form ner misc fine\n1\tLima\tB-LOC\tSpaceAfter=No\tB-city\n2\t!\tO\t_\tO\n\n"
    spans = [
        [(span.label, span.end) for span in read(text, **options)[0].spans]
        for options in ({}, {"tag_column": 5}, {"tag_column": 0})
    ]
    assert spans == [[("LOC", 4)], [("city", 4)], []]
    with pytest.raises(InputError, match="there is no column 6 for the tag: the file has 5; count columns from 1"):
        read(text, tag_column=6)
    assert [span.label for span in read(TREEBANK, tag_column=10)[0].spans] == ["LOC"]


def test_forms_are_written_in_nfc_and_the_change_is_told() -> None:
    decomposed = normalize("NFD", "Perú")
    text, loss = write("conllu", document_of(decomposed, (0, 5)))
    assert conllu.parse(text)[0][0]["form"] == "Perú"
    assert loss == {"normalised": 1}


def test_space_of_any_kind_and_an_odd_character_inside_a_word_come_back() -> None:
    before = document_of(" a\u2028b  c\t\r\nd\\n\u00a0", (1, 4), (6, 7), (10, 13), sentences=(0, 2))
    (after,) = read(write("conllu", before)[0])
    assert (after.text, words(after)) == (before.text, ["a\u2028b", "c", "d\\n"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1\tLima\n", r"in.conllu:1: the line has 2 of 10 columns"),
        (TREEBANK.replace("\n3\ta\t", "\n4\ta\t"), r"in.conllu:8: ID 4 stands where 3 is next"),
        (TREEBANK.replace("1-2\t", "1-x\t"), r"in.conllu:4: '1-x' is no ID"),
        ("# global.columns = ID LEMMA\n", r"in.conllu:1: global.columns names no FORM"),
        (TREEBANK.replace("5\tmar\t", "5\t\t"), r"in.conllu:10: the token is empty"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(text)


def test_a_document_without_tokens_cannot_be_written() -> None:
    with pytest.raises(OutputError, match="has no tokens to write"):
        write("conllu", Document("d", "Lima"))


def test_documents_are_parted_by_newdoc_and_named() -> None:
    one = "1\tLima\t_\t_\t_\t_\t_\t_\t_\t_\n"
    named = f"# newdoc id = a\n{one}\n# newdoc\n{one}\n# newdoc id = c\n{one}"
    assert [document.id for document in read(named)] == ["a", "in-2", "c"]
    assert [document.id for document in read(one)] == ["in"]
