"""`farspan convert`: from format to format, with a report of what is lost."""

import gzip
import io
import json
import sys
import zipfile

import pytest

from farspan_app.cli.main import main

RECORD = {
    "id": "viaje",
    "text": "Ana Ruiz vio Lima.\r\nViva 🏛.",
    "spans": [
        {"start": 0, "end": 8, "label": "PER", "ids": ["Q1"], "kind": "kept"},
        {"start": 4, "end": 8, "label": "SURNAME", "kind": "nested"},
        {"start": 13, "end": 17, "label": "LOC", "kind": "gold"},
    ],
    "relations": [{"relation": "saw", "subject": 0, "object": 2}],
}
CONLL = "Ana\tB-PER\nRuiz\tI-PER\nvio\tO\nLima\tB-LOC\n.\tO\n\nViva\tO\n🏛\tO\n.\tO\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD) + "\n")
    return tmp_path


def convert(*arguments):
    return main(["convert", *map(str, arguments)])


def test_text_is_cut_into_tokens_and_the_loss_is_told(desk, capsys):
    assert convert("a.jsonl", "a.conll", "--json") == 0
    said, told = capsys.readouterr()
    assert json.loads(said) == {
        "documents": 1,
        "spans": 3,
        "lost": {"nested": 1, "ids": 1, "kinds": 1, "relations": 1, "text": 1},
        "repaired": {},
    }
    assert (desk / "a.conll").read_text() == CONLL
    assert "lost: nested 1  (viaje:4-8 SURNAME 'Ruiz')" in told
    assert "1 document with 3 spans written to a.conll" in told


def test_strict_refuses_a_loss_and_writes_nothing(desk, capsys):
    assert convert("a.jsonl", "a.conll", "--strict") == 1
    assert "a.conll: not written, for these would be lost: nested 1" in capsys.readouterr().err
    assert [path.name for path in desk.iterdir()] == ["a.jsonl"]
    assert convert("a.jsonl", "b.jsonl", "--strict") == 0


@pytest.mark.parametrize(
    ("flags", "tags"),
    [
        (["--scheme", "bioes"], ["B-PER", "E-PER", "O", "S-LOC"]),
        (["--kinds", "gold"], ["O", "O", "O", "B-LOC"]),
        (["--format", "conll2002"], ["B-PER", "I-PER", "O", "B-LOC"]),
    ],
)
def test_schemes_kinds_and_formats(desk, flags, tags):
    assert convert("a.jsonl", "a.conll", *flags, "-q") == 0
    assert [line.split()[-1] for line in (desk / "a.conll").read_text().split("\n")[:4]] == tags


def test_several_inputs_compressed_output_and_back(desk, capsys):
    (desk / "texts").mkdir()
    (desk / "texts/b.txt").write_text("Otro texto.", newline="")
    assert convert("a.jsonl", "texts", "out.jsonl.gz", "--json") == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2
    lines = gzip.decompress((desk / "out.jsonl.gz").read_bytes()).decode().split("\n")
    assert [json.loads(line)["id"] for line in lines[:-1]] == ["viaje", "b"]
    assert convert("out.jsonl.gz", "again.jsonl") == 0
    first = json.loads((desk / "again.jsonl").read_text().split("\n")[0])
    assert (first["text"], first["relations"]) == (RECORD["text"], RECORD["relations"])


@pytest.mark.parametrize("target", ["out/", "out.zip", "out.conll.zip"])
def test_a_folder_or_an_archive_gets_one_file_a_document(desk, target):
    (desk / "b.txt").write_text("Otro.", newline="")
    assert convert("a.jsonl", "b.txt", target, "--format", "conll", "-q") == 0
    if target.endswith("/"):
        names = sorted(path.name for path in (desk / "out").iterdir())
    else:
        names = sorted(zipfile.ZipFile(desk / target).namelist())
    assert names == ["b.conll", "viaje.conll"]
    assert convert(target, "back.jsonl", "-q") == 0
    ids = [json.loads(line)["id"] for line in (desk / "back.jsonl").read_text().split("\n")[:-1]]
    assert sorted(ids) == ["b", "viaje"]


