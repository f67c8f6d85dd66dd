"""`farspan project export` and `farspan annotate` write every format of the table, and each is read again."""

import json
from pathlib import Path

import pytest

from farspan.formats import FORMATS, read_documents
from farspan_app.cli.main import main

WRITTEN = sorted(name for name, item in FORMATS.items() if item.write is not None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "letter.txt").write_text("Ana Ruiz vio Lima. 🏛\r\nLima es grande.", newline="")
    (folder / "other.txt").write_text("Ana vive en Lima.", newline="")
    (folder / "people.txt").write_text("Ana Ruiz\nAna\n")
    (folder / "places.txt").write_text("Lima\n")
    lists = ["--list", f"PER={folder / 'people.txt'}", "--list", f"LOC={folder / 'places.txt'}"]
    texts = [str(folder / "letter.txt"), str(folder / "other.txt")]
    assert main(["annotate", *texts, *lists, "--project", str(folder / "p.farspan"), "-q"]) == 0
    return folder, texts, lists


@pytest.mark.parametrize("name", WRITTEN)
def test_a_project_is_exported_and_annotate_writes_the_same(name, desk, tmp_path, capsys):
    folder, texts, lists = desk
    item = FORMATS[name]
    suffix = ".zip" if item.single or item.content == "pair" else item.suffixes[0]
    exported, annotated = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    assert main(["project", "export", str(folder / "p.farspan"), "-o", str(exported), "--format", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["spans"] == 5
    assert main(["annotate", *texts, *lists, "-o", str(annotated), "--format", name, "-q"]) == 0
    assert _content(exported) == _content(annotated)
    if name in {"tacred", "nyt10"}:  # pairs, of which this corpus has none
        return
    documents = list(read_documents([exported], input_format=name))
    found = sum(len(document.spans) for document in documents)
    assert found == (0 if name == "text" else 5)


def _content(path: Path) -> object:
    """What counts of a file: its texts and spans, since paths and names of files may differ."""
    if path.stat().st_size == 0 or path.name.endswith((".tacred.json", ".nyt10.jsonl")):
        return path.read_bytes()
    return [(document.text, len(document.spans)) for document in read_documents([path])]
