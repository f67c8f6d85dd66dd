"""brat: pairs of files as brat writes them, and what is written held to brat's own rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError
from farspan.formats import FORMATS, Loss, ReadReport, open_target, read_documents, writer_for
from farspan.formats.brat import escape_type
from farspan.model import Document, Relation, Span

TEXT = "😀 Lima is the capital of Peru.\nNorth and South America\n"
ANN = """\
T1\tLOC 2 6\tLima
T2\tLOC 25 29\tPeru
R1\tcapital_of Arg1:T1 Arg2:T2\t
T3\tLOC 31 36;47 54\tNorth America
T4\tLOC 41 54\tSouth America
T5\tBeing 7 9\tis
E1\tBeing:T5 Of:T1 Who:T4
*\tEquiv T1 T2 T4
A1\tNegation E1
A2\tSize T4 large
N1\tReference T1 Wikidata:Q2868\tLima
N2\tReference T1 KB:x1\tCiudad de los Reyes
#1\tAnnotatorNotes T2\tsee list
#2\tAnnotatorNotes R1\tsure?
"""


def pair(folder: Path, text: str | bytes, ann: str | bytes, ending: str = ".ann") -> str:
    path = folder / "x.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.with_suffix(ending).write_bytes(ann if isinstance(ann, bytes) else ann.encode())
    return str(path)


def read(path: str, report: ReadReport | None = None) -> Document:
    (document,) = read_documents([path], input_format="brat", report=report)
    return document


def written(documents: list[Document], folder: Path) -> Loss:
    with open_target(f"{folder}/", FORMATS["brat"]) as target, writer_for("brat", target) as writer:
        for document in documents:
            writer.write(document)
    return writer.loss


def test_spans_relations_events_ids_attributes_and_notes(tmp_path: Path) -> None:
    report = ReadReport()
    document = read(pair(tmp_path, TEXT, ANN), report)
    assert document.text == TEXT
    assert [(TEXT[span.start : span.end], span.label) for span in document.spans] == [
        ("Lima", "LOC"),
        ("Peru", "LOC"),
        ("North and South America", "LOC"),
        ("South America", "LOC"),
        ("is", "Being"),
    ]
    assert (document.spans[0].ids, document.spans[0].name) == (("Wikidata:Q2868", "x1"), "Ciudad de los Reyes")
    assert document.relations == [
        Relation("capital_of", 0, 1),
        Relation("Of", 4, 0),
        Relation("Who", 4, 3),
        Relation("Equiv", 0, 1),
        Relation("Equiv", 1, 3),
    ]
    assert document.meta == {
        "fragments": [[2, [[31, 36], [47, 54]]]],
        "attributes": [[4, "Negation"], [3, "Size", "large"]],
        "notes": [[1, "AnnotatorNotes", "see list"]],
    }
    assert dict(report.counts) == {"discontinuous": 1, "events": 1, "skipped": 1}
    assert report.notices["skipped"][0].endswith("x.ann:14: #2 is about R1, which is no span; passed over")


def test_what_was_read_is_written_again(tmp_path: Path) -> None:
    document = read(pair(tmp_path, TEXT, ANN))
    loss = written([document], tmp_path / "out")
    again = read(str(tmp_path / "out" / "x.txt"))
    for name in ("id", "text", "meta"):
        assert getattr(again, name) == getattr(document, name)
    assert (list(again.spans), list(again.relations)) == (list(document.spans), list(document.relations))
    assert not loss
    assert (tmp_path / "out" / "annotation.conf").read_text() == (
        "[entities]\nLOC\nBeing\n\n[relations]\ncapital_of\tArg1:<ENTITY>, Arg2:<ENTITY>\nOf\tArg1:<ENTITY>, Arg2:<ENTITY>\n"
        "Who\tArg1:<ENTITY>, Arg2:<ENTITY>\nEquiv\tArg1:<ENTITY>, Arg2:<ENTITY>\n"
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n"
        "[attributes]\nNegation\tArg:<ENTITY>\nSize\tArg:<ENTITY>, Value:large\n"
    )


def test_marks_windows_line_ends_and_shifted_offsets(tmp_path: Path) -> None:
    text = "Lima\r\nPeru\r\n" + "x\r\n" * 300 + "Quito"
    shown = text.replace("\r\n", "\n")
    place = shown.index("Quito")
    report = ReadReport()
    ann = f"\ufeffT1\tLOC 5 9\tPeru\r\nT2\tLOC {place} {place + 5}\tQuito\r\nT3\tLOC 1 5\tLima\r\n"
    document = read(pair(tmp_path, "\ufeff" + text, ann), report)
    assert [document.text[span.start : span.end] for span in document.spans] == ["Peru", "Quito", "Lima"]
    assert dict(report.counts) == {"line ends": 2, "moved": 1}
    assert document.meta == {"bom": True}


def test_a_span_over_a_line_end_is_written_in_pieces_and_read_as_one(tmp_path: Path) -> None:
    report = ReadReport()
    document = read(pair(tmp_path, "New\nYork", "T1\tLOC 0 3;4 8\tNew York\n"), report)
    assert (document.spans, dict(report.counts)) == ([Span(0, 8, "LOC", kind="gold")], {})
    written([document], tmp_path / "out")
    assert (tmp_path / "out" / "x.ann").read_text() == "T1\tLOC 0 3;4 8\tNew York\n"


def test_bionlp_files(tmp_path: Path) -> None:
    path = pair(tmp_path, "IL-2 binds", "T1\tProtein 0 4\tIL-2\n", ".a1")
    (tmp_path / "x.a2").write_text("T2\tBinding 5 10\tbinds\nE1\tBinding:T2 Theme:T1\n")
    document = read(path)
    assert (len(document.spans), document.relations) == (2, [Relation("Theme", 1, 0)])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hello", "x.ann:1: this is no annotation: 'hello'"),
        ("T1\tLOC 0\tLima", "x.ann:1: this is no span"),
        ("T1\tLOC 0 99\tQuito", "x.ann:1: the span 0 to 99 does not lie in the text"),
        ("T1\tLOC 0 2;5 99\tLi Quito", "x.ann:1: the span 5 to 99 does not lie in the text"),
        ("T1\tLOC 2 6\tQuito", "x.ann:1: the span should be 'Quito', but 'Lima' stands at 2 to 6"),
        ("T1\tLOC 2 4;5 6\tLix a", "x.ann:1: the words should be 'Lix a', but 'Li a' stand there"),
        ("R1\tr Arg1:T1", "x.ann:1: this relation has not two ends"),
        ("R1\t", "x.ann:1: this relation has no type"),
    ],
)
def test_a_wrong_line_is_told(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(pair(tmp_path, TEXT, f"{line}\n"))
    assert message in str(error.value)


def test_an_annotation_of_nothing_is_passed_over_and_told(tmp_path: Path) -> None:
    report = ReadReport()
    ann = "T1\tLOC 2 6\tLima\nT1\tPER 2 6\tLima\nR1\tr Arg1:T1 Arg2:T9\nE1\tX:T9\nN1\tReference T9 A:b\tx\n"
    document = read(pair(tmp_path, TEXT, ann), report)
    assert (len(document.spans), list(document.relations)) == (2, [])
    assert dict(report.counts) == {"duplicates": 1, "skipped": 3, "events": 1}
    with pytest.raises(InputError, match="not UTF-8"):
        read(pair(tmp_path, TEXT, b"T1\tLOC 2 6\tLim\xe1\n"))


def test_what_the_format_cannot_hold_is_counted(tmp_path: Path) -> None:
    spans = [
        Span(0, 4, "人 x", "cities", "Lima", ("Q1", "a b"), "gold", 0.5),
        Span(4, 6, "LOC", kind="gold"),
        Span(5, 10, "LOC", kind="gold"),
    ]
    document = Document("a:b", "Lima\r\nPeru", {"topic": 1}, spans=spans, relations=[Relation("r", 0, 1), Relation("kap.", 2, 0)])
    loss = written([document], tmp_path / "out")
    again = read(str(tmp_path / "out" / "a_b.txt"))
    assert again.text == "Lima \nPeru"
    assert list(again.spans) == [Span(0, 4, "人 x", ids=("Q1",), kind="gold"), Span(6, 10, "LOC", kind="gold")]
    assert list(again.relations) == [Relation("kap.", 1, 0)]
    assert dict(loss.counts) == {
        "document_ids": 1, "text": 1, "borders": 2, "relations": 1, "scores": 1, "sources": 1, "ids": 1, "meta": 1,
    }  # fmt: skip


# brat's own reading, as its server does it: lines end where str.splitlines says, types must be storable, words must fit.
STORABLE = re.compile(r"[a-zA-Z0-9_-]+")


def check_by_brats_rules(text: str, ann: str) -> int:
    """How many spans brat would show; fails where it would refuse a line."""
    seen = set()
    spans = 0
    for line in ann.splitlines():
        key, rest = line.split("\t", 1)
        assert key not in seen
        seen.add(key)
        data, tab, tail = rest.partition("\t")
        if key[0] == "N":
            assert re.fullmatch(r"(\S+) (\S+) (\S+?):(\S+)", data)
        if key[0] != "T":
            continue
        kind, places = data.split(" ", 1)
        assert STORABLE.fullmatch(kind)
        pieces = [tuple(map(int, piece.split(" "))) for piece in places.split(";")]
        for index, (start, end) in enumerate(pieces):
            assert 0 <= start < end <= len(text)
            assert not any(end >= other[0] and start < other[1] for other in pieces[:index])
        assert tab
        assert tail.strip()
        assert tail == " ".join(text[start:end] for start, end in pieces)
        spans += 1
    return spans


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_brat_accepts_what_is_written(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    pieces = st.sampled_from(["Lima", " ", "\n", "\r\n", "\u2028", "\x0b", "😀", "\t", "e\u0301", "שלום", "\x85", "\ufeff"])
    text = "".join(data.draw(st.lists(pieces, min_size=1, max_size=12)))
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        label = data.draw(st.sampled_from(["PER", "人", "a b", "x/y", "U4EBA"]))
        spans.append(Span(start, end, label, ids=data.draw(st.sampled_from([(), ("Q1",), ("A:b", "c:")])), kind="gold"))
    relations = [Relation("is a", 0, len(spans) - 1)] if spans else []
    folder = tmp_path_factory.mktemp("brat") / "out"
    loss = written([Document("d", text, spans=spans, relations=relations)], folder)
    read_text = (folder / "d.txt").read_bytes().decode()
    assert not read_text.startswith("\ufeff")
    assert "\r" not in read_text
    shown = check_by_brats_rules(read_text, (folder / "d.ann").read_bytes().decode())
    if not read_text.strip():
        return
    again = read(str(folder / "d.txt"))
    assert len(again.spans) == shown
    if not loss.counts["borders"] and not loss.counts["labels"]:
        assert list(again.spans) == spans
        assert len(again.relations) == len(relations)


def test_types_keep_apart() -> None:
    assert escape_type("人") == "U4EBA"
    assert escape_type("Ort-de_1") == "Ort-de_1"
    assert escape_type("a b") == "aU0020b"


def test_documents_of_a_folder_have_the_name_of_their_text_without_its_suffix(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a", "sub/b"):
        (tmp_path / f"{name}.txt").write_text("Lima", "utf-8")
        (tmp_path / f"{name}.ann").write_text("T1\tLOC 0 4\tLima\n", "utf-8")
    found = list(read_documents([str(tmp_path)]))
    assert [(document.id, len(document.spans)) for document in found] == [("a", 1), ("sub/b", 1)]
