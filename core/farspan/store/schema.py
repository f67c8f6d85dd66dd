"""The tables of a project file: the single definition, from which files are made and docs/project-file.md is written.

What people did and its log stand here, texts and names in `content_tables`, what runs found in `run_tables`.

Three kinds of rows, named in each table's ``info["kind"]``:

* **content** never changes once it is written (texts, names, tokens); it becomes visible when a human row points at it;
* **machine** is what a run found: blobs of numbers, which can be made again;
* **human** is what a person did; every change of such a row stands in operation_log.

``info["undo"]`` says what undoing an insertion does: ``delete`` the row, ``mark`` it (a column is set to 1) or ``keep`` it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import DDL, ForeignKey, Index, Table, event, text

from farspan.store import content_tables, run_tables, table_parts  # noqa: F401  (two of them only add their tables)
from farspan.store.table_parts import anchor_columns, blob, flag, id_column, integer, made_at, real, string, table

APPLICATION_ID: Final = 0x46735031
"""`FsP1` in the SQLite header says: this is a Farspan project."""

metadata: Final = table_parts.metadata

SCHEMA_VERSION: Final = 3
"""Kept in the header as user_version; equal to the number of the newest migration."""

# human -----------------------------------------------------------------------------------------------------------------

document = table(
    "document",
    "human",
    "A document of the corpus. Removing it hides it; adding it again brings its judgements and edits back.",
    id_column(),
    string("name", "its id: file name, id of the JSONL line, ..."),
    integer("position", "its place in the corpus"),
    integer("text_id", "its present text", ForeignKey("document_text.id")),
    string("meta", "what was said of it: JSON object"),
    made_at(),
    flag("removed", "1: taken out of the corpus"),
    undo="mark",
    mark="removed",
)
Index("uq_document_name", document.c.name, unique=True)
Index("ix_document_position", document.c.position)

source = table(
    "source",
    "human",
    "A list of names with one label. How it is matched stands in the rule set.",
    id_column(),
    string("name", "what it is called in rule sets, recipes and reports"),
    string("label", "what a match is called, unless the rule set says otherwise"),
    integer("position", "its place among the sources; the earlier one wins ties"),
    integer("list_id", "its present names", ForeignKey("name_list.id")),
    string("origin", "file or address it was read from; empty if typed"),
    string("meta", "what else is known of it: JSON object"),
    made_at(),
    flag("removed", "1: taken out of the project"),
    undo="mark",
    mark="removed",
)
Index("uq_source_name", source.c.name, unique=True, sqlite_where=text("removed = 0"))

rule_set = table(
    "rule_set",
    "human",
    "The matching options of every source and the conflict policy. Never changed: a change makes a new row.",
    id_column(),
    string("sha256", "of the rules", unique=True),
    string("rules", "canonical JSON: sorted keys, options that differ from their defaults"),
    integer("parent_id", "the rule set it was made from", ForeignKey("rule_set.id"), nullable=True),
    made_at(),
    undo="keep",
)

setting = table(
    "setting",
    "human",
    "Named values: rule_set (number of the one in force), title, language, ...",
    id_column(),
    string("name", "which setting", unique=True),
    string("value", "its value: JSON"),
)

audit_design = table(
    "audit_design",
    "human",
    "How a sample to be judged was drawn.",
    id_column(),
    string("method", "what was drawn: spans (stratified by risk), sentences, or tokens without a label"),
    integer("rule_set_id", "the rule set whose result was sampled", ForeignKey("rule_set.id"), nullable=True),
    integer("population", "how many units there were to draw from"),
    integer("drawn", "how many were drawn"),
    integer("seed", "of the random numbers"),
    string("details", "strata, their sizes and whatever else the estimate needs: JSON object"),
    made_at(),
    flag("removed", "1: the drawing was undone"),
    undo="mark",
    mark="removed",
)

audit_draw = table(
    "audit_draw",
    "human",
    "One unit of a sample.",
    id_column(),
    integer("design_id", "the sample", ForeignKey("audit_design.id")),
    *anchor_columns(),
    string("label", "label it carried when it was drawn; empty for a sentence or document"),
    string("stratum", "its stratum"),
    real("probability", "probability with which it was drawn; kept for estimates over parts of the corpus"),
    undo="keep",
)
Index("ix_audit_draw_design_id", audit_draw.c.design_id)
Index("ix_audit_draw_document_id", audit_draw.c.document_id)

judgement = table(
    "judgement",
    "human",
    "A person's verdict on a span. Rows are added, never deleted; undoing one withdraws it; the newest that stands counts.",
    id_column(),
    *anchor_columns(),
    string("label", "label that was judged; empty for a token judged as unlabelled"),
    string("source", "name of the source that proposed it; empty if none"),
    string("name", "name of the list that matched; empty if none"),
    string("verdict", "right, wrong or unsure"),
    string("right_label", "the right label, if the given one is wrong; empty: no entity; null: not said", nullable=True),
    integer("start_shift", "characters from start to where the span rightly begins", server_default=text("0")),
    integer("end_shift", "characters from end to where the span rightly ends", server_default=text("0")),
    integer("draw_id", "the unit of a sample that was judged", ForeignKey("audit_draw.id"), nullable=True),
    string("judge", "who judged"),
    string("note", "remark"),
    made_at(),
    flag("withdrawn", "1: undone"),
    undo="mark",
    mark="withdrawn",
)
Index("ix_judgement_document_id_start", judgement.c.document_id, judgement.c.start)

gold_span = table(
    "gold_span",
    "human",
    "A span that a person labelled, or that came labelled as gold with its document.",
    id_column(),
    *anchor_columns(),
    string("label", "its label"),
    string("origin", "manual or imported"),
    made_at(),
)
Index("ix_gold_span_document_id_start", gold_span.c.document_id, gold_span.c.start)

gold_region = table(
    "gold_region",
    "human",
    "A stretch of text that a person has read to its end: what carries no gold span in it is gold for no entity.",
    id_column(),
    *anchor_columns(),
    made_at(),
)
Index("ix_gold_region_document_id_start", gold_region.c.document_id, gold_region.c.start)

span_edit = table(
    "span_edit",
    "human",
    "A manual change of the annotation at one place, applied to the result of every run.",
    id_column(),
    *anchor_columns(),
    string("action", "add, delete, relabel, move, or never_here (no match of any source at this place)"),
    string("label", "label of the span that is meant; for add the label given"),
    string("new_label", "for relabel: the new label", nullable=True),
    integer("start_shift", "for move: characters from the old start to the new one", server_default=text("0")),
    integer("end_shift", "for move: characters from the old end to the new one", server_default=text("0")),
    made_at(),
)
Index("ix_span_edit_document_id_start", span_edit.c.document_id, span_edit.c.start)

noise_estimate = table(
    "noise_estimate",
    "human",
    "A stored report on noise. Its figures never change; it is stale once another rule set is in force.",
    id_column(),
    string("method", "what was estimated and how"),
    integer("rule_set_id", "the rule set it speaks of", ForeignKey("rule_set.id")),
    integer("design_id", "the sample behind it", ForeignKey("audit_design.id"), nullable=True),
    string("figures", "estimates, intervals, sample sizes: JSON object"),
    made_at(),
    flag("stale", "1: other rules are in force now"),
    flag("removed", "1: storing it was undone"),
    undo="mark",
    mark="removed",
)

relation_plan = table(
    "relation_plan",
    "human",
    "How relations are found. Never changed: a change makes a new row; which one counts is the setting relation_plan.",
    id_column(),
    string("sha256", "of the knowledge base and the plan", unique=True),
    integer("list_id", "its knowledge base; null: connectives alone", ForeignKey("triple_list.id"), nullable=True),
    string("plan", "canonical JSON: options of relations, level, negatives, connectives, aliases, seed"),
    made_at(),
    undo="keep",
)

relation_judgement = table(
    "relation_judgement",
    "human",
    "A person's verdict on a relation between two mentions. Rows are added, never deleted; undoing one withdraws it. The place is"
    " the stretch from the first character of the earlier mention to the last of the two.",
    id_column(),
    *anchor_columns(),
    integer("subject_shift", "characters from start to where the subject begins"),
    integer("subject_length", "characters of the subject"),
    integer("object_shift", "characters from start to where the object begins"),
    integer("object_length", "characters of the object"),
    string("subject_entity", "id of the subject"),
    string("object_entity", "id of the object"),
    string("relation", "the relation that was judged; NA: that there is none"),
    string("verdict", "right, wrong or unsure"),
    string("right_relation", "the right relation, if the given one is wrong; empty: none; null: not said", nullable=True),
    string("purpose", "the queue it came from: sentence, bag or negative; empty: none, it counts for no estimate"),
    string("judge", "who judged"),
    string("note", "remark"),
    made_at(),
    flag("withdrawn", "1: undone"),
    undo="mark",
    mark="withdrawn",
)
Index("ix_relation_judgement_document_id_start", relation_judgement.c.document_id, relation_judgement.c.start)

# log -------------------------------------------------------------------------------------------------------------------

operation_log = table(
    "operation_log",
    "log",
    "Everything a person did, in order, undone actions too; undo, redo and replay work from it.",
    id_column(),
    string("action", "what kind of action: judge, add_documents, ...; undo and redo are actions too"),
    string("title", "what it did, for people"),
    string("state", "done, undone (can be redone), cut (undone for good: something else followed) or step (an undo or redo)"),
    integer("target_id", "for undo and redo: the action undone or redone", ForeignKey("operation_log.id"), nullable=True),
    integer("rows", "how many rows it changed"),
    blob("changes", "every changed row before and after: JSON, zlib; null for undo and redo", nullable=True),
    made_at(),
)
Index("ix_operation_log_state", operation_log.c.state, operation_log.c.id)


def _guard(table: str, promise: str, when: str, columns: tuple[str, ...] = ()) -> str:
    changed = "\nOR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
    condition = f"\nWHEN {changed}" if columns else ""
    name = f"{table}_is_never_{'rewritten' if columns else 'deleted'}"
    return f"CREATE TRIGGER {name} BEFORE {when} ON {table}{condition}\nBEGIN SELECT RAISE(ABORT, '{promise}'); END"


GUARDS: Final = (
    _guard("judgement", "judgements are never deleted", "DELETE"),
    _guard("judgement", "judgements are never rewritten", "UPDATE", ("verdict", "label", "right_label", "judge", "made_at")),
    _guard("rule_set", "rule sets are never rewritten", "UPDATE", ("rules", "sha256")),
    _guard("relation_judgement", "judgements are never deleted", "DELETE"),
    _guard("relation_judgement", "judgements are never rewritten", "UPDATE", ("verdict", "relation", "right_relation", "judge")),
    _guard("relation_plan", "relation plans are never rewritten", "UPDATE", ("plan", "sha256")),
    _guard("noise_estimate", "noise estimates are never rewritten", "UPDATE", ("method", "figures")),
)
"""Triggers: what the tables promise, held by the file itself whoever writes to it."""

for _statement in GUARDS:
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]


def human_tables() -> tuple[Table, ...]:
    """The tables that hold what people did, parents before children."""
    return tuple(table for table in metadata.sorted_tables if table.info["kind"] == "human")
