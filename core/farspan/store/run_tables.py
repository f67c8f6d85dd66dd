"""The tables of a project file that hold what runs found, as blobs of numbers that can be made again."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, UniqueConstraint

from farspan.store.table_parts import blob, id_column, integer, made_at, string, table

run = table(
    "run",
    "machine",
    "One rule set applied to one corpus.",
    id_column(),
    integer("rule_set_id", "the rules", ForeignKey("rule_set.id")),
    string("tokenizer", "whose tokens the ranges count: tokenizer of token_blob"),
    string("sources", "the sources in their order as they were then: JSON array of {id, name, label, own_labels}"),
    string("state", "partial while it is being written, then complete; partial ones are removed when the file is next opened"),
    integer("candidates", "how many candidates"),
    integer("kept", "how many of them are kept"),
    string("report", "counts, seconds, versions, hashes: JSON object"),
    made_at(),
)

candidate_blob = table(
    "candidate_blob",
    "machine",
    "The candidates of one source in one document, by start, end, name.",
    Column("id", Integer, primary_key=True, comment="number of the row; decision_blob shares it"),
    integer("run_id", "the run", ForeignKey("run.id", ondelete="CASCADE")),
    integer("document_id", "the document", ForeignKey("document.id")),
    integer("source_id", "the source", ForeignKey("source.id")),
    integer("text_id", "the text the ranges count in", ForeignKey("document_text.id")),
    integer("list_id", "the names the numbers count in", ForeignKey("name_list.id")),
    integer("count", "how many candidates"),
    blob("data", "columns one by one: int32 starts, ends (tokens of the document), names; float32 scores; uint8 blocked"),
    UniqueConstraint("run_id", "document_id", "source_id"),
    counted=False,
)
Index("ix_candidate_blob_document_id", candidate_blob.c.document_id)

decision_blob = table(
    "decision_blob",
    "machine",
    "What became of the candidates of the row of candidate_blob with the same number.",
    integer("id", "the row", ForeignKey("candidate_blob.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    integer("kept", "how many are kept"),
    blob(
        "data",
        "columns one by one: int32 winners (number of the winner among the document's candidates, by start, end, source, name;"
        " -1: none), uint8 status, uint8 criterion; where matches begin inside tokens or spans have grown, then int32"
        " char_starts, char_ends (code points that are labelled; an end of -1: part of an earlier span)",
    ),
    counted=False,
)

name_stat = table(
    "name_stat",
    "machine",
    "What a run found for each source, and how often each of its names matched.",
    integer("run_id", "the run", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    integer("source_id", "the source", ForeignKey("source.id"), primary_key=True, autoincrement=False),
    integer("matched", "how many names have a candidate"),
    integer("candidates", "how many candidates"),
    integer("kept", "how many are kept, nested ones too"),
    integer("lost", "how many lost to another"),
    integer("blocked", "how many an option blocked"),
    blob("data", "columns one by one, zlib: int32 names that have a candidate, their candidates, how many of these are kept"),
    counted=False,
)

relation_run = table(
    "relation_run",
    "machine",
    "The relations that a plan found between the spans of a run.",
    id_column(),
    integer("plan_id", "the plan", ForeignKey("relation_plan.id")),
    integer(
        "run_id", "the run whose spans are the mentions; null: spans that came with the texts",
        ForeignKey("run.id", ondelete="CASCADE"), nullable=True,
    ),
    string("state", "partial while it is being written, then complete; partial ones are removed when the file is next opened"),
    integer("kept", "how many relations are kept, negatives aside"),
    string("names", "JSON object: relations and labels, in the order in which relation_blob numbers them"),
    blob("entities", "strings: the ids of the entities, in the order in which relation_blob numbers them"),
    string("report", "counts: JSON object"),
    made_at(),
)  # fmt: skip

relation_blob = table(
    "relation_blob",
    "machine",
    "The pairs of one document that stand in a triple, in the order of the text; negatives too.",
    integer(
        "run_id", "the relation run", ForeignKey("relation_run.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    integer("document_id", "the document", ForeignKey("document.id"), primary_key=True, autoincrement=False),
    integer("text_id", "the text the characters count in", ForeignKey("document_text.id")),
    integer("count", "how many pairs"),
    blob(
        "data",
        "int32 columns one by one: subject_starts, subject_ends, object_starts, object_ends (code points), subject_ids,"
        " object_ids, relations, subject_labels, object_labels, triples (-1: none), distances, readings, sentences (of the first"
        " mention, in the document); uint8: ways, reasons, sources",
    ),
    counted=False,
)
Index("ix_relation_blob_document_id", relation_blob.c.document_id)
