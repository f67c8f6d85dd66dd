"""The project file: it is made, opened, shared and refused as docs/project-file.md says."""

import sqlite3

import pytest
from sqlalchemy import create_engine

from farspan.errors import ProjectError
from farspan.model import Document
from farspan.store import schema
from farspan.store.project import Project


@pytest.fixture
def path(tmp_path):
    return tmp_path / "viaje.farspan"


def made(path):
    with Project.create(path) as project:
        project.documents.add([Document("uno", "Ana vive en Nueva York.\r\n"), Document("dos", "ọ̀rọ̀ Yorùbá 😀")])
    return path


def test_a_project_holds_its_texts_to_the_character(path):
    with Project.open(made(path)) as project:
        assert [document.text for document in project.documents.read()] == ["Ana vive en Nueva York.\r\n", "ọ̀rọ̀ Yorùbá 😀"]
        assert [document.name for document in project.documents.all()] == ["uno", "dos"]


def test_a_closed_project_is_one_file(path):
    made(path)
    assert [file.name for file in path.parent.iterdir()] == ["viaje.farspan"]


def test_the_header_tells_what_the_file_is(path):
    connection = sqlite3.connect(made(path))
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_second_writer_is_told_who_holds_the_project(path):
    with Project.open(made(path)), pytest.raises(ProjectError, match=r"open for writing in another .*process \d+.*read-only"):
        Project.open(path)
    Project.open(path).close()


def test_readers_see_what_is_committed_while_another_writes(path):
    with Project.open(made(path)) as writer, Project.open(path, read_only=True) as reader:
        assert len(reader.documents.all()) == 2
        writer.documents.add([Document("tres", "Lima")])
        assert len(reader.documents.all()) == 3
        with pytest.raises(ProjectError, match="read-only"):
            reader.documents.remove([1])


def test_creating_never_replaces_a_file(path):
    path.write_text("my notes")
    with pytest.raises(ProjectError, match="exists already"):
        Project.create(path)
    assert path.read_text() == "my notes"


@pytest.mark.parametrize("content", [b"", b"a plain text that is long enough to be a header " * 9, b"SQLite format 3\x00"])
def test_a_file_that_is_no_project_is_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"viaje\.farspan: (not a Farspan project|the project file is cut short)"):
        Project.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(path):
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (text)")
    engine.dispose()
    with pytest.raises(ProjectError, match="another program"):
        Project.open(path)


def test_a_missing_file_is_an_error_with_a_remedy(path):
    with pytest.raises(ProjectError, match=r"cannot open the project: No such file.*project new"):
        Project.open(path)


def test_a_project_of_a_newer_version_is_not_touched(path):
    connection = sqlite3.connect(made(path))
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="newer Farspan"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_truncated_project_is_recognised(path):
    whole = made(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ProjectError, match="cut short"):
        Project.open(path)


def test_a_damaged_page_is_a_plain_error(path):
    whole = bytearray(made(path).read_bytes())
    whole[4096:] = b"\x5a" * (len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(ProjectError, match="malformed"), Project.open(path) as project:
        project.documents.all()
