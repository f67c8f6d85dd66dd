"""WebAnno TSV 3: files as INCEpTION writes them, and what is written for it."""

from __future__ import annotations

import io

import numpy as np
import pytest

from farspan.errors import InputError, OutputError
from farspan.files import TextFile
from farspan.formats import Loss, ReadReport, writer_for
from farspan.formats.webanno import read_webanno
from farspan.formats.webanno_cells import escape_value, read_cell
from farspan.model import Document, Relation, Span, Tokens

NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
POS = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"


def read(text: str, report: ReadReport | None = None) -> Document:
    (document,) = read_webanno(TextFile("in.tsv", io.BytesIO(text.encode()), None, None), "in", report or ReadReport())
    return document


def written(document: Document) -> tuple[str, Loss]:
    stream = io.BytesIO()
    with writer_for("webanno", stream) as writer:
        writer.write(document)
    return stream.getvalue().decode(), writer.loss


def shown(document: Document) -> list[tuple[str, str]]:
    return [(document.text[span.start : span.end], span.label) for span in document.spans]


STACKED = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Span|value
#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span


#Text=This is a test .
1-1\t0-4\tThis\t*[1]|LOC[2]\t_\t_\t
1-2\t5-7\tis\t*[1]|LOC[2]\t_\t_\t
1-3\t8-9\ta\t*[1]\t_\t_\t
1-4\t10-14\ttest\tx\\|y\tpart\\_of\t1-1[2_0]\t
1-5\t15-16\t.\t*[1]|*[3]|*[4]\t*|on\t1-1[1_3]|1-4[0_4]\t
"""


def test_stacked_spans_of_several_tokens_and_relations_between_them() -> None:
    document = read(STACKED)
    assert shown(document) == [
        ("This is a test .", "Span"),
        ("This is", "LOC"),
        ("test", "x|y"),
        (".", "Span"),
        (".", "Span"),
    ]
    assert document.relations == [
        Relation("part_of", 1, 2),
        Relation("Relation", 0, 3),
        Relation("on", 2, 4),
    ]


def test_parts_of_tokens() -> None:
    document = read(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n#Text=aaaaaa bbbbbb cccccc\n"
        "1-1\t0-6\taaaaaa\t2a[1]|1a[2]\t\n1-1.1\t3-6\taaa\t9a[3]|9b[4]\t\n1-2\t7-13\tbbbbbb\t2a[1]|9a[3]|9b[4]\t\n"
        "1-2.1\t7-7\t\t11a[5]\t\n1-2.2\t9-13\tbbbb\t5a\t\n1-3\t14-20\tcccccc\t_\t\n1-3.1\t14-17\tccc\t9a[3]|9b[4]\t\n"
    )
    assert shown(document) == [
        ("aaaaaa bbbbbb", "2a"),
        ("aaaaaa", "1a"),
        ("aaa bbbbbb ccc", "9a"),
        ("aaa bbbbbb ccc", "9b"),
        ("bbbb", "5a"),
    ]


TWO = f"""\
#FORMAT=WebAnno TSV 3.3
#T_SP={POS}|PosValue|coarseValue
#T_SP={NER}|value|identifier
#T_SP=webanno.custom.Host|ROLE_webanno.custom.Host:links_webanno.custom.LinkType|{NER}
#T_CH=webanno.custom.Link|referenceRelation|referenceType


#Sentence.id=s1
#Text=😀 Lima\\tis
#Text=nice
1-1\t0-2\t😀\tSYM\tX\t_\t_\t_\t_\t_\t_\t
1-2\t3-7\tLima\tNNP\tPROPN\tLOC\tQ2868\t_\t_\t*->1-1\t*[1]\t
1-3\t8-10\tis\tVB\tVERB\t_\t_\twhere;who\t1-2;1-4\t_\t_\t
1-4\t11-15\tnice\tJJ\tADJ\tX\t*\t_\t_\t_\t_\t

