"""PubTator: abstracts with linked mentions and relations between entities."""

from __future__ import annotations

import io

import pytest

from farspan.errors import InputError
from farspan.files import TextFile
from farspan.formats import Loss, ReadReport, writer_for
from farspan.formats.detect import detect_format
from farspan.formats.pubtator import read_pubtator, split_ids
from farspan.model import Document, Relation, Span

ABSTRACT = """\
6794|t|Lithium and the heart.
6794|a|Sodium lithium caused cardiac and renal failure in 😀 mice.
6794\t0\t7\tLithium\tChemical\tD008094
6794\t45\t70\tcardiac and renal failure\tDisease\tD006333|D051437\tcardiac failure|renal failure
6794\t76\t80\tmice\tSpecies\t-1
6794\tCID\tD008094\tD051437
6794\tAssociation\tD008094\tD006333\tNovel
6794\tCID\tD008094\tD009999

7|t|A title alone
7\t2\t7\ttitle\tThing
"""


def read(text: str, report: ReadReport | None = None) -> list[Document]:
    file = TextFile("in.txt", io.BytesIO(text.encode()), None, None)
    return list(read_pubtator(file, "in", report or ReadReport()))


def written(documents: list[Document]) -> tuple[str, Loss]:
    stream = io.BytesIO()
    with writer_for("pubtator", stream) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue().decode(), writer.loss


def test_mentions_have_their_ids_and_relations_hold_between_them() -> None:
    report = ReadReport()
    first, second = read(ABSTRACT, report)
    lithium, failure, mice = first.spans
    assert (first.id, first.text[:30]) == ("6794", "Lithium and the heart.\nSodium ")
    assert (lithium.ids, failure.ids, mice.ids) == (("D008094",), ("D006333", "D051437"), ())
    assert [first.text[span.start : span.end] for span in first.spans] == ["Lithium", "cardiac and renal failure", "mice"]
    assert first.relations == [
        Relation("CID", 0, 1, "D008094", "D051437"),
        Relation("Association", 0, 1, "D008094", "D006333"),
    ]
    assert first.meta == {
        "composites": [[1, "cardiac failure|renal failure"]],
        "unlinked_relations": [["CID", "D008094", "D009999"]],
        "relation_columns": [[1, "Novel"]],
    }
    assert report.notices == {
        "unlinked": ["in.txt:8: no mention has D009999; the relation is kept in meta as unlinked_relations"]
    }
    assert (second.text, list(second.spans)) == ("A title alone", [Span(2, 7, "Thing", kind="gold")])


def test_what_was_read_is_written_again() -> None:
    text, loss = written(read(ABSTRACT))
    assert text == ABSTRACT.replace("alone\n", "alone\n7|a|\n").replace("Thing\n", "Thing\t-1\n\n")
    assert not loss
    assert written(read(text))[0] == text


def test_files_with_windows_line_ends_and_without_blank_lines_read_the_same() -> None:
    plain = read(ABSTRACT)
    for text in (ABSTRACT.replace("\n", "\r\n"), ABSTRACT.replace("\n\n", "\n"), ABSTRACT.rstrip("\n")):
        assert [(d.id, d.text, d.spans, d.relations) for d in read(text)] == [(d.id, d.text, d.spans, d.relations) for d in plain]


@pytest.mark.parametrize(
    ("column", "ids"),
    [
        ("D1", ("D1",)),
        ("-1", ()),
        ("-", ()),
        ("D1|-1|D2|D1", ("D1", "D2")),
        ("7157;100", ("7157", "100")),
        ("MESH:D1,OMIM:2", ("MESH:D1", "OMIM:2")),
        ("tmVar:c|SUB|A|12|G;HGVS:c.12A>G;RS#:7", ("tmVar:c|SUB|A|12|G;HGVS:c.12A>G;RS#:7",)),
        ("p|SUB|V|600|E", ("p|SUB|V|600|E",)),
        ("a name; of sorts", ("a name; of sorts",)),
    ],
)
def test_an_id_column_may_hold_several_ids(column: str, ids: tuple[str, ...]) -> None:
    assert split_ids(column) == ids


def test_a_span_beside_its_words_is_moved_and_told() -> None:
    report = ReadReport()
    (document,) = read("1|t|Lima in Peru\n1\t9\t13\tPeru\tLOC\tQ419\n", report)
    assert document.spans[0] == Span(8, 12, "LOC", ids=("Q419",), kind="gold")
    assert report.notices["moved"] == ["in.txt:2: 'Peru' stands at 8 to 12, not 9 to 13; the span was moved there"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\t0\t4\tLima\tLOC\n", "in.txt:1: a line before any title"),
        ("1|t|Lima\n1\t0\t4\tQuito\tLOC\n", "in.txt:2: the span should be 'Quito', but 'Lima' stands at 0 to 4"),
        ("1|t|Lima\n1\t0\t99\tQuito\tLOC\n", "in.txt:2: the span 0 to 99 does not lie in the text of 4 code points"),
        ("1|t|Lima\n1\t0\t4\tLima\n", "in.txt:2: 4 columns where a mention has 5 or more"),
        ("1|t|Lima\n1 CID D1 D2\n", "in.txt:2: 1 columns where a relation has 4 or more"),
        ("1|t|Lima\n2\tCID\tD1\tD2\n", "in.txt:2: a line of document '2' among those of '1'"),
    ],
)
def test_a_wrong_line_is_told(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(text)
    assert str(error.value).startswith(message)


def test_what_the_format_cannot_hold_is_counted() -> None:
    spans = [
        Span(0, 4, "LOC", source="cities", name="Lima", ids=("a|b",), kind="kept", score=0.5),
        Span(5, 9, "LOC", ids=("Q1",), kind="gold"),
        Span(5, 9, "LOC", kind="lost"),
    ]
    relations = [Relation("r", 0, 1), Relation("r", 1, 2), Relation("r", 1, 1, "Q1", None)]
    document = Document("a|1", "Lima Peru\n\r\nx", {"title": 1}, spans=spans, relations=relations)
    text, loss = written([document])
    assert text == (
        "a_1|t|Lima Peru\na_1|a|  x\na_1\t0\t4\tLima\tLOC\ta|b\na_1\t5\t9\tPeru\tLOC\tQ1\na_1\tr\ta|b\tQ1\na_1\tr\tQ1\tQ1\n\n"
    )
    assert dict(loss.counts) == {
        "document_ids": 1, "text": 1, "meta": 1, "ids": 1, "scores": 1, "sources": 1, "lost": 1, "relations": 1, "kinds": 1,
    }  # fmt: skip


def test_a_file_is_known_by_its_first_line() -> None:
    assert detect_format("CDR.PubTator.txt", ABSTRACT) == "pubtator"
    assert detect_format("notes.txt", "a | t | b\n") == "text"


def test_line_ends_without_a_line_behind_them_are_lost_and_so_are_spans_on_them() -> None:
    spans = [Span(0, 4, "LOC", kind="gold"), Span(0, 5, "X", kind="gold")]
    text, loss = written([Document("1", "Lima\n", spans=spans)])
    assert text == "1|t|Lima\n1|a|\n1\t0\t4\tLima\tLOC\t-1\n\n"
    assert dict(loss.counts) == {"text": 1, "borders": 1}
    assert read(text)[0].spans == [Span(0, 4, "LOC", kind="gold")]
