"""WebAnno TSV 3: files as INCEpTION writes them, and what is written for it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


HOSTS = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.SimpleSpan|
#T_SP=webanno.custom.SimpleSlotHost|ROLE_webanno.custom.SimpleSlotHost:links_webanno.custom.SimpleSlotHostLinksLink|uima.tcas.Annotation


#Text=This is a
"""


def relations_of(document: Document) -> list[tuple[str, str, str]]:
    words = [text for text, _ in shown(document)]
    return [(one.relation, words[one.subject], words[one.object]) for one in document.relations]


def test_slots_that_take_any_span_point_at_the_number_in_whichever_layer() -> None:
    report = ReadReport()
    document = read(
        HOSTS + "1-1\t0-4\tThis\t_\tpr2;pr1\t1-3[1];1-2[2]\t\n" + "1-2\t5-7\tis\t*[2]\t_\t_\t\n1-3\t8-9\ta\t*[1]\t_\t_\t\n",
        report,
    )
    assert relations_of(document) == [("pr2", "This", "a"), ("pr1", "This", "is")]
    assert not report.counts


def test_slots_that_take_any_span_point_at_the_unit_where_there_is_no_number() -> None:
    report = ReadReport()
    header = HOSTS.replace("|\n", "|value\n", 1).replace(
        "#T_SP=webanno.custom.SimpleSlot", f"#T_SP={NER}|value\n#T_SP=webanno.custom.SimpleSlot"
    )
    document = read(
        header
        + "1-1\t0-4\tThis\t_\tX\tself;a;b;c\t1-1;1-2;1-3;9-9\t\n"
        + "1-2\t5-7\tis\t_\tY[4]\t_\t_\t\n1-3\t8-9\ta\tZ\tY[4]|V[5]\t_\t_\t\n",
        report,
    )
    assert relations_of(document) == [("self", "This", "This"), ("a", "This", "is a"), ("b", "This", "a")]
    assert [document.spans[one.object].label for one in document.relations] == ["X", "Y", "Z"]
    assert report.notices == {"skipped": ["in.tsv:8: the slot c of a SimpleSlotHost to 9-9 points at nothing; passed over"]}


def test_a_slot_that_may_mean_several_spans_takes_the_first_and_tells() -> None:
    report = ReadReport()
    header = HOSTS.replace("#T_SP=webanno.custom.SimpleSlot", f"#T_SP={NER}|value\n#T_SP=webanno.custom.SimpleSlot")
    document = read(
        header + "1-1\t0-4\tThis\t_\t_\t*\t1-2\t\n" + "1-2\t5-7\tis\t*\tX\t_\t_\t\n1-3\t8-9\ta\t_\t_\t_\t*\t\n",
        report,
    )
    assert [(one.relation, document.spans[one.object].label) for one in document.relations] == [("SimpleSlotHost", "SimpleSpan")]
    what = "the slot SimpleSlotHost of a SimpleSlotHost to 1-2 may mean SimpleSpan or NamedEntity; taken is the first"
    assert report.notices == {"skipped": [f"in.tsv:8: {what}"]}


def test_the_numbers_of_what_slots_point_at_are_not_those_of_their_hosts() -> None:
    """Two hosts that point at the same stacked span are two."""
    header = HOSTS.replace("uima.tcas.Annotation", "webanno.custom.SimpleSpan")
    document = read(
        header
        + "1-1\t0-4\tThis\t_\tp\\;q\t1-3[1]\t\n"
        + "1-2\t5-7\tis\t_\tr\\|s;t[3]|u[4]\t1-3[1];1-3[2]|1-3[2]\t\n1-3\t8-9\ta\t*[1]|*[2]\t_\t_\t\n"
    )
    assert relations_of(document) == [("p;q", "This", "a"), ("r|s", "is", "a"), ("t", "is", "a"), ("u", "is", "a")]
    assert [one.object for one in document.relations] == [3, 3, 4, 4]


def test_slots_of_and_to_what_has_no_width_are_told() -> None:
    report = ReadReport()
    header = HOSTS.replace("uima.tcas.Annotation", "webanno.custom.SimpleSpan")
    document = read(
        header
        + "1-1\t0-4\tThis\t*\t_\t_\t\n1-1.1\t0-0\t\t_\tp1;p2\t1-1;1-1\t\n1-2\t5-7\tis\t_\tp3;p4\t1-2.1;*\t\n1-2.1\t7-7\t\t*\t_\t_\t\n1-3\t8-9\ta\t_\t_\t_\t\n",
        report,
    )
    assert (len(document.spans), document.relations) == (2, [])
    at, end = "of a SimpleSlotHost to", "begins or ends at what is no span here; passed over"
    assert report.counts == {"skipped": 6}
    assert {*report.notices["skipped"][2:]} == {
        f"in.tsv:8: the slot p1 {at} 1-1 {end}",
        f"in.tsv:8: the slot p2 {at} 1-1 {end}",
        f"in.tsv:9: the slot p3 {at} 1-2.1 {end}",
    }


