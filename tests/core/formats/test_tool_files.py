"""Files as annotation tools and relation corpora really are, and what is written held to how the tools read it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as Span_

from farspan.errors import InputError, OptionError
from farspan.formats import FORMATS, Loss, ReadReport, open_target, read_documents, write_companions, writer_for
from farspan.formats.labelstudio_writer import labeling_config
from farspan.inputs import TOOLS
from farspan.model import Document, Relation, Span, Tokens
from farspan_app.cli.main import main


def read(folder: Path, name: str, content: str | bytes, report: ReadReport | None = None, **options: Any) -> list[Document]:
    path = folder / "in.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_documents([path], input_format=name, report=report, **options))


def written(name: str, documents: list[Document], **options: Any) -> tuple[str, Loss]:
    stream = io.BytesIO()
    with writer_for(name, stream, **options) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue().decode(), writer.loss


TEXT = "😀 Lima is in Peru."
DOCUMENT = Document(
    "d1",
    TEXT,
    {"topic": "x"},
    Tokens(np.array([0, 2, 7, 10, 13, 17], np.int32), np.array([1, 6, 9, 12, 17, 18], np.int32), np.array([0], np.int32)),
    [
        Span(2, 6, "LOC", "cities", "Lima", ("Q2868",), "gold", 0.5),
        Span(2, 17, "CLAUSE", kind="gold"),
        Span(13, 17, "LOC", ids=("Q419",), kind="gold"),
    ],
    [Relation("capital of", 0, 2, "Q2868", "Q419")],
)


# doccano ---------------------------------------------------------------------------------------------------------------


def test_doccano_exports_old_and_new(tmp_path: Path) -> None:
    report = ReadReport()
    content = (
        '{"id": 7, "text": "Lima in Peru", "label": [[0, 4, "LOC"], [8, 12, "LOC"]], "Comments": []}\n'
        '{"id": 8, "text": "Lima", "labels": [[0, 4, "LOC"]], "meta": {"a": 1}, "wikiPageID": 2}\n'
        '{"id": 9, "text": "Lima", "annotations": [{"label": 3, "start_offset": 0, "end_offset": 4, "user": 1}], "meta": {}}\n'
        '{"id": 10, "text": "Lima", "label": ["travel"]}\n'
        '{"id": 11, "text": "Lima Peru", "entities": [{"id": 5, "label": "LOC", "start_offset": 0, "end_offset": 4},'
        ' {"id": 3, "label": "LOC", "start_offset": 5, "end_offset": 9}],'
        ' "relations": [{"id": 1, "from_id": 5, "to_id": 3, "type": "in"}], "Comments": []}\n'
    )
    documents = read(tmp_path, "doccano", content, report)
    assert [[(span.start, span.end, span.label) for span in one.spans] for one in documents] == [
        [(0, 4, "LOC"), (8, 12, "LOC")],
        [(0, 4, "LOC")],
        [(0, 4, "3")],
        [],
        [(0, 4, "LOC"), (5, 9, "LOC")],
    ]
    assert [dict(one.meta) for one in documents] == [{}, {"a": 1, "wikiPageID": 2}, {}, {"label": ["travel"]}, {}]
    assert documents[4].relations == [Relation("in", 0, 1)]
    assert not report.counts


def test_doccano_reads_pretty_printed_records_one_after_another(tmp_path: Path) -> None:
    content = (
        '\n{\n  "text": "Lima",\n  "entities": [\n    {"id": 0, "start_offset": 0, "end_offset": 4, "label": "LOC"}\n  ]\n}\n{\n}'
    )
    with pytest.raises(InputError, match=r'in\.json:8: a record: "data" must be a string, not missing'):
        read(tmp_path, "doccano", content)
    (document,) = read(tmp_path, "doccano", content.removesuffix("{\n}"))
    assert len(document.spans) == 1


def test_doccano_units_are_what_is_said(tmp_path: Path) -> None:
    report = ReadReport()
    content = json.dumps({"text": TEXT, "label": [[3, 7, "LOC"]]})
    (by_points,) = read(tmp_path, "doccano", content, report)
    (by_units,) = read(tmp_path, "doccano", content, unit="utf-16")
    assert [TEXT[span.start : span.end] for span in (*by_points.spans, *by_units.spans)] == ["ima ", "Lima"]
    assert report.counts["unit"] == 1
    assert written("doccano", [DOCUMENT])[1].counts["units"] == 1
    data, loss = written("doccano", [DOCUMENT], unit="utf-16")
    assert (json.loads(data)["label"][0], loss.counts["units"]) == ([3, 7, "LOC"], 0)
    with pytest.raises(OptionError, match="unit=bytes is not possible"):
        read(tmp_path, "doccano", content, unit="bytes")


def test_doccano_takes_what_is_written() -> None:
    """As its importer does: a span is [start, end, label] or an object of these, whole numbers and a string."""
    for style, keys in (
        ("label", {"label"}),
        ("entities", {"entities", "relations"}),
        ("both", {"label", "entities", "relations"}),
    ):
        data, loss = written("doccano", [DOCUMENT], style=style)
        record = json.loads(data)
        assert keys == record.keys() - {"id", "text", "topic"}
        for row in [*record.get("label", []), *([*map(entity_row, record.get("entities", []))])]:
            assert [type(value) for value in row] == [int, int, str]
        known = {item["id"] for item in record.get("entities", [])}
        assert all({item["from_id"], item["to_id"]} <= known and item["type"] for item in record.get("relations", []))
        assert loss.counts["relations"] == (style == "label")


def entity_row(item: dict[str, Any]) -> list[Any]:
    return [item["start_offset"], item["end_offset"], item["label"]]


# Label Studio ------------------------------------------------------------------------------------------------------------


def region(key: str, start: int, end: int, text: str, labels: list[str], **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": labels}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def test_label_studio_export_with_annotators_predictions_and_relations(tmp_path: Path) -> None:
    report = ReadReport()
    task = {
        "id": 12,
        "data": {"text": TEXT, "source": "web"},
        "annotations": [
            {
                "completed_by": {"email": "ana@x"},
                "result": [
                    region("a", 3, 7, "Lima", ["LOC"], meta={"text": ["Q2868", "a note"]}),
                    region("b", 14, 18, "Peru", ["LOC", "ORG"]),
                    {"id": "c", "from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": ["x"]}},
                    {"type": "relation", "from_id": "a", "to_id": "b", "direction": "left", "labels": ["has capital"]},
                    {"type": "relation", "from_id": "a", "to_id": "zz", "direction": "right"},
                ],
            },
            {"completed_by": 2, "result": [region("a", 3, 7, "Lima", [])]},
            {"was_cancelled": True, "result": []},
        ],
        "predictions": [{"model_version": "m1", "result": [region("p", 3, 7, "Lima", ["LOC"], score=0.75)]}],
    }
    (document,) = read(tmp_path, "labelstudio", json.dumps([task], indent=2), report)
    assert (document.id, document.text, document.meta) == ("12", TEXT, {"source": "web"})
    assert list(document.spans) == [
        Span(2, 6, "LOC", "ana@x", ids=("Q2868",), kind="gold"),
        Span(13, 17, "LOC", "ana@x", kind="gold"),
        Span(13, 17, "ORG", "ana@x", kind="gold"),
        Span(2, 6, "_", "2", kind="gold"),
        Span(2, 6, "LOC", kind="kept", score=0.75),
    ]
    assert document.relations == [Relation("has capital", 1, 0, source="ana@x")]
    assert dict(report.counts) == {"skipped": 3, "keys": 1, "unlabelled": 1}


def test_label_studio_json_min_and_line_ends_of_browsers(tmp_path: Path) -> None:
    report = ReadReport()
    text = "a\r\n" * 200 + "Lima  city"
    place = len("a\n" * 200)
    labels = [{"start": place, "end": place + 10, "text": "Lima city", "labels": ["LOC"]}]
    (document,) = read(tmp_path, "labelstudio", json.dumps([{"id": 1, "text": text, "label": labels, "annotator": 1}]), report)
    assert [text[span.start : span.end] for span in document.spans] == ["Lima  city"]
    assert (document.meta, dict(report.counts)) == ({"annotator": 1}, {"line ends": 1})


def test_label_studio_takes_what_is_written(tmp_path: Path) -> None:
    """As its import checks predictions: regions of known controls, in the text by UTF-16 units, with the words there."""
    spans = [*DOCUMENT.spans, Span(13, 17, "ORG<&>", kind="kept")]
    document = Document("d1", TEXT, {}, None, spans, DOCUMENT.relations)
    path = str(tmp_path / "out.labelstudio.json")
    with open_target(path, FORMATS["labelstudio"]) as target, writer_for("labelstudio", target) as writer:
        writer.write(document)
    (config,) = write_companions(path, writer)
    assert Path(config).name == "out.labelstudio_config.xml"
    view = ET.parse(config).getroot()
    (labels,) = view.iter("Labels")
    (shown,) = view.iter("Text")
    assert [one.get("value") for one in labels] == ["LOC", "CLAUSE", "ORG<&>"]
    assert [one.get("value") for one in view.iter("Relation")] == ["capital of"]
    (task,) = json.loads(Path(path).read_text(encoding="utf-8"))
    key = (shown.get("value") or "").removeprefix("$")
    units = task["data"][key].encode("utf-16-le")
    assert len(task["annotations"]) == len(task["predictions"]) == 1
    for result in [*task["annotations"][0]["result"], *task["predictions"][0]["result"]]:
        if result["type"] == "relation":
            assert {result["from_id"], result["to_id"]} == {"s0", "s2"}
            continue
        assert (result["from_name"], result["to_name"], result["type"]) == (labels.get("name"), shown.get("name"), "labels")
        value = result["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    assert labeling_config(["a\x01"]).count("\ufffd") == 1


# Prodigy -----------------------------------------------------------------------------------------------------------------


def test_prodigy_export_with_answers_and_relations_by_last_token(tmp_path: Path) -> None:
    report = ReadReport()
    tokens = [{"text": word, "start": start, "end": start + len(word), "id": number, "ws": True} for number, (word, start) in enumerate([("New", 0), ("York", 4), (" ", 9), ("is", 10), ("big", 13)])]  # fmt: skip
    task = {
        "text": "New York  is big",
        "tokens": tokens,
        "spans": [{"start": 0, "end": 8, "token_start": 0, "token_end": 1, "label": "LOC"}],
        "relations": [
            {"head": 1, "child": 4, "label": "SIZE", "head_span": {"start": 0, "end": 8, "token_start": 0, "token_end": 1, "label": "LOC"}, "child_span": {"start": 13, "end": 16, "token_start": 4, "token_end": 4, "label": None}},
            {"head": 1, "child": 3, "label": "VERB"},
        ],
        "answer": "accept",
        "_input_hash": 5,
        "meta": {"source": "web"},
    }  # fmt: skip
    lines = [task, {**task, "answer": "reject", "relations": []}, {"image": "x.png", "answer": "accept"}]
    accepted, rejected = read(tmp_path, "prodigy", "".join(json.dumps(line) + "\n" for line in lines), report)
    assert [(span.start, span.end, span.label, span.kind) for span in accepted.spans] == [
        (0, 8, "LOC", "gold"),
        (13, 16, "_", "gold"),
        (10, 12, "_", "gold"),
    ]
    assert accepted.relations == [Relation("SIZE", 0, 1), Relation("VERB", 0, 2)]
    assert accepted.tokens is not None
    assert accepted.tokens.starts.tolist() == [0, 4, 10, 13]
    assert accepted.meta == {"source": "web", "_input_hash": 5}
    assert ([span.kind for span in rejected.spans], rejected.meta["answer"]) == (["lost"], "reject")
    assert dict(report.counts) == {"unlabelled": 2, "rejected": 1, "skipped": 1}


def test_spacy_agrees_with_the_tokens_written_for_prodigy(tmp_path: Path) -> None:
    data, loss = written("prodigy", [DOCUMENT])
    record = json.loads(data)
    words, spaces = [token["text"] for token in record["tokens"]], [token["ws"] for token in record["tokens"]]
    doc = Doc(spacy.blank("xx").vocab, words=words, spaces=spaces)
    assert doc.text == TEXT
    for span in record["spans"]:
        found = doc.char_span(span["start"], span["end"])
        assert found is not None
        assert (found.start, found.end - 1) == (span["token_start"], span["token_end"])
    assert (record["relations"][0]["head"], record["relations"][0]["child"]) == (1, 4)
    (again,) = read(tmp_path, "prodigy", data)
    assert (list(again.spans), list(again.relations), dict(again.meta)) == (DOCUMENT.spans, DOCUMENT.relations, {"topic": "x"})
    assert not loss


# Relation corpora --------------------------------------------------------------------------------------------------------


def test_scierc_counts_tokens_through_the_document(tmp_path: Path) -> None:
    record = {
        "doc_key": "J87-1003",
        "dataset": "scierc",
        "clusters": [[[0, 0], [3, 3]]],
        "sentences": [["MORPA", "is", "parser"], ["It", "works", "."]],
        "ner": [[[0, 0, "Method"], [0, 2, "X"]], [[3, 3, "Generic"]]],
        "relations": [[[0, 0, 2, 2, "HYPONYM-OF"]], []],
        "predicted_ner": [[[2, 2, "Task", 9.1, 0.9]], []],
    }
    report = ReadReport()
    (document,) = read(tmp_path, "dygie", json.dumps(record) + "\n", report)
    assert document.text == "MORPA is parser\nIt works ."
    assert [(document.text[span.start : span.end], span.label, span.kind, span.score) for span in document.spans] == [
        ("MORPA", "Method", "gold", None),
        ("MORPA is parser", "X", "gold", None),
        ("It", "Generic", "gold", None),
        ("parser", "_", "gold", None),
        ("parser", "Task", "kept", 0.9),
    ]
    assert document.relations == [Relation("HYPONYM-OF", 0, 3)]
    assert document.meta == {"dataset": "scierc", "clusters": [[[0, 0], [3, 3]]]}
    assert dict(report.counts) == {"unlabelled": 1}


def test_tacred_ends_are_the_last_token(tmp_path: Path) -> None:
    example: dict[str, Any] = {
        "id": "e1", "docid": "n1", "relation": "org:founded_by", "token": ["Bill", "Gates", "founded", "Microsoft"],
        "subj_start": 3, "subj_end": 3, "obj_start": 0, "obj_end": 1, "subj_type": "ORGANIZATION", "obj_type": "PERSON",
        "stanford_pos": ["NNP", "NNP", "VBD", "NNP"], "stanford_head": [2, 3, 0, 3],
    }  # fmt: skip
    other = {**example, "id": "e2", "relation": "no_relation", "obj_end": 0}
    (document,) = read(tmp_path, "tacred", json.dumps([example, other]))
    assert [(document.text[span.start : span.end], span.label) for span in document.spans] == [
        ("Microsoft", "ORGANIZATION"),
        ("Bill Gates", "PERSON"),
        ("Bill", "PERSON"),
    ]
    assert document.relations == [Relation("org:founded_by", 0, 1), Relation("NA", 0, 2)]
    again = json.loads(written("tacred", [document])[0])
    assert [{key: value for key, value in one.items() if key not in {"id", "docid"}} for one in again] == [
        {key: value for key, value in one.items() if key not in {"id", "docid"}} for one in (example, other)
    ]


def test_nyt10_with_half_open_and_inclusive_ends_and_bags(tmp_path: Path) -> None:
    report = ReadReport()
    lines = [
        {"text": "Lima in Peru", "h": {"id": "Q2868", "name": "Lima", "pos": [0, 4]}, "t": {"id": "Q419", "name": "Peru", "pos": [8, 12]}, "relation": "P17"},
        {"text": "Lima in Peru", "h": {"id": "Q419", "name": "Peru", "pos": [8, 11]}, "t": {"id": "Q2868", "name": "Lima", "pos": [0, 3]}, "relation": "NA"},
        {"token": ["New", "York", "is", "US"], "h": {"id": "Q60", "name": "New York", "pos": [0, 2]}, "t": {"id": "Q30", "name": "USA", "pos": [3, 4]}, "relation": "P17"},
    ]  # fmt: skip
    first, second = read(tmp_path, "nyt10", "".join(json.dumps(line) + "\n" for line in lines), report)
    assert first.spans == [
        Span(0, 4, "ENTITY", ids=("Q2868",), kind="gold"),
        Span(8, 12, "ENTITY", ids=("Q419",), kind="gold"),
    ]
    assert first.relations == [Relation("P17", 0, 1, "Q2868", "Q419"), Relation("NA", 1, 0, "Q419", "Q2868")]
    assert [(span.start, span.end, span.name) for span in second.spans] == [(0, 8, ""), (12, 14, "USA")]
    assert dict(report.counts) == {"inclusive": 2, "names": 1}


def test_opennre_takes_what_is_written(tmp_path: Path) -> None:
    path = str(tmp_path / "train.nyt10.jsonl")
    document = Document("d", TEXT, {}, None, DOCUMENT.spans, [*DOCUMENT.relations, Relation("r", 1, 2)])
    with open_target(path, FORMATS["nyt10"]) as target, writer_for("nyt10", target) as writer:
        writer.write(document)
    (numbers,) = write_companions(path, writer)
    assert json.loads(Path(numbers).read_text()) == {"NA": 0, "capital of": 1, "r": 2}
    for line in Path(path).read_text(encoding="utf-8").split("\n")[:-1]:
        record = json.loads(line)
        for side in ("h", "t"):
            start, end = record[side]["pos"]
            assert record["text"][start:end] == record[side]["name"]
            assert record[side]["id"]
    assert writer.loss.counts["bags"] == 1


def test_fewrel_gives_linked_entities(tmp_path: Path) -> None:
    report = ReadReport()
    content = {
        "P17": [{"tokens": ["Lima", "in", "old", "Peru"], "h": ["lima", "Q2868", [[0]]], "t": ["peru", "Q419", [[3], [1, 3]]]}]
    }
    (document,) = read(tmp_path, "fewrel", json.dumps(content), report)
    assert document.id == "in-P17-1"
    assert [(document.text[span.start : span.end], span.ids) for span in document.spans] == [
        ("Lima", ("Q2868",)),
        ("Peru", ("Q419",)),
        ("in old Peru", ("Q419",)),
    ]
    assert document.relations == [Relation("P17", 0, 1, "Q2868", "Q419")]
    assert dict(report.counts) == {"discontinuous": 1}


def test_weak_labels_by_spans_and_by_tags(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lf": ["dictionary", "rule"], "entity_types": ["X"]}')
    words = {"text": ["New", "York", "is", "big"]}
    spans = {"label": [[0, 2, "X"]], "data": words, "weak_labels": [[[0, 1, "X"]], [], [[0, 2, "X"]]]}
    tags = {
        "label": ["B-X", "I-X", "O", "O"],
        "data": words,
        "weak_labels": [["B-X", "O"], ["I-X", "I-X"], ["O", "O"], ["O", "O"]],
    }
    report = ReadReport()
    first, second = read(tmp_path, "wrench", json.dumps({"0": spans, "1": tags}), report)
    shown = [[(one.text[span.start : span.end], span.kind, span.source) for span in one.spans] for one in (first, second)]
    assert shown == [
        [("New York", "gold", ""), ("New", "candidate", "dictionary"), ("New York", "candidate", "source 3")],
        [("New York", "gold", ""), ("New York", "candidate", "dictionary"), ("York", "candidate", "rule")],
    ]
    assert not report.counts


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("doccano", '{"text": "a", "label": [[0, 2, "X"]]}', "in.json:1: the span 0 to 2 does not lie in the text of 1"),
        (
            "doccano",
            '{"text": "a"}\n{"text": "a", "label": [[0, 1]]}',
            'in.json:2: a record: "label" must be [[start, end, label]',
        ),
        (
            "doccano",
            '{"text": "a", "entities": [], "relations": [{"from_id": 1, "to_id": 2, "type": "x"}]}',
            "in.json:1: relation 1: no",
        ),
        ("labelstudio", "[\n{},\n{}]", "in.json:2: a record: there is no text"),
        ("labelstudio", '[{"data": {"text": "ab"}}\n {"data": 1}]', "in.json:2: this is not JSON: ']' is missing"),
        ("labelstudio", '[{"text": "a"}] x', "in.json:1: this is not JSON: something follows"),
        ("prodigy", '{"text": "a", "spans": [{"start": 0, "end": 3, "label": "X"}]}', "in.json:1: the span 0 to 3"),
        ("prodigy", '{"text": "ab", "tokens": [{"start": 1, "end": 2}, {"start": 0, "end": 1}]}', "in.json:1: token 2: 0 to 1"),
        (
            "dygie",
            '{"doc_key": "x", "sentences": [["a"]], "ner": [[[0, 1, "X"]]]}',
            "in.json:1: a record: the span of tokens 0 to 1",
        ),
        ("dygie", '{"sentences": [["a", ""]]}', 'in.json:1: a record: "sentences" must be'),
        (
            "tacred",
            '[{"token": ["a"], "subj_start": 0, "subj_end": 1, "obj_start": 0, "obj_end": 0}]',
            "in.json:1: a record: subj",
        ),
        ("nyt10", '{"text": "a", "h": {"pos": [0, 9]}, "t": {"pos": [0, 1]}, "relation": "r"}', "in.json:1: the span 0 to 9"),
        (
            "fewrel",
            '{"P1": [{"tokens": ["a"], "h": ["a", "Q", [[1]]], "t": ["a", "Q", [[0]]]}]}',
            'in.json:1: P1, sentence 1: "h"',
        ),
        ("wrench", '{"0": {"data": {"text": ["a"]}, "label": 1}}', 'in.json:1: text 0: "label" must be a list'),
        ("wrench", '{"0": {"data": {"text": ["a"]}, "weak_labels": [[[0, 2, "X"]]]}}', "in.json:1: text 0: 0 to 2 are no tokens"),
        ("wrench", '{"0": ' + "[" * 100_000, "in.json:1: this is not JSON"),
        ("tacred", '[{"token": ["\\ud800"], "docid": NaN}]', "in.json:1: this is not JSON"),
        ("tacred", '[{"token": ["\\ud800"]}]', "in.json:1: half of a surrogate pair"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, name, content)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fewrel", '{"P17": [{"tokens": ["Lima"], "h": ["lima", "Q1", [[0]]], "t": ["lima", "Q1", [[0]]]}]}'),
        ("labelstudio", '[{"id": 1, "text": "Lima", "ner": [{"start": 0, "end": 4, "text": "Lima", "labels": ["LOC"]}]}]'),
        ("labelstudio", '[\n  {\n    "id": 1,\n    "annotations": [],\n    "data": {"text": "Lima"}\n  }\n]'),
        ("doccano", '{"id": 1, "text": "Lima", "label": [[0, 4, "LOC"]], "Comments": []}\n'),
        (
            "prodigy",
            '{"text": "Lima", "_input_hash": 1, "spans": [{"start": 0, "end": 4, "label": "LOC"}], "answer": "accept"}\n',
        ),
        ("dygie", '{"doc_key": "a", "sentences": [["Lima"]], "ner": [[[0, 0, "LOC"]]], "relations": [[]]}\n'),
        ("wrench", '{"0": {"label": [[0, 1, "LOC"]], "data": {"text": ["Lima"]}, "weak_labels": [[[0, 1, "LOC"]]]}}'),
    ],
)
def test_a_file_is_known_by_its_keys(tmp_path: Path, name: str, content: str) -> None:
    (found,) = read(tmp_path, "auto", content)
    (named,) = read(tmp_path, name, content)
    assert (found.text, list(found.spans)) == (named.text, list(named.spans))


# What real exports look like beside the documented form ----------------------------------------------------------------


def detected(folder: Path, name: str, content: str) -> list[Document]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return list(read_documents([path]))


def places(documents: list[Document]) -> list[list[tuple[str, str]]]:
    return [[(one.text[span.start : span.end], span.label) for span in one.spans] for one in documents]


def test_doccano_annotations_with_names_of_labels_and_triples_under_entities(tmp_path: Path) -> None:
    named = {
        "id": 1,
        "text": "EU rejects",
        "annotations": [{"id": 1, "label": 2, "label_name": "ORG", "start_offset": 0, "end_offset": 2}],
    }
    triples = {"text": "exampleA", "entities": [[0, 1, "LOC"]], "cats": ["positive"]}
    as_data = {"data": "Lima", "label": [[0, 4, "LOC"]]}
    for record, wanted in ((named, ("EU", "ORG")), (triples, ("e", "LOC")), (as_data, ("Lima", "LOC"))):
        assert places(detected(tmp_path, "a.jsonl", json.dumps(record) + "\n")) == [[wanted]]
    assert detected(tmp_path, "b.jsonl", json.dumps(triples) + "\n")[0].meta == {"cats": ["positive"]}


def test_label_studio_of_before_version_1_and_a_first_task_without_regions(tmp_path: Path) -> None:
    region = {
        "from_name": "l",
        "to_name": "t",
        "type": "labels",
        "value": {"start": 0, "end": 3, "text": "Bob", "labels": ["PER"]},
    }
    old = [{"id": 1, "data": {"text": "Bob met Ann"}, "completions": [{"id": 2, "result": [region]}]}]
    assert places(detected(tmp_path, "a.json", json.dumps(old))) == [[("Bob", "PER")]]
    least = [
        {"text": "nobody", "id": 1},
        {"text": "Bob", "id": 2, "label": [{"start": 0, "end": 3, "text": "Bob", "labels": ["PER"]}]},
    ]
    assert places(detected(tmp_path, "b.json", json.dumps(least, indent=1))) == [[], [("Bob", "PER")]]
    with pytest.raises(InputError, match="a list of records with a text and without spans"):
        detected(tmp_path, "c.json", json.dumps([{"text": "nobody"}]))


def test_spans_under_another_key_are_told_not_passed_over(tmp_path: Path) -> None:
    report = ReadReport()
    (document,) = read(
        tmp_path, "jsonl", '{"text": "Bob met Ann", "ents": [{"start": 0, "end": 3, "label": "PERSON"}]}\n', report
    )
    assert not document.spans
    assert report.counts["unread"] == 1
    assert '"ents" looks like spans' in report.notices["unread"][0]


def test_prodigy_records_say_accept_and_what_they_were_known_by(tmp_path: Path) -> None:
    rejected = {"text": "Bob met Ann", "spans": [{"start": 0, "end": 3, "label": "PER"}], "answer": "reject", "_task_hash": 7}
    documents = read(tmp_path, "prodigy", json.dumps(rejected) + "\n" + json.dumps(rejected | {"answer": "accept"}) + "\n")
    first, second = (json.loads(line) for line in written("prodigy", documents)[0].splitlines())
    assert (first["answer"], first["_task_hash"], [span["label"] for span in first["spans"]]) == ("reject", 7, ["PER"])
    assert second["answer"] == "accept"
    assert "answer" not in first["meta"]
    (again, _) = read(tmp_path, "prodigy", written("prodigy", documents)[0])
    assert [span.kind for span in again.spans] == ["lost"]


def test_relations_are_written_for_prodigy_with_the_tokens_that_recipes_ask_for(tmp_path: Path) -> None:
    out = tmp_path / "out.prodigy.jsonl"
    source = tmp_path / "in.jsonl"
    spans = [{"start": 0, "end": 3, "label": "PER"}, {"start": 8, "end": 11, "label": "PER"}]
    source.write_text(
        json.dumps({"text": "Bob met Ann", "spans": spans, "relations": [{"relation": "met", "subject": 0, "object": 1}]})
    )
    assert main(["convert", str(source), str(out), "-q"]) == 0
    record = json.loads(out.read_text())
    assert [(span["token_start"], span["token_end"]) for span in record["spans"]] == [(0, 0), (2, 2)]
    assert (record["relations"][0]["head"], record["relations"][0]["child"]) == (0, 2)


def test_ids_of_an_entity_ruler_and_of_single_spans(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Apple", "id": "apple-inc"}])
    doc = nlp("Apple and Lima")
    doc.spans["sc"] = [Span_(doc, 2, 3, label="LOC", span_id="lima")]
    path = tmp_path / "a.spacy"
    DocBin(docs=[doc], store_user_data=True).to_disk(path)
    (document,) = read_documents([path])
    assert [(span.label, span.ids) for span in document.spans] == [("ORG", ("apple-inc",)), ("LOC", ("lima",))]


def test_a_name_is_not_lengthened_by_every_way_through_a_tool(tmp_path: Path) -> None:
    source = tmp_path / "letter.jsonl"
    source.write_text('{"text": "Bob met Ann", "spans": [{"start": 0, "end": 3, "label": "PER"}]}\n')
    for name in ("letter.webanno.tsv", "letter.cas.json", "letter.doccano.jsonl"):
        assert main(["convert", str(source), str(tmp_path / name), "-q"]) == 0
        source = tmp_path / name
    (document,) = read_documents([source])
    assert document.id in {"letter", "letter-1"}
    doubled = [suffix for item in FORMATS.values() for suffix in item.suffixes if suffix.count(".") == 2]
    assert {"." + suffix.split(".")[1] for suffix in doubled} <= TOOLS | {".gz"}


def test_webanno_of_before_version_3_is_named_not_taken_for_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="WebAnno TSV 1 or 2"):
        detected(tmp_path, "a.tsv", "#id=1\n#text=Ms. Haag\n1\tMs.\t_\tNNP\tB_PER\t3\tSUBJ\t_\t_\n")
