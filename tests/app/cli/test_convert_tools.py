"""`farspan convert` with the formats of annotation tools: one file, a folder, an archive, and files beside them."""

import json

import pytest

from farspan_app.cli.main import main

RECORD = {
    "id": "viaje",
    "text": "🏛 Ana Ruiz vio Lima.",
    "spans": [
        {"start": 2, "end": 10, "label": "PER", "ids": ["Q1"], "kind": "gold"},
        {"start": 15, "end": 19, "label": "LOC", "ids": ["Q2868"], "kind": "gold"},
    ],
    "relations": [{"relation": "saw", "subject": 0, "object": 1}],
}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD) + "\n")
    return tmp_path


def convert(*arguments):
    return main(["convert", *arguments, "-q"])


def spans(record):
    return [(span["start"], span["end"], span["label"], span["ids"]) for span in record["spans"]]


TARGETS = ["b/", "b.brat.zip", "b.pubtator", "b.webanno.tsv", "b.xmi", "b.cas.json", "b.labelstudio.json", "b.prodigy.jsonl"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_corpus_goes_to_a_tool_and_comes_back(desk, capsys, target):
    named = "brat" if target in {"b/", "b.brat.zip"} else None
    assert convert("a.jsonl", target, *(["--format", named] if named else []), "--json") == 0
    assert json.loads(capsys.readouterr()[0])["lost"].keys() <= {"document_ids"}
    assert convert(target, "c.jsonl", *(["--input-format", named] if named else [])) == 0
    again = json.loads((desk / "c.jsonl").read_text(encoding="utf-8"))
    assert (again["text"], spans(again)) == (RECORD["text"], spans(RECORD))
    assert [one["relation"] for one in again["relations"]] == ["saw"]


def test_tools_get_the_files_they_need_beside_the_output(desk):
    for target in ("b.xmi", "b.labelstudio.json", "b.nyt10.jsonl"):
        assert convert("a.jsonl", target) == 0
    assert {"TypeSystem.xml", "b.labelstudio_config.xml", "b.nyt10_rel2id.json"} <= {path.name for path in desk.iterdir()}
    assert convert("a.jsonl", "many/", "--format", "labelstudio") == 0
    assert {path.name for path in (desk / "many").iterdir()} == {"viaje.labelstudio.json", "viaje.labelstudio_config.xml"}
    assert convert("many", "again.jsonl") == 0
    assert len((desk / "again.jsonl").read_text(encoding="utf-8").split("\n")) == 2


def test_doccano_gets_the_units_and_keys_it_wants(desk):
    assert convert("a.jsonl", "b.doccano.jsonl", "--unit", "utf-16", "--style", "label") == 0
    record = json.loads((desk / "b.doccano.jsonl").read_text(encoding="utf-8"))
    assert record == {"id": "viaje", "text": RECORD["text"], "label": [[3, 11, "PER"], [16, 20, "LOC"]]}
    assert convert("b.doccano.jsonl", "c.jsonl", "--unit", "utf-16") == 0
    again = json.loads((desk / "c.jsonl").read_text(encoding="utf-8"))
    assert [span[:3] for span in spans(again)] == [span[:3] for span in spans(RECORD)]


def test_wrong_options_are_usage(desk, capsys):
    assert convert("a.jsonl", "b.doccano.jsonl", "--unit", "bytes") == 2
    assert "unit=bytes is not possible" in capsys.readouterr()[1]
    assert convert("a.jsonl", "b.prodigy.jsonl", "--style", "label") == 2
    assert "the format prodigy has no option style" in capsys.readouterr()[1]