@pytest.mark.parametrize(
    ("features", "row", "label", "lost"),
    [
        ("certain|value", "true\tknows", "knows", ["certain"]),
        ("boolValue|integerValue|value", "true\t42\tnsubj", "nsubj", ["boolValue", "integerValue"]),
        ("certain|type", "true\tknows", "knows", ["certain"]),
        ("rel1|rel2", "r1\tr2", "r1", ["rel2"]),
        ("score", "0.5", "0.5", []),
        ("identifier|value", "Q1\tknows", "knows", ["identifier"]),
        ("certain|value", "_\t_", "Rel", []),
    ],
)
def test_a_relation_is_named_as_spans_are(features: str, row: str, label: str, lost: list[str]) -> None:
    report = ReadReport()
    width = features.count("|") + 1
    header = (
        f"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Ent|value\n#T_RL=webanno.custom.Rel|{features}|BT_webanno.custom.Ent\n"
    )
    empty = "_\t" * width
    document = read(f"{header}\n\n#Text=Bob Ann\n1-1\t0-3\tBob\tPER\t{empty}_\t\n1-2\t4-7\tAnn\tPER\t{row}\t1-1\t\n", report)
    assert document.relations == [Relation(label, 0, 1)]
    assert report.notices == ({"features": [f"in.tsv:8: a Rel: not kept: {', '.join(lost)}"]} if lost else {})


def test_stacked_relations_keep_each_their_own_label() -> None:
    document = read(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Ent|f1\n#T_RL=webanno.custom.Rel|rel1|rel2|BT_webanno.custom.Ent\n\n\n"
        "#Text=Bob Ann\n1-1\t0-3\tBob\tA[1]|B[2]\t_\t_\t_\t\n1-2\t4-7\tAnn\tC\tr1|*\tx|r2\t1-1[1_0]|1-1[2_0]\t\n"
    )
    assert document.relations == [Relation("r1", 0, 2), Relation("r2", 1, 2)]


@pytest.mark.parametrize("features", ["PosValue|coarseValue", "coarseValue|PosValue"])
def test_the_part_of_speech_is_pos_value_wherever_it_stands(features: str) -> None:
    tags = "N\tNOUN" if features.startswith("Pos") else "NOUN\tN"
    document = read(f"#FORMAT=WebAnno TSV 3.2\n#T_SP={POS}|{features}\n\n\n#Text=Bob\n1-1\t0-3\tBob\t{tags}\t\n")
    assert document.tokens is not None
    assert document.tokens.columns == {"pos": ["N"]}


def test_relations_between_tokens_are_counted() -> None:
    report = ReadReport()
    dependency = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"
    header = f"#FORMAT=WebAnno TSV 3.2\n#T_SP={POS}|PosValue\n#T_RL={dependency}|DependencyType|BT_{POS}\n\n\n#Text=a b\n"
    read(f"{header}1-1\t0-1\ta\tX\tsubj|obj\t1-2|1-2\t\n1-2\t2-3\tb\tY\troot\t1-2\t\n", report)
    assert report.counts == {"skipped": 3}
    assert report.notices == {"skipped": ["in.tsv: 3 relations of the layer Dependency between tokens are passed over"]}


@pytest.mark.parametrize(
    "text",
    [
        "#id=1\n#text=Ms. Haag\n1\tMs.\t_\tNNP\tB_PER\t3\tSUBJ\t_\t_\n",
        " # webanno.custom.Ent | f1 # webanno.custom.Rel | r | AttachTo=webanno.custom.Ent\n#id=1\n#text=A b\n1-1\tA\t_\t_\t_\n",
        "# webanno.custom.Ent | f1\r\n\r\n#id=1\r\n#text=A b\r\n1-1\tA\t_\r\n",
    ],
)
def test_the_versions_before_3_are_told_by_their_sentences(text: str) -> None:
    with pytest.raises(InputError, match=r"in.tsv:1: this is WebAnno TSV 1 or 2, .*; export it again as WebAnno TSV 3"):
        read(text)


TARGETS = ["1-1", "1-2", "1-3", "1-3[1]", "1-3[2]", "1-2[9]", "2-9", "*", "_", "x"]


@given(st.lists(st.tuples(st.sampled_from(["p", "q\\;r", "*", "_", "p[1"]), st.sampled_from(TARGETS)), min_size=1, max_size=4))
def test_every_slot_is_a_relation_or_told(slots: list[tuple[str, str]]) -> None:
    report = ReadReport()
    roles, targets = (";".join(column) for column in zip(*slots, strict=True))
    rows = f"1-1\t0-4\tThis\t_\t{roles}\t{targets}\t\n1-2\t5-7\tis\t*\t_\t_\t\n1-3\t8-9\ta\t*[1]|*[2]\t_\t_\t\n"
    document = read(HOSTS + rows, report)
    unset = sum(role in {"*", "_"} and target in {"*", "_"} for role, target in slots)
    told = sum("points at nothing" in notice for notice in report.notices.get("skipped", ()))
    assert len(document.relations) + told + unset == len(slots)


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