def test_a_format_of_one_document_a_file_refuses_a_second(desk, capsys):
    (desk / "b.txt").write_text("Otro.", newline="")
    assert convert("a.jsonl", "b.txt", "out.txt") == 1
    assert "a file of the format text holds one document, and 'b' is the second; give a folder" in capsys.readouterr().err
    assert not (desk / "out.txt").exists()
    assert convert("a.jsonl", "out.txt", "-q") == 0
    assert (desk / "out.txt").read_bytes() == RECORD["text"].encode()


def test_brat_wants_a_folder(desk, capsys):
    assert convert("a.jsonl", "out.ann", "--format", "brat") == 1
    assert "out.ann: brat writes several files; give a folder (out.ann/) or an archive" in capsys.readouterr().err


def test_columns_can_be_named(desk, capsys):
    (desk / "c.tsv").write_text("1\tB-X\tAna\tB-PER\n2\tO\tvio\tO\n")
    assert convert("c.tsv", "-", "--format", "conll2002", "--token-column", 3, "--tag-column", 2) == 0
    assert capsys.readouterr().out == "Ana B-X\nvio O\n"


def test_the_list_of_formats(capsys):
    assert convert("--formats", "--json") == 0
    formats = {item["name"]: item for item in json.loads(capsys.readouterr().out)["formats"]}
    assert {"jsonl", "conll", "conll2003", "conllu", "conllup", "docbin", "parquet", "tei", "docx", "odt"} <= formats.keys()
    assert {"name", "suffixes", "reads", "writes", "unit", "cannot"} <= formats["conll"].keys()
    assert (formats["docx"]["reads"], formats["docx"]["writes"]) == (True, False)
    assert formats["jsonl"]["cannot"] == []
    assert convert("--formats") == 0
    assert "conllup" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["a.jsonl"], 2, "IN and OUT are needed"),
        (["a.jsonl", "a.pdf"], 2, "no format is known by the name of a.pdf; say --format with one of: text, jsonl"),
        (["a.jsonl", "o.conll", "--format", "pdf"], 2, "no format is called 'pdf'"),
        (["a.jsonl", "o.conll", "--kinds", "good"], 2, "--kinds good is not possible"),
        (["a.jsonl", "o.jsonl", "--scheme", "io"], 2, "format jsonl has no option scheme"),
        (["a.jsonl", "a.jsonl"], 2, "the output a.jsonl is also an input"),
        (["nowhere.txt", "o.conll"], 1, "nowhere.txt: there is no such file"),
        (["a.jsonl", "-", "--json", "--format", "conll"], 2, "--json and OUT - both want standard output"),
    ],
)
def test_what_cannot_be_done_is_told(desk, capsys, arguments, code, says):
    assert convert(*arguments) == code
    out, err = capsys.readouterr()
    assert (out, says in err) == ("", True)
    assert [path.name for path in desk.iterdir()] == ["a.jsonl"]


def test_standard_input_and_output(desk, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(CONLL.encode()))))
    assert convert("-", "-", "--format", "conll2003", "-q") == 0
    assert capsys.readouterr().out.startswith("Ana -X- _ B-PER\nRuiz -X- _ I-PER\n")


def test_what_reading_mends_is_told_and_counted(desk, capsys):
    (desk / "b.conll").write_text("Ana\tI-PER\nvio\tO\nLima\tB-LOC\nes O\n")
    assert convert("b.conll", "b.jsonl", "--json") == 0
    said, told = capsys.readouterr()
    assert json.loads(said)["repaired"] == {"columns": 1, "orphan": 1}
    assert "b.conll:4: other separators than elsewhere; read all the same" in told
