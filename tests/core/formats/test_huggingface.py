"""Hugging Face datasets: what `datasets` looks for in a Parquet file is there, and such files are read."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from seqeval.metrics import f1_score  # noqa: TID251

from farspan.errors import InputError
from farspan.formats import ReadReport, read_documents, write_companions, writer_for
from farspan.model import Document, Span, Tokens

TOKENS = Tokens(np.array([0, 4, 9, 13], np.int32), np.array([3, 8, 12, 17], np.int32), np.array([0, 2], np.int32))
DOCUMENT = Document("d", "Ana Ruiz\nvio Lima", {}, TOKENS, [Span(0, 8, "PER", kind="gold"), Span(13, 17, "LOC", kind="gold")])


def parquet_of(*documents: Document, **options: object) -> bytes:
    stream = io.BytesIO()
    with writer_for("parquet", stream, **options) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue()


def test_tags_are_numbers_whose_names_stand_in_the_schema() -> None:
    table = pq.read_table(io.BytesIO(parquet_of(DOCUMENT)))
    features = orjson.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    names = features["ner_tags"]["feature"]["names"]
    assert (names, features["ner_tags"]["feature"]["_type"]) == (["O", "B-PER", "I-PER", "B-LOC", "I-LOC"], "ClassLabel")
    assert table.to_pylist() == [
        {"id": "0", "document": "d", "tokens": ["Ana", "Ruiz"], "ner_tags": [1, 2]},
        {"id": "1", "document": "d", "tokens": ["vio", "Lima"], "ner_tags": [0, 3]},
    ]
    tags = [[names[tag] for tag in row["ner_tags"]] for row in table.to_pylist()]
    assert f1_score([["B-PER", "I-PER"], ["O", "B-LOC"]], tags) == 1.0


@pytest.mark.parametrize("scheme", ["iob2", "iob1", "bioes", "bilou", "io"])
def test_a_document_comes_back_in_every_scheme(tmp_path: Path, scheme: str) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet_of(DOCUMENT, scheme=scheme))
    (one,) = read_documents([tmp_path / "a.parquet"])
    assert (one.id, one.text, list(one.spans)) == ("d", DOCUMENT.text, [*DOCUMENT.spans])


def test_a_dataset_as_published_without_documents(tmp_path: Path) -> None:
    features = {"tokens": [{"dtype": "string"}], "ner_tags": [{"names": ["O", "B-PER", "I-PER"], "_type": "ClassLabel"}]}
    schema = pa.schema(
        [("id", pa.int32()), ("tokens", pa.list_(pa.string())), ("ner_tags", pa.list_(pa.int64()))],
        metadata={"huggingface": orjson.dumps({"info": {"features": features}})},
    )
    rows = [{"id": 7, "tokens": ["Ana", "Ruiz"], "ner_tags": [1, 2]}, {"id": 8, "tokens": ["vio"], "ner_tags": [0]}]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), tmp_path / "a.parquet")
    one, two = read_documents([tmp_path / "a.parquet"])
    assert (one.id, one.text, list(one.spans), two.id) == ("7", "Ana Ruiz", [Span(0, 8, "PER", kind="gold")], "8")


def test_numbers_without_names_are_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"tokens": [["Ana", "vio"]], "ner_tags": [[3, 0]]}), tmp_path / "a.parquet")
    report = ReadReport()
    (document,) = read_documents([tmp_path / "a.parquet"], report=report)
    assert ([span.label for span in document.spans], report.counts) == (["3"], {"labels": 1})


def test_running_text_and_what_is_neither(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["Ana vio Lima."], "year": [1999]}), tmp_path / "a.parquet")
    (document,) = read_documents([tmp_path / "a.parquet"])
    assert (document.text, document.meta["year"]) == ("Ana vio Lima.", 1999)
    pq.write_table(pa.table({"words": [1]}), tmp_path / "b.parquet")
    with pytest.raises(InputError, match="row 1 has neither tokens nor a text; its columns are words"):
        list(read_documents([tmp_path / "b.parquet"]))
    (tmp_path / "c.parquet").write_bytes(parquet_of(DOCUMENT)[:-20])
    with pytest.raises(InputError, match=r"c.parquet: this is no sound Parquet table"):
        list(read_documents([tmp_path / "c.parquet"]))


def test_json_lines_carry_names_and_the_list_of_them_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.hf.jsonl"
    with path.open("wb") as stream, writer_for("hfjsonl", stream) as writer:
        writer.write(DOCUMENT)
    write_companions(str(path), writer)
    assert orjson.loads((tmp_path / "a.hf_labels.json").read_bytes()) == ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    assert [list(document.spans) for document in read_documents([path])] == [[*DOCUMENT.spans]]
    path.write_text('{"tokens": ["Ana", "vio"], "ner_tags": [1, 0]}\n')
    assert [[span.label for span in document.spans] for document in read_documents([path])] == [["PER"]]
    path.write_text('{"tokens": ["Ana", "vio"], "ner_tags": [9, 0]}\n')
    with pytest.raises(InputError, match=r"a.hf.jsonl:1: ner_tags of row 1 holds 9, but there are 5 names"):
        list(read_documents([path]))
