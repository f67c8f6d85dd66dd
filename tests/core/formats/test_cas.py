"""UIMA XMI and JSON CAS: files as INCEpTION writes them, and what is written, read back by dkpro-cassis."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cassis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farspan.errors import InputError, OutputError, Place
from farspan.files import BytesFile, TextFile
from farspan.formats import Loss, ReadReport, read_documents, writer_for
from farspan.formats.cas import Structure
from farspan.formats.cas_types import TypeSystem, with_types
from farspan.formats.cas_writer import type_system
from farspan.formats.casjson import read_casjson
from farspan.formats.xmi import read_xmi
from farspan.model import Document, Relation, Span, Tokens

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."


def read(name: str, data: bytes, report: ReadReport | None = None) -> Document:
    report = report or ReadReport()
    if name == "xmi":
        (document,) = read_xmi(BytesFile("in.xmi", io.BytesIO(data)), "in", report)
    else:
        (document,) = read_casjson(TextFile("in.json", io.BytesIO(data), None, None), "in", report)
    return document


def written(name: str, document: Document) -> tuple[bytes, Loss]:
    stream = io.BytesIO()
    with writer_for(name, stream) as writer:
        writer.write(document)
    return stream.getvalue(), writer.loss


TEXT = "😀 Lima is in Peru.\r\nשלום Sa\u0303o"
DOCUMENT = Document(
    "d/1.txt",
    TEXT,
    {},
    Tokens(
        np.array([0, 2, 7, 10, 13, 17, 20, 25], np.int32),
        np.array([1, 6, 9, 12, 17, 18, 24, 29], np.int32),
        np.array([0, 6], np.int32),
    ),
    [
        Span(2, 6, "LOC", ids=("Q2868", "Q1"), kind="gold"),
        Span(2, 17, "CLAUSE", kind="gold"),
        Span(13, 17, "LOC", ids=("Q419",), kind="gold"),
        Span(25, 28, "X", kind="gold"),
    ],
    [Relation("capital of", 0, 2), Relation("r", 2, 2)],
)


@pytest.mark.parametrize("name", ["xmi", "casjson"])
def test_what_is_written_comes_back_whole(name: str) -> None:
    data, loss = written(name, DOCUMENT)
    again = read(name, data)
    assert not loss
    assert (again.id, again.text, dict(again.meta)) == (DOCUMENT.id, DOCUMENT.text, {})
    assert (list(again.spans), list(again.relations)) == (DOCUMENT.spans, DOCUMENT.relations)
    assert again.tokens is not None
    assert DOCUMENT.tokens is not None
    for column in ("starts", "ends", "sentences"):
        assert getattr(again.tokens, column).tolist() == getattr(DOCUMENT.tokens, column).tolist()


@pytest.mark.parametrize("name", ["xmi", "casjson"])
def test_cassis_reads_what_is_written(name: str) -> None:
    data, _ = written(name, DOCUMENT)
    if name == "xmi":
        types = cassis.load_typesystem(io.BytesIO(type_system().to_xml().encode()))
        cas = cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=types)
    else:
        cas = cassis.load_cas_from_json(io.BytesIO(data))
    assert cas.sofa_string == TEXT
    entities = cas.select(f"{DKPRO}ner.type.NamedEntity")
    assert {(one.get_covered_text(), one.value, one.identifier) for one in entities} == {
        ("Lima is in Peru", "CLAUSE", None),
        ("Lima", "LOC", "Q2868 Q1"),
        ("Peru", "LOC", "Q419"),
        ("Sa\u0303", "X", None),
    }
    assert [one.get_covered_text() for one in cas.select(f"{DKPRO}segmentation.type.Token")][:3] == ["😀", "Lima", "is"]
    assert len(cas.select(f"{DKPRO}segmentation.type.Sentence")) == 2
    arcs = {
        (one.label, one.Governor.get_covered_text(), one.Dependent.get_covered_text())
        for one in cas.select("webanno.custom.Relation")
    }
    assert arcs == {("capital of", "Lima", "Peru"), ("r", "Peru", "Peru")}


INCEPTION = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore"
 xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"
 xmlns:type2="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"
 xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
 xmlns:dependency="http:///de/tudarmstadt/ukp/dkpro/core/api/syntax/type/dependency.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
    <cas:NULL xmi:id="0"/>
    <type2:DocumentMetaData xmi:id="1" sofa="2" begin="0" end="8" documentId="admin" documentTitle="doc.txt"/>
    <type4:Token xmi:id="3" sofa="2" begin="0" end="2" order="0" pos="20"/>
    <type4:Token xmi:id="4" sofa="2" begin="3" end="7" order="0"/>
    <type4:Sentence xmi:id="5" sofa="2" begin="0" end="7"/>
    <type4:Lemma xmi:id="21" sofa="2" begin="3" end="7" value="testen"/>
    <pos:POS_NOUN xmi:id="20" sofa="2" begin="0" end="2" PosValue="NN" coarseValue="NOUN"/>
    <dependency:Dependency xmi:id="22" sofa="2" begin="0" end="2" Governor="4" Dependent="3" DependencyType="x"/>
    <custom:Span xmi:id="6" sofa="2" begin="0" end="2" label="OTH" confidence="high" identifier="http://x/Q1"/>
    <custom:Span xmi:id="7" sofa="2" begin="3" end="3"/>
    <custom:Host xmi:id="8" sofa="2" begin="3" end="7" slots="11 12"/>
    <custom:Link xmi:id="11" role="agent" target="6"/>
    <custom:Link xmi:id="12" role="place" target="7"/>
    <custom:Relation xmi:id="9" sofa="2" begin="3" end="7" Governor="6" Dependent="8"/>
    <custom:Span xmi:id="10" sofa="2" begin="3" end="7" label="not in the index"/>
    <cas:Sofa xmi:id="2" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😀 Test&#10;"/>
    <cas:View sofa="2" members="1 3 4 5 6 7 8 9 20 21 22"/>
</xmi:XMI>
"""


