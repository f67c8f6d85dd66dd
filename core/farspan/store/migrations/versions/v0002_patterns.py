"""Lists that hold patterns: what of a list is no name gets a table of its own."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of patterns; lists of older projects have none."""
    op.execute("""CREATE TABLE pattern_blob (
    list_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_pattern_blob PRIMARY KEY (list_id),
    CONSTRAINT fk_pattern_blob_list_id FOREIGN KEY(list_id) REFERENCES name_list (id) ON DELETE CASCADE
)""")
