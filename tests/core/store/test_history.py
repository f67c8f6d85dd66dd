"""Undo, redo and replay: whatever a person did can be taken back, done again and made again from the log alone."""

import json
import sqlite3
import zlib
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.errors import ProjectError
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList
from farspan.store import schema
from farspan.store.audits import Design, Estimate, Unit
from farspan.store.project import Project
from farspan.store.replay import replay
from farspan.store.rules import Rules
from farspan.store.work import Edit, GoldSpan, Judgement, Region

TEXT = "Sancho Panza fue escudero de don Quijote de la Mancha."


def human_rows(path):
    """Every human row of the file and the log, as they stand."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [table.name for table in (*schema.human_tables(), schema.operation_log)]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}


def visible(project):
    """What a person sees of their work."""
    return (
        list(project.documents.read()),
        [(source.name, source.label, source.position, source.names) for source in project.lists.all()],
        project.rules.in_force(),
        project.work.judgements(),
        project.work.gold(),
        project.work.regions(),
        project.work.edits(),
        project.audits.designs(),
        project.audits.estimates(),
    )


def documents_equal(one, other):
    return [(d.id, d.text, d.meta, list(d.spans)) for d in one[0]] == [(d.id, d.text, d.meta, list(d.spans)) for d in other[0]]


def same(one, other):
    return documents_equal(one, other) and one[1:] == other[1:]


ACTIONS = {
    "add_documents": lambda p: p.add_documents([Document("b", "Ana fue a Lima.", {"año": 1605})]),
    "add_gold_documents": lambda p: p.add_documents([Document("c", "Ana", spans=[gold_span()])]),
    "import_again": lambda p: p.add_documents([Document("a", "Y " + TEXT.replace("escudero", "el buen escudero"))]),
    "remove_documents": lambda p: p.documents.remove([1]),
    "add_source": lambda p: p.add_source(EntityList.from_names("PER", ["Sancho", "Ana"]), MatchingOptions(case="ignore")),
    "rename_source": lambda p: p.lists.rename("LOC", "Lugares"),
    "relabel_source": lambda p: p.lists.relabel("LOC", "GPE"),
    "replace_names": lambda p: p.lists.replace_names("LOC", EntityList.from_names("LOC", ["Lima"])),
    "remove_source": lambda p: p.lists.remove("LOC"),
    "set_rules": lambda p: p.rules.put_in_force(Rules(lang="es", options={"LOC": MatchingOptions(min_length=4)})),
    "never_anywhere": lambda p: p.rules.never_anywhere("LOC", "Mancha"),
    "judge": lambda p: p.work.judge([Judgement(1, 47, 53, "wrong", "PER", "LOC", right_label="LOC", right_start=44)]),
    "withdraw": lambda p: p.work.withdraw([1]),
    "add_gold": lambda p: p.work.add_gold([GoldSpan(1, 0, 12, "PER")], [Region(1, 0, 54)]),
    "change_gold": lambda p: p.work.change_gold([GoldSpan(1, 33, 53, "PER", id=1)]),
    "remove_gold": lambda p: p.work.remove_gold([1]),
    "edit": lambda p: p.work.edit([Edit(1, 0, 6, "delete", "PER"), Edit(1, 0, 12, "add", "PER")]),
    "remove_edits": lambda p: p.work.remove_edits([1]),
    "draw": lambda p: p.audits.draw(Design("stratified", 40, 1, seed=7, details={"strata": [1]}), [Unit(1, 0, 12, 0.025, "PER")]),
    "estimate": lambda p: p.audits.add_estimate(Estimate("precision", 1, {"PER": [0.8, 0.7, 0.9]})),
}  # fmt: skip


def gold_span():
    from farspan.model import Span

    return Span(0, 3, "PER", kind="gold")


def start(path):
    """A project in which every one of ACTIONS is possible."""
    project = Project.create(path)
    project.add_documents([Document("a", TEXT)])
    project.add_source(EntityList.from_names("LOC", ["Mancha", "la Mancha"]))
    project.work.judge([Judgement(1, 0, 12, "right", "PER", judge="Ana")])
    project.work.add_gold([GoldSpan(1, 33, 40, "PER")])
    project.work.edit([Edit(1, 47, 53, "relabel", "LOC", new_label="GPE")])
    return project


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_can_be_undone_and_redone(tmp_path, name):
    with start(tmp_path / "p.farspan") as project:
        before = visible(project)
        ACTIONS[name](project)
        after = visible(project)
        assert not same(before, after)
        assert project.undo().state == "undone"
        assert same(visible(project), before)
        assert project.redo().state == "done"
        assert same(visible(project), after)


@pytest.mark.parametrize("name", ACTIONS)
def test_replay_makes_every_action_again(tmp_path, name):
    path, copy = tmp_path / "p.farspan", tmp_path / "copy.farspan"
    with start(path) as project:
        ACTIONS[name](project)
    assert replay(path, copy).differing == ()
    assert human_rows(copy) == human_rows(path)


def test_undo_and_redo_outlive_a_restart(tmp_path):
    path = tmp_path / "p.farspan"
    with start(path) as project:
        before = visible(project)
        ACTIONS["judge"](project)
        after = visible(project)
    with Project.open(path) as project:
        assert project.undo().title == "Judgement of 1 span"
        assert same(visible(project), before)
    with Project.open(path) as project:
        project.redo()
        assert same(visible(project), after)


def test_a_new_action_ends_what_can_be_redone(tmp_path):
    with start(tmp_path / "p.farspan") as project:
        ACTIONS["judge"](project)
        project.undo()
        ACTIONS["edit"](project)
        assert project.redo() is None
        assert [entry.state for entry in project.history.entries()][:2] == ["done", "cut"]


def test_everything_can_be_undone_down_to_the_empty_project(tmp_path):
    with start(tmp_path / "p.farspan") as project:
        after = visible(project)
        while project.undo():
            pass
        assert project.documents.all() == []
        assert project.work.judgements() == []
        assert project.rules.in_force() == Rules()
        while project.redo():
            pass
        assert same(visible(project), after)


def test_an_action_that_changes_nothing_leaves_no_trace(tmp_path):
    with start(tmp_path / "p.farspan") as project:
        entries = project.history.entries()
        assert project.add_documents([Document("a", TEXT)]).unchanged == 1
        assert project.rules.put_in_force(project.rules.in_force()) is None
        assert project.lists.reorder(["LOC"]) is None
        assert project.history.entries() == entries


def test_judgements_are_never_deleted_whoever_tries(tmp_path):
    path = tmp_path / "p.farspan"
    start(path).close()
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("DELETE FROM judgement", "UPDATE judgement SET verdict = 'wrong'", "UPDATE rule_set SET rules = '{}x'"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)


def test_replay_never_replaces_a_file(tmp_path):
    path = tmp_path / "p.farspan"
    start(path).close()
    with pytest.raises(ProjectError, match="exists already"):
        replay(path, path)


def test_replay_tells_where_a_file_and_its_log_differ(tmp_path):
    path = tmp_path / "p.farspan"
    start(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE gold_span SET label = 'ORG'")
        connection.commit()
    assert replay(path, tmp_path / "copy.farspan").differing == ("gold_span",)
    with Project.open(tmp_path / "copy.farspan") as project:
        assert [span.label for span in project.work.gold()] == ["PER"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from([*ACTIONS, "undo", "undo", "redo", "redo"]), max_size=12))
def test_any_walk_through_actions_replays_to_the_same_rows(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("walk")
    path = folder / "p.farspan"
    with start(path) as project:
        states = [visible(project)]
        position = 0
        for step in steps:
            if step == "undo" and position > 0:
                project.undo()
                position -= 1
            elif step == "redo":
                done = project.redo()
                assert (done is None) == (position == len(states) - 1)
                position += done is not None
            elif step in ACTIONS and try_action(project, step):
                states[position + 1 :] = [visible(project)]
                position += 1
            assert same(visible(project), states[position])
    assert replay(path, folder / "copy.farspan").differing == ()
    assert human_rows(folder / "copy.farspan") == human_rows(path)


def try_action(project, name):
    """Whether the action was possible now and changed anything."""
    from farspan.errors import InputError

    before = project.history.entries(1)[0].id
    try:
        ACTIONS[name](project)
    except InputError:
        return False
    return project.history.entries(1)[0].id != before


def test_a_row_that_is_gone_is_a_plain_error(tmp_path):
    from farspan.errors import InputError

    with start(tmp_path / "p.farspan") as project:
        project.work.remove_gold([1])
        with pytest.raises(InputError, match="no gold_span has the number 1"):
            project.work.remove_gold([1])
        assert project.undo().action == "remove_gold"


def test_an_action_of_many_rows_is_read_in_pieces_and_one_line_of_an_earlier_version_too(tmp_path):
    path = tmp_path / "a.farspan"
    with Project.create(path) as project:
        project.add_documents([Document("a", "x " * 3000)])
        project.work.judge([Judgement(1, 2 * at, 2 * at + 1, "right", "X") for at in range(2_500)])
    with closing(sqlite3.connect(path)) as connection:
        number, data = connection.execute("SELECT id, changes FROM operation_log ORDER BY id DESC LIMIT 1").fetchone()
        pieces = json.loads(zlib.decompress(data))
        assert [len(piece["after"]) for piece in pieces] == [1000, 1000, 500]
        together = {**pieces[0], "after": [row for piece in pieces for row in piece["after"]]}
        old = zlib.compress(json.dumps([together], separators=(",", ":")).encode())
    for changes in (data, old):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE operation_log SET changes = ? WHERE id = ?", (changes, number))
        with Project.open(path) as project:
            assert len(project.work.judgements()) == 2_500
            project.undo()
            assert not project.work.judgements()
            project.redo()