def test_a_file_of_inception_reads_without_its_type_system() -> None:
    report = ReadReport()
    document = read("xmi", INCEPTION.encode(), report)
    assert (document.id, document.text) == ("doc.txt", "😀 Test\n")
    assert document.spans == [
        Span(0, 1, "OTH", "Span", ids=("http://x/Q1",), kind="gold"),
        Span(2, 6, "Host", "Host", kind="gold"),
    ]
    assert document.relations == [Relation("agent", 1, 0), Relation("Relation", 0, 1)]
    assert document.tokens is not None
    assert document.tokens.columns == {"pos": ["NN", "_"], "lemma": ["_", "testen"]}
    assert report.notices == {
        "skipped": [
            "in.xmi:17: a Span at 3 to 3 is empty or outside the text; passed over",
            "in.xmi:18: the slot place from a Host to a Span does not hold between spans; passed over",
            "in.xmi: 1 annotations of the type de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency are passed over",
        ],
        "features": ["in.xmi:16: a Span: not kept: confidence"],
    }


def test_json_with_structures_by_number_reads_too() -> None:
    structures: dict[str, Any] = {
        "1": {"%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "😀 Test"},
        "2": {"%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 3, "end": 7, "value": "X", "@links": 3},
        "3": {"%TYPE": "uima.cas.FSArray", "%ELEMENTS": [4]},
        "4": {"%TYPE": "webanno.custom.Link", "role": "self", "@target": 2},
    }
    data = json.dumps(
        {"%TYPES": {}, "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}}, "%FEATURE_STRUCTURES": structures}
    )
    document = read("casjson", data.encode())
    assert (document.spans, document.relations) == ([Span(2, 6, "X", kind="gold")], [Relation("self", 0, 0)])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("xmi", b"<a", "in.xmi:1: this is not XML"),
        ("xmi", b"<a/>", "in.xmi: the root is a, not xmi:XMI"),
        ("xmi", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "in.xmi: it declares a document type"),
        ("xmi", b'<x:XMI xmlns:x="http://www.omg.org/XMI"/>', "in.xmi: there is no text in it"),
        ("casjson", b"{", "in.json:1: this is not JSON"),
        ("casjson", b"[]", "in.json: the file must be an object, not a list"),
        ("casjson", b'{"%FEATURE_STRUCTURES": []}', "in.json: there is no text in it"),
        ("casjson", b'{"%FEATURE_STRUCTURES": [{"%ID": "x"}]}', "in.json: a feature structure"),
    ],
)
def test_a_wrong_file_is_told(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(name, data)
    assert str(error.value).startswith(message)


def test_xml_cannot_hold_every_character() -> None:
    document = Document("d", "a\x01b\x0bc 😀 d", spans=[Span(8, 9, "A\x02", kind="gold")])
    data, loss = written("xmi", document)
    again = read("xmi", data)
    assert (again.text, again.spans) == ("a\ufffdb\ufffdc 😀 d", [Span(8, 9, "A\ufffd", kind="gold")])
    assert dict(loss.counts) == {"characters": 1, "labels": 1}
    data, loss = written("casjson", document)
    assert (read("casjson", data).text, dict(loss.counts)) == (document.text, {})


def test_one_file_holds_one_document_and_no_half_characters() -> None:
    with writer_for("xmi", io.BytesIO()) as writer:
        writer.write(DOCUMENT)
        with pytest.raises(OutputError, match="holds one document"):
            writer.write(DOCUMENT)
    with pytest.raises(OutputError, match="surrogate"):
        written("casjson", Document("d", "\ud800"))


def xmi_of(structures: str, members: str, more: str = "") -> bytes:
    """An XMI file of "Joe met Ann" with Tokens 2 to 4 and `structures`."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore"
 xmlns:tcas="http:///uima/tcas.ecore" xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
 xmi:version="2.0"><cas:NULL xmi:id="0"/>
<type4:Token xmi:id="2" sofa="1" begin="0" end="3"/>
<type4:Token xmi:id="3" sofa="1" begin="4" end="7"/>
<type4:Token xmi:id="4" sofa="1" begin="8" end="11"/>
{structures}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Joe met Ann"/>
{more}
<cas:View sofa="1" members="2 3 4 {members}"/>
</xmi:XMI>""".encode()


def json_of(structures: list[dict[str, Any]]) -> bytes:
    """A JSON CAS of "Joe met Ann" with `structures`, all of them in the index."""
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "Joe met Ann"}
    view = {"%SOFA": 1, "%MEMBERS": [item["%ID"] for item in structures if "begin" in item]}
    return json.dumps({"%TYPES": {}, "%VIEWS": {"_InitialView": view}, "%FEATURE_STRUCTURES": [sofa, *structures]}).encode()


def placed(number: int, kind: str, begin: int, end: int, **features: Any) -> dict[str, Any]:
    return {"%ID": number, "%TYPE": f"webanno.custom.{kind}", "@sofa": 1, "begin": begin, "end": end, **features}


def test_relations_between_tokens_and_to_nothing_are_told() -> None:
    report = ReadReport()
    data = xmi_of(
        '<custom:Relation xmi:id="9" sofa="1" begin="8" end="11" Governor="2" Dependent="4" value="nsubj"/>\n'
        '<custom:Ent xmi:id="10" sofa="1" begin="0" end="3" value="PER"/>\n'
        '<custom:Relation xmi:id="11" sofa="1" begin="8" end="11" Governor="10"/>\n'
        '<custom:Relation xmi:id="12" sofa="1" begin="8" end="11" Governor="10" Dependent="99"/>\n'
        '<custom:Relation xmi:id="13" sofa="1" begin="8" end="11" Governor="10" Dependent="99"/>',
        "9 10 11 12",
    )
    document = read("xmi", data, report)
    assert (document.spans, document.relations) == ([Span(0, 3, "PER", kind="gold")], [])
    assert report.counts == {"skipped": 3}  # the last is not in the index: it was deleted
    assert report.notices["skipped"] == [
        "in.xmi:8: the relation Relation from a Token to a Token does not hold between spans; passed over",
        "in.xmi:10: the relation Relation from a Ent to nothing does not hold between spans; passed over",
        "in.xmi:11: the relation Relation from a Ent to nothing does not hold between spans; passed over",
    ]


def test_other_views_are_told_with_what_is_in_them() -> None:
    report = ReadReport()
    more = (
        '<cas:Sofa xmi:id="20" sofaNum="2" sofaID="Second" sofaString="Jon"/><cas:Sofa xmi:id="30" sofaID="Sound" sofaURI="x.wav"/>'
        '<cas:View sofa="20" members="21 22 23 24"/>'
    )
    data = xmi_of(
        '<custom:Ent xmi:id="9" sofa="1" begin="0" end="3" value="PER"/>'
        '<custom:Ent xmi:id="21" sofa="20" begin="0" end="3" value="PER"/><custom:Ent xmi:id="22" sofa="20" begin="0" end="1"/>'
        '<custom:Relation xmi:id="23" sofa="20" begin="0" end="1" Governor="21" Dependent="22"/>'
        '<tcas:DocumentAnnotation xmi:id="24" sofa="20" begin="0" end="3"/>',
        "9",
        more,
    )
    document = read("xmi", data, report)
    assert (document.spans, document.relations) == ([Span(0, 3, "PER", kind="gold")], [])
    assert report.notices == {"skipped": ["in.xmi: the view Second with 3 characters and 3 annotations is passed over"]}
    assert report.counts == {"skipped": 3}


QUOTES = (
    '<custom:Quote xmi:id="9" sofa="1" begin="0" end="3" certain="true" speaker="10" kind="direct" level="1"/>'
    '<custom:Person xmi:id="10" sofa="1" begin="4" end="7" score="0.5" grade="1"/>'
    '<custom:Person xmi:id="11" sofa="1" begin="8" end="11" score="-1.0E-4" grade="2"/>'
)


def test_references_flags_and_numbers_are_no_labels() -> None:
    report = ReadReport()
    document = read("xmi", xmi_of(QUOTES, "9 10 11"), report)
    assert [span.label for span in document.spans] == ["direct", "Person", "Person"]
    assert report.notices == {
        "features": [
            "in.xmi:8: a Quote: not kept: certain, level, speaker",
            *["in.xmi:8: a Person: not kept: score, grade"] * 2,
        ]
    }


def test_a_feature_whose_values_are_words_too_is_text() -> None:
    data = xmi_of(
        '<custom:Rule xmi:id="9" sofa="1" begin="0" end="3" article="9"/>'
        '<custom:Rule xmi:id="10" sofa="1" begin="4" end="7" article="9a"/>'
        '<custom:Rule xmi:id="11" sofa="1" begin="4" end="7" value="true" article=""/>',
        "9 10 11",
    )
    assert [span.label for span in read("xmi", data).spans] == ["9", "9a", "true"]


TYPES = b"""<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Grade</name><supertypeName>uima.cas.String</supertypeName></typeDescription>
<typeDescription><name>webanno.custom.Base</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>grade</name><rangeTypeName>webanno.custom.Grade</rangeTypeName></featureDescription>
<featureDescription><name>score</name><rangeTypeName>uima.cas.Double</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>webanno.custom.Person</name><supertypeName>webanno.custom.Base</supertypeName></typeDescription>
<typeDescription><name>webanno.custom.Quote</name><supertypeName>webanno.custom.Quote</supertypeName><features>
<featureDescription><name>certain</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>kind</name><rangeTypeName>uima.cas.IntegerArray</rangeTypeName></featureDescription>
<featureDescription><name>speaker</name><rangeTypeName>webanno.custom.Person</rangeTypeName></featureDescription>
</features></typeDescription>
</types></typeSystemDescription>"""


@pytest.fixture
def files(tmp_path: Path) -> Callable[[bytes], tuple[Document, ReadReport]]:
    """Reads QUOTES with a type system beside it."""

    def read_with(types: bytes) -> tuple[Document, ReadReport]:
        (tmp_path / "TypeSystem.xml").write_bytes(types)
        (tmp_path / "in.xmi").write_bytes(xmi_of(QUOTES, "9 10 11"))
        report = ReadReport()
        (document,) = read_documents([tmp_path / "in.xmi"], report=report)
        return document, report

    return read_with


def test_the_type_system_beside_the_file_says_what_is_text(files: Callable[[bytes], tuple[Document, ReadReport]]) -> None:
    document, report = files(TYPES)
    assert [span.label for span in document.spans] == ["true", "1", "2"]
    assert [notice.partition(": a ")[2] for notice in report.notices["features"]] == [
        "Quote: not kept: kind, level, speaker",
        *["Person: not kept: score"] * 2,
    ]


def test_a_type_system_that_is_no_xml_is_told(files: Callable[[bytes], tuple[Document, ReadReport]]) -> None:
    document, report = files(b"<typeSystem")
    assert [span.label for span in document.spans] == ["direct", "Person", "Person"]
    assert "the TypeSystem.xml beside it is not XML" in report.notices["skipped"][0]


@pytest.mark.parametrize("kind", ["webanno.custom.LinkType[]", "uima.cas.FSArray", "uima.cas.TOPArray", "uima.cas.TOP[]"])
def test_slots_in_arrays_of_any_type(kind: str) -> None:
    report = ReadReport()
    structures = [
        placed(5, "Host", 0, 3, **{"@links": 8, "@none": None}),
        placed(6, "Ent", 8, 11, value="PER"),
        placed(7, "Ent", 4, 4),
        {"%ID": 8, "%TYPE": kind, "%ELEMENTS": [9, 10, 11, None]},
        {"%ID": 9, "%TYPE": "webanno.custom.LinkType", "role": "who", "@target": 6},
        {"%ID": 10, "%TYPE": "webanno.custom.LinkType", "role": "what", "@target": 7},
        {"%ID": 11, "%TYPE": "webanno.custom.LinkType", "role": "when"},
    ]
    document = read("casjson", json_of(structures), report)
    assert document.relations == [Relation("who", 0, 1)]
    assert report.notices == {
        "skipped": [
            "in.json: a Ent at 4 to 4 is empty or outside the text; passed over",
            "in.json: the slot what from a Host to a Ent does not hold between spans; passed over",
            "in.json: the slot when from a Host to nothing does not hold between spans; passed over",
        ]
    }


def test_slots_in_an_array_of_its_own_in_xmi() -> None:
    data = xmi_of(
        '<custom:Host xmi:id="9" sofa="1" begin="0" end="3" links="10"/><cas:FSArray xmi:id="10" elements="11 0"/>'
        '<custom:Link xmi:id="11" role="who" target="12"/><custom:Ent xmi:id="12" sofa="1" begin="8" end="11"/>',
        "9 12",
    )
    assert read("xmi", data).relations == [Relation("who", 0, 1)]


def test_numbers_that_happen_to_be_ids_are_no_references_in_json() -> None:
    report = ReadReport()
    structures = [
        placed(5, "Host", 0, 3, order=9, codes=[9], **{"@many": 8, "#score": "NaN", "label": 4}),
        placed(6, "Ent", 8, 11, certain=False, none=None, **{"^x": "PER"}),
        {"%ID": 8, "%TYPE": "uima.cas.IntegerArray", "%ELEMENTS": [9]},
        {"%ID": 9, "%TYPE": "webanno.custom.LinkType", "role": "who", "@target": 6},
    ]
    document = read("casjson", json_of(structures), report)
    assert ([span.label for span in document.spans], document.relations) == (["Host", "PER"], [])
    assert report.notices == {
        "features": [
            "in.json: a Host: not kept: order, codes, score, label, many",
            "in.json: a Ent: not kept: certain",
        ]
    }


def test_chains_and_what_stands_nowhere_are_counted() -> None:
    report = ReadReport()
    data = xmi_of(
        '<custom:SimpleLink xmi:id="9" sofa="1" begin="0" end="3" next="10"/>\n'
        '<custom:SimpleLink xmi:id="10" sofa="1" begin="8" end="11"/><custom:SimpleChain xmi:id="11" sofa="1" first="9"/>'
        '<custom:About xmi:id="12" sofa="1" topic="x"><list>a</list><list>b</list></custom:About><custom:Loose xmi:id="13"/>'
        '<custom:Named sofa="1" begin="0" end="3"><words>a</words></custom:Named><tcas:Annotation xmi:id="14" sofa="1" begin="0" end="1"/>',
        "9 10 11 12 14",
    )
    document = read("xmi", data, report)
    assert [(span.label, span.start) for span in document.spans] == [("SimpleLink", 0), ("SimpleLink", 8)]
    assert report.notices == {
        "features": ["in.xmi:8: a SimpleLink: not kept: next"],
        "skipped": [
            "in.xmi: 1 annotations of the type uima.tcas.Annotation are passed over",
            "in.xmi: 1 chains of the type webanno.custom.SimpleChain are passed over",
            "in.xmi: 1 structures of the type webanno.custom.About that have no place are passed over",
        ],
    }


def test_lists_of_words_and_the_ids_of_relations_are_told() -> None:
    report = ReadReport()
    data = xmi_of(
        '<custom:Ent xmi:id="9" sofa="1" begin="0" end="3"><words>a</words><words>b</words></custom:Ent>'
        '<custom:Rel xmi:id="10" sofa="1" begin="0" end="3" Governor="9" Dependent="9" certain="true" value="is" identifier="P1"/>',
        "9 10",
    )
    document = read("xmi", data, report)
    assert ([span.label for span in document.spans], document.relations) == (["Ent"], [Relation("is", 0, 0)])
    assert [notice.partition(": a ")[2] for notice in report.notices["features"]] == [
        "Ent: not kept: words",
        "Rel: not kept: certain, identifier",
    ]


ENDS = st.sampled_from([None, 2, 3, 5, 6, 7, 99])


@given(st.lists(st.tuples(ENDS, ENDS), max_size=5))
def test_every_relation_is_read_or_told(pairs: list[tuple[int | None, int | None]]) -> None:
    report = ReadReport()
    ents = [placed(5, "Ent", 0, 3), placed(6, "Ent", 8, 11), placed(7, "Ent", 4, 4)]
    arcs = [
        placed(10 + number, "Relation", 8, 11, **{"@Governor": one, "@Dependent": other})
        for number, (one, other) in enumerate(pairs)
    ]
    document = read("casjson", json_of([*ents, *arcs]), report)
    wanted = [(one, other) for one, other in pairs if one in {5, 6} and other in {5, 6}]
    without = sum(one is None and other is None for one, other in pairs)  # nothing says that they are relations
    assert [(relation.subject + 5, relation.object + 5) for relation in document.relations] == wanted
    assert report.counts["skipped"] == 1 + len(pairs) - len(wanted) - without
    assert len(document.spans) == 2 + without


KINDS = st.sampled_from(["uima.cas.String", "uima.cas.Boolean", "uima.cas.Integer", "uima.cas.FSArray", "a.B", "a.C", "x"])


@given(st.dictionaries(st.sampled_from("abc"), st.text("019 .truefalsE-", max_size=8)), KINDS, KINDS)
def test_whatever_a_type_system_declares_every_value_is_kept(features: dict[str, str], declared: str, above: str) -> None:
    types = TypeSystem({"a.B": above, "a.C": "a.B"}, {"a.B": {"a": declared, "b": "a.C"}})
    item = Structure(1, "a.C", features, {}, Place("x"))
    (typed,) = with_types([item], types)
    assert typed.features.keys() | typed.references.keys() == features.keys()
    assert not typed.features.keys() & typed.references.keys()
