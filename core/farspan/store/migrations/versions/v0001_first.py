"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE document_text (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    characters INTEGER NOT NULL,
    given BLOB,
    pending INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT uq_document_text_sha256 UNIQUE (sha256)
)""",
    """CREATE INDEX ix_document_text_pending ON document_text (pending) WHERE pending = 1""",
    """CREATE TABLE vocabulary_part (
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    strings BLOB NOT NULL,
    CONSTRAINT pk_vocabulary_part PRIMARY KEY (first)
)""",
    """CREATE TABLE name_list (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    names INTEGER NOT NULL,
    pending INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT uq_name_list_sha256 UNIQUE (sha256)
)""",
    """CREATE INDEX ix_name_list_pending ON name_list (pending) WHERE pending = 1""",
    """CREATE TABLE rule_set (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    rules TEXT NOT NULL,
    parent_id INTEGER,
    made_at TEXT NOT NULL,
    CONSTRAINT uq_rule_set_sha256 UNIQUE (sha256),
    CONSTRAINT fk_rule_set_parent_id FOREIGN KEY(parent_id) REFERENCES rule_set (id)
)""",
    """CREATE TABLE setting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT uq_setting_name UNIQUE (name)
)""",
    """CREATE TABLE operation_log (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    target_id INTEGER,
    rows INTEGER NOT NULL,
    changes BLOB,
    made_at TEXT NOT NULL,
    CONSTRAINT fk_operation_log_target_id FOREIGN KEY(target_id) REFERENCES operation_log (id)
)""",
    """CREATE INDEX ix_operation_log_state ON operation_log (state, id)""",
    """CREATE TABLE token_blob (
    text_id INTEGER NOT NULL,
    tokenizer TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_token_blob PRIMARY KEY (text_id, tokenizer),
    CONSTRAINT fk_token_blob_text_id FOREIGN KEY(text_id) REFERENCES document_text (id) ON DELETE CASCADE
)""",
    """CREATE TABLE name_blob (
    list_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    surfaces BLOB NOT NULL,
    entities BLOB NOT NULL,
    labels BLOB,
    aliases BLOB,
    CONSTRAINT pk_name_blob PRIMARY KEY (list_id, first),
    CONSTRAINT fk_name_blob_list_id FOREIGN KEY(list_id) REFERENCES name_list (id) ON DELETE CASCADE
)""",
    """CREATE TABLE document (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    meta TEXT NOT NULL,
    made_at TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT fk_document_text_id FOREIGN KEY(text_id) REFERENCES document_text (id)
)""",
    """CREATE UNIQUE INDEX uq_document_name ON document (name)""",
    """CREATE INDEX ix_document_position ON document (position)""",
    """CREATE TABLE source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    origin TEXT NOT NULL,
    meta TEXT NOT NULL,
    made_at TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT fk_source_list_id FOREIGN KEY(list_id) REFERENCES name_list (id)
)""",
    """CREATE UNIQUE INDEX uq_source_name ON source (name) WHERE removed = 0""",
    """CREATE TABLE audit_design (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    method TEXT NOT NULL,
    rule_set_id INTEGER,
    population INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    details TEXT NOT NULL,
    made_at TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT fk_audit_design_rule_set_id FOREIGN KEY(rule_set_id) REFERENCES rule_set (id)
)""",
    """CREATE TABLE run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule_set_id INTEGER NOT NULL,
    tokenizer TEXT NOT NULL,
    sources TEXT NOT NULL,
    state TEXT NOT NULL,
    candidates INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    report TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT fk_run_rule_set_id FOREIGN KEY(rule_set_id) REFERENCES rule_set (id)
)""",
    """CREATE TABLE audit_draw (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    design_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    attached INTEGER DEFAULT '1' NOT NULL,
    label TEXT NOT NULL,
    stratum TEXT NOT NULL,
    probability FLOAT NOT NULL,
    CONSTRAINT fk_audit_draw_design_id FOREIGN KEY(design_id) REFERENCES audit_design (id),
    CONSTRAINT fk_audit_draw_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)""",
    """CREATE INDEX ix_audit_draw_document_id ON audit_draw (document_id)""",
    """CREATE INDEX ix_audit_draw_design_id ON audit_draw (design_id)""",
    """CREATE TABLE gold_span (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    attached INTEGER DEFAULT '1' NOT NULL,
    label TEXT NOT NULL,
    origin TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT fk_gold_span_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)""",
    """CREATE INDEX ix_gold_span_document_id_start ON gold_span (document_id, start)""",
    """CREATE TABLE gold_region (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    attached INTEGER DEFAULT '1' NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT fk_gold_region_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)""",
    """CREATE INDEX ix_gold_region_document_id_start ON gold_region (document_id, start)""",
    """CREATE TABLE span_edit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    attached INTEGER DEFAULT '1' NOT NULL,
    action TEXT NOT NULL,
    label TEXT NOT NULL,
    new_label TEXT,
    start_shift INTEGER DEFAULT 0 NOT NULL,
    end_shift INTEGER DEFAULT 0 NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT fk_span_edit_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)""",
    """CREATE INDEX ix_span_edit_document_id_start ON span_edit (document_id, start)""",
    """CREATE TABLE noise_estimate (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    method TEXT NOT NULL,
    rule_set_id INTEGER NOT NULL,
    design_id INTEGER,
    figures TEXT NOT NULL,
    made_at TEXT NOT NULL,
    stale INTEGER DEFAULT 0 NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT fk_noise_estimate_rule_set_id FOREIGN KEY(rule_set_id) REFERENCES rule_set (id),
    CONSTRAINT fk_noise_estimate_design_id FOREIGN KEY(design_id) REFERENCES audit_design (id)
)""",
    """CREATE TABLE candidate_blob (
    id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_candidate_blob PRIMARY KEY (id),
    CONSTRAINT uq_candidate_blob_run_id_document_id_source_id UNIQUE (run_id, document_id, source_id),
    CONSTRAINT fk_candidate_blob_run_id FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE,
    CONSTRAINT fk_candidate_blob_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_candidate_blob_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_candidate_blob_text_id FOREIGN KEY(text_id) REFERENCES document_text (id),
    CONSTRAINT fk_candidate_blob_list_id FOREIGN KEY(list_id) REFERENCES name_list (id)
)""",
    """CREATE INDEX ix_candidate_blob_document_id ON candidate_blob (document_id)""",
    """CREATE TABLE name_stat (
    run_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    candidates INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_name_stat PRIMARY KEY (run_id, source_id),
    CONSTRAINT fk_name_stat_run_id FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE,
    CONSTRAINT fk_name_stat_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)""",
    """CREATE TABLE judgement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    attached INTEGER DEFAULT '1' NOT NULL,
    label TEXT NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    verdict TEXT NOT NULL,
    right_label TEXT,
    start_shift INTEGER DEFAULT 0 NOT NULL,
    end_shift INTEGER DEFAULT 0 NOT NULL,
    draw_id INTEGER,
    judge TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL,
    withdrawn INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT fk_judgement_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_judgement_draw_id FOREIGN KEY(draw_id) REFERENCES audit_draw (id)
)""",
    """CREATE INDEX ix_judgement_document_id_start ON judgement (document_id, start)""",
    """CREATE TABLE decision_blob (
    id INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_decision_blob PRIMARY KEY (id),
    CONSTRAINT fk_decision_blob_id FOREIGN KEY(id) REFERENCES candidate_blob (id) ON DELETE CASCADE
)""",
    """CREATE TRIGGER judgement_is_never_deleted BEFORE DELETE ON judgement
    BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END""",
    """CREATE TRIGGER judgement_is_never_rewritten BEFORE UPDATE ON judgement
    WHEN OLD.verdict IS NOT NEW.verdict
    OR OLD.label IS NOT NEW.label
    OR OLD.right_label IS NOT NEW.right_label
    OR OLD.judge IS NOT NEW.judge
    OR OLD.made_at IS NOT NEW.made_at
    BEGIN SELECT RAISE(ABORT, 'judgements are never rewritten'); END""",
    """CREATE TRIGGER rule_set_is_never_rewritten BEFORE UPDATE ON rule_set
    WHEN OLD.rules IS NOT NEW.rules
    OR OLD.sha256 IS NOT NEW.sha256
    BEGIN SELECT RAISE(ABORT, 'rule sets are never rewritten'); END""",
    """CREATE TRIGGER noise_estimate_is_never_rewritten BEFORE UPDATE ON noise_estimate
    WHEN OLD.method IS NOT NEW.method
    OR OLD.figures IS NOT NEW.figures
    BEGIN SELECT RAISE(ABORT, 'noise estimates are never rewritten'); END""",
)


def upgrade() -> None:
    """Make every table, index and trigger of schema 1."""
    for statement in STATEMENTS:
        op.execute(statement)
