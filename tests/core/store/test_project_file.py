"""The project file: it is made, opened, shared and refused as docs/project-file.md says."""

import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from farspan.errors import ProjectError
from farspan.model import Document, Span
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


def test_a_reader_leaves_nothing_behind(path):
    with Project.open(made(path), read_only=True) as reader:
        assert len(reader.documents.all()) == 2
    assert [file.name for file in path.parent.iterdir()] == ["viaje.farspan"]


def test_an_empty_lock_file_of_a_dead_writer_is_no_hindrance(path):
    made(path).with_name("viaje.farspan-lock").write_text('{"process": 1, "host": "elsewhere"}')
    Project.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == ["viaje.farspan"]


def as_nobody(work, folder):
    """Run `work` in a process that may not write to `folder`; what it says comes back."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            said = work()
        except BaseException as error:  # noqa: BLE001  (the child says whatever it met)
            said = f"{type(error).__name__}: {error}"
        os.write(sender, said.encode())
        os._exit(0)
    os.close(sender)
    os.waitpid(child, 0)
    with os.fdopen(receiver, encoding="utf-8") as answer:
        return answer.read()


@pytest.fixture
def read_only_folder():
    """A folder that others may read, and nobody but its owner write to; closed to the owner too where that means anything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
def test_a_project_on_read_only_media_opens_read_only(read_only_folder):
    path = made(read_only_folder / "viaje.farspan")
    path.chmod(0o444)
    read_only_folder.chmod(0o555)

    def look():
        with Project.open(path) as project:
            count = len(project.documents.all())
            try:
                project.documents.remove([1])
            except ProjectError as error:
                return f"{count} {error.what}"
        return "written"

    assert as_nobody(look, read_only_folder) == "2 the project is open read-only"
    assert [file.name for file in read_only_folder.iterdir()] == ["viaje.farspan"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
def test_read_only_media_with_work_in_the_log_say_what_to_copy(read_only_folder):
    path = made(read_only_folder / "viaje.farspan")
    with Project.open(path) as project:
        project.documents.remove([1])
        copies = [
            Path(shutil.copy(file, file.with_name("copia.farspan" + file.name[13:]))) for file in (path, Path(f"{path}-wal"))
        ]
    for copy in copies:
        copy.chmod(0o444)
    read_only_folder.chmod(0o555)

    def look():
        return str(len(Project.open(copies[0]).documents.all()))

    assert "copy it together with copia.farspan-wal" in as_nobody(look, read_only_folder)


def test_a_text_that_comes_again_with_other_gold_labels_has_these_and_undo_brings_the_old_back(tmp_path):
    text = "Tartu and Tallinn"
    with Project.create(tmp_path / "p.farspan") as project:
        project.add_documents([Document("a", text, spans=[Span(0, 5, "LOC", kind="gold")])])
        done = project.add_documents(
            [Document("a", text, spans=[Span(0, 5, "LOC", kind="gold"), Span(10, 17, "LOC", kind="gold")])]
        )
        assert (done.changed, done.unchanged) == (1, 0)
        assert [(one.start, one.end) for one in project.work.gold()] == [(0, 5), (10, 17)]
        assert project.add_documents([Document("a", text)]).unchanged == 1, "a text without labels says nothing of them"
        project.undo()
        assert [(one.start, one.end) for one in project.work.gold()] == [(0, 5)]
