"""Migrations: the chain makes what the models say, older files open, and a copy is kept."""

import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event

from farspan.errors import ProjectError
from farspan.relations.browsing import ProjectRelations
from farspan.store import migrate, schema
from farspan.store.database import create_file
from farspan.store.project import Project

ROOT = Path(__file__).resolve().parents[3]
KEPT = sorted((ROOT / "tests" / "data").glob("project_v*.farspan"))


def engine_in_memory():
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def statements(connection):
    query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_%' ORDER BY type, name"
    return [
        (kind, name, " ".join(sql.split()).replace("( ", "(").replace(" )", ")")) for kind, name, sql in connection.execute(query)
    ]


def test_the_chain_of_migrations_makes_the_models(tmp_path):
    engine = engine_in_memory()
    create_file(tmp_path / "new.farspan")
    with engine.begin() as connection:
        migrate.upgrade(connection)
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        with closing(sqlite3.connect(tmp_path / "new.farspan")) as made:
            assert statements(connection.connection.driver_connection) == statements(made)
    engine.dispose()


def test_the_newest_migration_is_the_schema_version():
    script = ScriptDirectory.from_config(migrate.configuration())
    assert script.get_heads() == [f"{schema.SCHEMA_VERSION:04d}"]


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_kept_project_of_every_schema_opens(tmp_path, kept):
    path = Path(shutil.copy(kept, tmp_path / "old.farspan"))
    with Project.open(path) as project:
        assert [document.id for document in project.documents.read()] == ["cap1-1", "cap1-2"]
        assert [source.name for source in project.lists.all()] == ["LOC", "PER"]
        assert project.rules.in_force().of("PER").case == "ignore"
        assert [judgement.verdict for judgement in project.work.judgements()] == ["right"]
        assert project.spans()["text"].tolist() == ["un lugar", "la Mancha", "Quijada", "Quesada"]
        assert project.spans()["label"].tolist() == ["LOC", "LOC", "PER", "MISC"]
        assert project.redo().title.removesuffix("s") == "Judgement of 1 span"
        assert project.check() == []
        if kept.stem >= "project_v3":  # the first with relations
            found = ProjectRelations(project)
            assert [found.shown(row).relation for row in found.rows(status="right")] == ["or_else"]


def test_there_is_a_kept_project_of_every_schema():
    assert [path.stem for path in KEPT] == [f"project_v{number}" for number in range(1, schema.SCHEMA_VERSION + 1)]


@pytest.fixture
def next_schema(tmp_path, monkeypatch):
    """The schema after the present one: what its one migration does can be chosen."""
    present, following = schema.SCHEMA_VERSION, schema.SCHEMA_VERSION + 1
    folder = tmp_path / "versions"
    folder.mkdir()

    def add(statement):
        head = f'from alembic import op\nrevision = "{following:04d}"\ndown_revision = "{present:04d}"\n\n'
        script = f'{head}def upgrade():\n    op.execute("CREATE TABLE extra (id INTEGER)")\n    op.execute({statement!r})\n'
        (folder / f"v{following:04d}.py").write_text(script)

    real = migrate.configuration

    def configuration(connection=None):
        config = real(connection)
        own = Path(migrate.__file__).parent / "migrations" / "versions"
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{own}\n{folder}")
        return config

    monkeypatch.setattr(migrate, "configuration", configuration)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", following)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return add


def test_an_older_project_is_copied_and_brought_up_to_date(tmp_path, next_schema):
    next_schema("INSERT INTO extra VALUES (1)")
    path = Path(shutil.copy(KEPT[0], tmp_path / "old.farspan"))
    with pytest.raises(ProjectError, match="older Farspan"):
        Project.open(path, read_only=True)
    with Project.open(path) as project:
        assert len(project.documents.all()) == 2
        assert project.check() == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id FROM extra").fetchall() == [(1,)]
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(f"{schema.SCHEMA_VERSION:04d}",)]
    with closing(sqlite3.connect(tmp_path / "old.farspan.bak-v1")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM document").fetchone() == (2,)


def test_a_failing_migration_leaves_the_project_as_it_was(tmp_path, next_schema):
    next_schema("INSERT INTO nowhere VALUES (1)")
    path = Path(shutil.copy(KEPT[0], tmp_path / "old.farspan"))
    with pytest.raises(ProjectError, match="nowhere"):
        Project.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (2,)


def test_a_migration_that_breaks_references_is_taken_back(tmp_path, next_schema):
    next_schema("UPDATE document SET text_id = 99")
    path = Path(shutil.copy(KEPT[0], tmp_path / "old.farspan"))
    with pytest.raises(ProjectError, match=r"cannot be brought up to date.*old\.farspan\.bak-v1"):
        Project.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM document WHERE text_id = 99").fetchone() == (0,)


def test_copies_are_never_replaced(tmp_path):
    path = Path(shutil.copy(KEPT[0], tmp_path / "old.farspan"))
    assert [migrate.back_up(path, 1).name for _ in range(3)] == [
        "old.farspan.bak-v1",
        "old.farspan.bak-v1-2",
        "old.farspan.bak-v1-3",
    ]


def test_the_documentation_says_what_the_tables_are():
    spec = spec_from_file_location("make_schema_doc", ROOT / "tools" / "make_schema_doc.py")
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.TARGET.read_text(encoding="utf-8") == tool.schema_document(), "run tools/make_schema_doc.py"
