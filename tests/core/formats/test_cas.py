"""UIMA XMI and JSON CAS: files as INCEpTION writes them, and what is written, read back by dkpro-cassis."""

from __future__ import annotations

import io
import json
from typing import Any

import cassis
import numpy as np
import pytest

from farspan.errors import InputError, OutputError
from farspan.files import BytesFile, TextFile
from farspan.formats import Loss, ReadReport, writer_for
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