#Text=End
2-1\t18-21\tEnd\tNN\tNOUN\t_\t_\t_\t_\t_\t_\t
"""


def test_every_layer_of_a_file_and_utf_16_offsets() -> None:
    report = ReadReport()
    document = read(TWO, report)
    assert document.text == "😀 Lima\tis\nnice  \nEnd"
    assert [(text, label) for text, label in shown(document)] == [("Lima", "LOC"), ("is", "Host"), ("nice", "X")]
    assert [(span.ids, span.source) for span in document.spans] == [
        (("Q2868",), "NamedEntity"),
        ((), "Host"),
        ((), "NamedEntity"),
    ]
    assert document.relations == [Relation("where", 1, 0), Relation("who", 1, 2)]
    assert document.tokens is not None
    assert (document.tokens.columns, document.tokens.sentences.tolist()) == ({"pos": ["SYM", "NNP", "VB", "JJ", "NN"]}, [0, 4])
    assert document.meta == {"sentence_ids": ["s1"]}
    assert dict(report.counts) == {"gaps": 1, "skipped": 1}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("TSV 3.3", "TSV 2.0", "in.tsv:1: this is not WebAnno TSV 3"),
        ("1-3\t8-9", "1-3\t8-", "in.tsv:9: this is no token"),
        ("1-3\t8-9", "1-3\t8-11", "in.tsv:9: the token 'a' does not stand at 8 to 11"),
        ("1-3\t8-9", "1-3\t99-100", "in.tsv:9: the token 'a' does not stand at 99 to 100"),
        ("a\t*[1]\t_\t_\t", "a\t*[1]\t", "in.tsv:9: 1 columns where the header has 3"),
        ("#Text=This is a test .", "", "in.tsv:7: a sentence without its #Text= line"),
        ("1-1\t0-4", "1-1\t9999999999-4", "in.tsv:7: 9999999999 characters are missing"),
    ],
)
def test_a_wrong_line_is_told(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(STACKED.replace(old, new))
    assert str(error.value).startswith(message)


def test_what_is_missing_in_a_relation_is_told() -> None:
    report = ReadReport()
    document = read(STACKED.replace("1-4[0_4]", "9-9[0_4]"), report)
    assert len(document.relations) == 2
    assert report.notices["skipped"] == ["in.tsv:11: the relation from 9-9[0_4] has no two ends; passed over"]


def document_of(text: str, words: list[str], firsts: list[int], spans: list[Span], relations: list[Relation]) -> Document:
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    tokens = Tokens(np.array(starts, np.int32), np.array(ends, np.int32), np.array(firsts, np.int32))
    return Document("in", text, {}, tokens, spans, relations)


def test_what_is_written_is_the_file_that_inception_would_write() -> None:
    spans = [
        Span(2, 6, "LOC", ids=("Q1", "Q2"), kind="gold"),
        Span(2, 9, "A|B", kind="gold"),
        Span(4, 6, "_", kind="gold"),
        Span(11, 14, "X", kind="gold"),
    ]
    document = document_of("😀 Lima is\\\nEnd", ["😀", "Lima", "is", "\\", "End"], [0, 4], spans, [Relation("a->b", 1, 3)])
    text, loss = written(document)
    assert text == (
        f"#FORMAT=WebAnno TSV 3.3\n#T_SP={NER}|value|identifier\n#T_RL=webanno.custom.Relation|label|BT_{NER}\n\n\n"
        "#Text=😀 Lima is\\\\\n"
        "1-1\t0-2\t😀\t_\t_\t_\t_\t\n"
        "1-2\t3-7\tLima\tLOC[1]|A\\|B[2]\tQ1 Q2[1]|*[2]\t_\t_\t\n"
        "1-2.1\t5-7\tma\t\\_\t*\t_\t_\t\n"
        "1-3\t8-10\tis\tA\\|B[2]\t*[2]\t_\t_\t\n"
        "1-4\t10-11\t\\\t_\t_\t_\t_\t\n"
        "\n#Text=End\n"
        "2-1\t12-15\tEnd\tX\t*\ta\\->b\t1-2[2_0]\t\n"
    )
    assert dict(loss.counts) == {"document_ids": 1}
    again = read(text)
    assert (again.text, again.relations) == (document.text, [Relation("a->b", 1, 3)])
    assert list(again.spans) == spans


def test_what_the_format_cannot_hold_is_counted() -> None:
    spans = [Span(4, 6, "X", kind="gold"), Span(0, 4, "A\rB", "cities", "Lima", kind="kept", score=0.5)]
    document = document_of("Lima  is  \n", ["Lima", "is"], [0], spans, [Relation("r", 0, 1)])
    text, loss = written(document)
    assert "A B" in text
    assert dict(loss.counts) == {
        "borders": 1, "relations": 1, "scores": 1, "sources": 1, "labels": 1, "text": 1, "document_ids": 1,
    }  # fmt: skip
    with pytest.raises(OutputError, match="has no tokens"):
        written(Document("x", "y"))
    stream = io.BytesIO()
    with writer_for("webanno", stream) as writer:
        writer.write(document)
        with pytest.raises(OutputError, match="holds one document"):
            writer.write(document)


@pytest.mark.parametrize("value", ["a[1]", "\\", "\\[1]", "*", "_", "x->y", "a;b|c", "tab\tnew\nline", "[", "é😀", "\\n", "->"])
def test_values_come_back(value: str) -> None:
    for number in (0, 7):
        (found,) = read_cell(escape_value(value) + (f"[{number}]" if number else ""))
        assert (found.text, found.number) == (value, number)


def test_a_sentence_may_begin_with_a_word_of_white_space() -> None:
    document = document_of("\t Lima x", ["\t", "Lima", "x"], [0], [Span(0, 1, "TAB", kind="gold")], [])
    again = read(written(document)[0])
    assert (again.text, list(again.spans)) == (document.text, list(document.spans))
