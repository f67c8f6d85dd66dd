"""Relations: triples, how relations are found, what was found, and what people say of it."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE triple_list (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    triples INTEGER NOT NULL,
    CONSTRAINT uq_triple_list_sha256 UNIQUE (sha256)
)""",
    """CREATE TABLE triple_blob (
    list_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    subjects BLOB NOT NULL,
    relations BLOB NOT NULL,
    objects BLOB NOT NULL,
    subject_types BLOB,
    object_types BLOB,
    sources BLOB,
    CONSTRAINT pk_triple_blob PRIMARY KEY (list_id, first),
    CONSTRAINT fk_triple_blob_list_id FOREIGN KEY(list_id) REFERENCES triple_list (id) ON DELETE CASCADE
)""",
    """CREATE TABLE relation_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    list_id INTEGER,
    "plan" TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT uq_relation_plan_sha256 UNIQUE (sha256),
    CONSTRAINT fk_relation_plan_list_id FOREIGN KEY(list_id) REFERENCES triple_list (id)
)""",
    """CREATE TABLE relation_judgement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    attached INTEGER DEFAULT '1' NOT NULL,
    subject_shift INTEGER NOT NULL,
    subject_length INTEGER NOT NULL,
    object_shift INTEGER NOT NULL,
    object_length INTEGER NOT NULL,
    subject_entity TEXT NOT NULL,
    object_entity TEXT NOT NULL,
    relation TEXT NOT NULL,
    verdict TEXT NOT NULL,
    right_relation TEXT,
    purpose TEXT NOT NULL,
    judge TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL,
    withdrawn INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT fk_relation_judgement_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)""",
    """CREATE INDEX ix_relation_judgement_document_id_start ON relation_judgement (document_id, start)""",
    """CREATE TABLE relation_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    run_id INTEGER,
    state TEXT NOT NULL,
    kept INTEGER NOT NULL,
    names TEXT NOT NULL,
    entities BLOB NOT NULL,
    report TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT fk_relation_run_plan_id FOREIGN KEY(plan_id) REFERENCES relation_plan (id),
    CONSTRAINT fk_relation_run_run_id FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
)""",
    """CREATE TABLE relation_blob (
    run_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_relation_blob PRIMARY KEY (run_id, document_id),
    CONSTRAINT fk_relation_blob_run_id FOREIGN KEY(run_id) REFERENCES relation_run (id) ON DELETE CASCADE,
    CONSTRAINT fk_relation_blob_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_relation_blob_text_id FOREIGN KEY(text_id) REFERENCES document_text (id)
)""",
    """CREATE INDEX ix_relation_blob_document_id ON relation_blob (document_id)""",
    """CREATE TRIGGER relation_judgement_is_never_deleted BEFORE DELETE ON relation_judgement
BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END""",
    """CREATE TRIGGER relation_judgement_is_never_rewritten BEFORE UPDATE ON relation_judgement
WHEN OLD.verdict IS NOT NEW.verdict
OR OLD.relation IS NOT NEW.relation
OR OLD.right_relation IS NOT NEW.right_relation
OR OLD.judge IS NOT NEW.judge
BEGIN SELECT RAISE(ABORT, 'judgements are never rewritten'); END""",
    """CREATE TRIGGER relation_plan_is_never_rewritten BEFORE UPDATE ON relation_plan
WHEN OLD.plan IS NOT NEW.plan
OR OLD.sha256 IS NOT NEW.sha256
BEGIN SELECT RAISE(ABORT, 'relation plans are never rewritten'); END""",
)


def upgrade() -> None:
    """Make the tables and the triggers that guard them; older projects have no relations."""
    for statement in STATEMENTS:
        op.execute(statement)
