"""TEI and other XML: the text as it is read aloud, names as spans, and nothing fetched or expanded."""

from __future__ import annotations

from pathlib import Path

import pytest

from farspan.errors import InputError
from farspan.formats import ReadReport, read_documents
from farspan.model import Span

TEI = """<?xml version="1.0" encoding="{encoding}"?>
<!-- a comment -->
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="carta1">
  <teiHeader><fileDesc><titleStmt><title>Carta de
    Ana</title></titleStmt></fileDesc></teiHeader>
  <text><body>
    <head>Señor</head>
    <p>De <persName ref="#ana wd:Q1">Ana
       <surname>Ruiz</surname></persName>, en <placeName key="Q2868">Lima</placeName><note>sic</note>.<lb/>Vi<lb break="no"/>no
       <choice><orig>oi</orig><reg>hoy</reg></choice> <rs type="ship">la nave</rs>.</p>
    <lg><l>Un verso</l><l>y otro</l></lg>
  </body></text>
</TEI>
"""


def read(path: Path, data: bytes, name: str = "a.xml"):
    (path / name).write_bytes(data)
    report = ReadReport()
    return list(read_documents([path / name], report=report)), report


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_letter_in_tei(tmp_path: Path, encoding: str) -> None:
    (document,), report = read(tmp_path, TEI.format(encoding=encoding).encode(encoding))
    assert document.id == "carta1"
    assert document.text == "Señor\nDe Ana Ruiz, en Lima. Vino hoy la nave.\nUn verso\ny otro"
    assert document.meta["title"] == "Carta de Ana"
    assert [(document.text[span.start : span.end], span.label, span.ids) for span in document.spans] == [
        ("Ana Ruiz", "persName", ("#ana", "wd:Q1")),
        ("Lima", "placeName", ("Q2868",)),
        ("la nave", "ship", ()),
    ]
    assert report.counts == {"notes": 1}


def test_a_corpus_is_several_documents(tmp_path: Path) -> None:
    one = "<TEI><text><p>{}</p></text></TEI>"
    documents, _ = read(tmp_path, f"<teiCorpus>{one.format('Uno')}{one.format('Dos')}</teiCorpus>".encode())
    assert [(document.id, document.text) for document in documents] == [("a", "Uno"), ("a-2", "Dos")]


def test_other_xml_is_its_words(tmp_path: Path) -> None:
    data = b"<doc><titre>Lima</titre><par>La <b>capitale</b> du P\xc3\xa9rou</par><par>  fin </par></doc>"
    (document,), _ = read(tmp_path, data)
    assert (document.text, list(document.spans)) == ("Lima\nLa capitale du Pérou\nfin", [])


def test_names_inside_names_are_nested_spans(tmp_path: Path) -> None:
    data = b"<TEI><text><p><orgName>Banco de <placeName>Lima</placeName></orgName> cae</p></text></TEI>"
    (document,), _ = read(tmp_path, data)
    assert list(document.spans) == [Span(0, 13, "orgName", kind="gold"), Span(9, 13, "placeName", kind="gold")]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w join="right">merkte</w>\n<pc>:</pc> <w>sie</w>', "merkte: sie"),
        ('<w>merkte</w>\n<pc join="left">:</pc>\n<w>sie</w>', "merkte: sie"),
        ('<w>all</w> <pc join="both">-</pc> <w>in</w>', "all-in"),
        ('<w join="no">a</w> <w join="overlap">b</w>', "a b"),
        ('<persName><w join="right">l\'</w></persName>\n <lb/> <w>eau</w>', "l'eau"),
        ('<w join="right">a</w></p><p><w join="left">b</w>', "a\nb"),
    ],
)
def test_words_that_are_joined_have_no_space_between_them(tmp_path: Path, inside: str, text: str) -> None:
    (document,), _ = read(tmp_path, f"<TEI><text><p>{inside}</p></text></TEI>".encode())
    assert document.text == text
    assert all(document.text[span.start : span.end] == "l'" for span in document.spans)


BIOC = b"""<collection><source>x</source><document><id>1</id><passage>
<offset>0</offset><text>BRCA1</text></passage></document></collection>"""
GATE = b'<GateDocument version="3"><TextWithNodes><Node id="0"/>Bob<Node id="3"/></TextWithNodes></GateDocument>'


@pytest.mark.parametrize(("data", "says"), [(BIOC, r"a\.xml:2: this is XML of BioC"), (GATE, r"a\.xml:1: this is XML of GATE")])
def test_xml_whose_annotations_would_be_lost_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(
        InputError, match=f"{says}, and its annotations would be lost; turn it into another format first: PubTator"
    ):
        read(tmp_path, data)


def test_a_collection_of_passages_need_not_be_bioc(tmp_path: Path) -> None:
    data = b"<collection><document><title>Uno</title><passage><line>Dos</line></passage></document></collection>"
    assert read(tmp_path, data)[0][0].text == "Uno\nDos"


BOMB = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>x &b;</d>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<TEI><text><p>Lima</text></TEI>", r"a\.xml:1: this is no sound XML: Opening and ending tag mismatch"),
        (BOMB, r"a\.xml:1: the entity &b; is not expanded; write the character itself"),
        (b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><d>&f;</d>', "the entity &f; is not expanded"),
        (b"<d>" * 400 + b"</d>" * 400, "elements stand more than 200 deep"),
        (b"<TEI><text>", "this is no sound XML"),
    ],
)
def test_unsound_and_hostile_xml_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(tmp_path, data)
