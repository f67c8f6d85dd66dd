"""Given JSON whose first record is longer than what is looked at first, when it is read, then nothing in it is overlooked."""

import json
from pathlib import Path
from typing import Any

import pytest

from farspan.formats import read_documents
from farspan.formats.loss import ReadReport

LONG = "ሮም Hamburg " * 9000  # over 64 KiB
SPAN = {"start": 3, "end": 10, "label": "LOC"}
RESULT = {"id": "a", "from_name": "l", "to_name": "t", "type": "labels", "value": {**SPAN, "text": "Hamburg", "labels": ["LOC"]}}
TOKENS = [{"text": "x", "start": 2 * i, "end": 2 * i + 1, "id": i, "ws": True} for i in range(2000)]
MANY = [{"text": LONG[:11], "label": [[3, 10, "LOC"]]}] * 3000

RECORDS: list[tuple[str, Any, str]] = [
    ("long.jsonl", {"id": 1, "text": LONG, "label": [[3, 10, "LOC"]]}, "doccano"),
    ("many.json", MANY, "doccano"),
    ("min.json", [{"id": 1, "text": LONG[:11], "label": [{**SPAN, "labels": ["LOC"]}]}] * 3000, "labelstudio"),
    ("export.json", [{"annotations": [{"result": [RESULT] * 900}], "data": {"text": LONG[:11]}}], "labelstudio"),
    (
        "p.jsonl",
        {"text": "x " * 2000, "_input_hash": 1, "tokens": TOKENS, "spans": [{"start": 0, "end": 1, "label": "A"}]},
        "prodigy",
    ),
    ("ours.jsonl", {"id": "a", "meta": {"note": LONG}, "text": LONG[:11], "spans": [SPAN]}, "jsonl"),
    ("wrench.json", {"0": {"data": {"text": LONG.split()}, "weak_labels": [], "label": []}}, "wrench"),
]


@pytest.mark.parametrize(("name", "content", "format"), RECORDS, ids=[row[0] for row in RECORDS])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_long_first_record_is_known_for_what_it_is(
    tmp_path: Path, name: str, content: Any, format: str, indent: int | None
) -> None:
    if indent and name.endswith("jsonl"):
        pytest.skip("a line an object")
    (tmp_path / name).write_text(json.dumps(content, indent=indent, ensure_ascii=False), "utf-8")
    report = ReadReport()
    documents = [document for document, _ in zip(read_documents([tmp_path / name], report=report), range(2), strict=False)]
    assert list(report.formats) == [format]
    assert format == "wrench" or all(document.spans for document in documents)


def test_labels_of_a_record_beyond_all_that_is_looked_at_are_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("farspan.formats.detect.SAMPLE", 70_000)
    path = tmp_path / "book.jsonl"
    path.write_text(json.dumps({"id": 1, "label": [[3, 10, "LOC"]], "text": LONG}), "utf-8")
    [document] = read_documents([path])
    assert [(span.start, span.end, span.label) for span in document.spans] == [(3, 10, "LOC")]
