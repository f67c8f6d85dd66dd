"""The workspace: verdicts become judgements and edits in one action, rules are tried and put in force, all off the window's thread."""

import shutil
import threading

import pytest

from farspan.errors import OptionError, ProjectError
from farspan.store.project import Project
from farspan_app.gui.opened import OpenProject
from farspan_app.gui.workspace import place_of


@pytest.fixture
def opened(workspace, wait, amharic, tmp_path):
    path = tmp_path / "a.farspan"
    shutil.copy(amharic, path)
    wait(workspace.open_project(path))
    return workspace


def spans_of(workspace):
    return [
        (number, span.start, span.end, span.label)
        for number in range(len(workspace.documents))
        for span in workspace.spans(number)
    ]


def test_a_rejected_span_leaves_the_export_and_an_accepted_loser_enters_it(opened, wait):
    from farspan.decide.conflicts import Status

    run = opened.run
    kept = int(run.spans.rows[0])
    lost = [row for row in range(len(run.contest)) if run.decisions.status[row] == Status.LOST]
    before = spans_of(opened)
    wait(opened.judge([kept], "rejected"))
    assert opened.verdict(kept) == "rejected"
    assert len(spans_of(opened)) == len(before) - 1
    if lost:
        wait(opened.judge([lost[0]], "accepted"))
        _, start, end, label = place_of(run, lost[0])
        assert (start, end, label) in {place[1:] for place in spans_of(opened)}
    wait(opened.judge([kept], "undecided"))
    assert opened.verdict(kept) is None
    while opened.undo_operation is not None and opened.undo_operation.action == "settle":
        wait(opened.undo())
    assert spans_of(opened) == before
    assert opened.judgements == {}


def test_a_changed_mind_leaves_one_verdict(opened, wait):
    row = int(opened.run.spans.rows[3])
    before = spans_of(opened)
    # Given quickly, one after the other, before the first one is on the screen.
    tasks = [opened.judge([row], verdict) for verdict in ("rejected", "accepted", "rejected", "accepted")]
    for task in tasks:
        wait(task)
    assert opened.verdict(row) == "accepted"
    assert len(opened.project.work.judgements()) == 1
    assert opened.project.work.edits() == []
    assert spans_of(opened) == before


def test_a_block_is_one_action(opened, wait):
    rows = [int(row) for row in opened.run.spans.rows[:200]]
    wait(opened.judge(rows, "rejected"))
    assert len(opened.judgements) == len({place_of(opened.run, row) for row in rows})
    assert opened.undo_operation.title == "Rejected 200"
    wait(opened.undo())
    assert opened.judgements == {}
    wait(opened.redo())
    assert len(opened.judgements) == len({place_of(opened.run, row) for row in rows})


def test_another_label_and_a_span_by_hand(opened, wait):
    row = int(opened.run.spans.rows[0])
    document, start, end, _ = place_of(opened.run, row)
    number = [one.id for one in opened.documents].index(document)
    wait(opened.relabel([row], "REGION"))
    assert (number, start, end, "REGION") in spans_of(opened)
    wait(opened.add_spans([(0, 0, 2), (1, 0, 3)], "X"))
    assert {(0, 0, 2, "X"), (1, 0, 3, "X")} <= set(spans_of(opened))
    wait(opened.never_here(0, 0, 2))
    assert (0, 0, 2, "X") not in spans_of(opened)
    wait(opened.undo())
    wait(opened.undo())
    assert not {(0, 0, 2, "X"), (1, 0, 3, "X")} & set(spans_of(opened))


def test_rules_are_tried_discarded_applied_and_kept_as_versions(opened, wait):
    run, seen = opened.run, []
    opened.preview_changed.connect(lambda: seen.append(opened.preview))
    wait(opened.set_options("countries", {"min_length": 4}))
    assert opened.preview.before is run
    assert opened.run is run
    assert len(opened.preview.removed)
    opened.discard()
    assert opened.preview is None
    assert not opened.has_pending
    wait(opened.save_version("first"))
    wait(opened.set_options("countries", {"min_length": 4}))
    after = opened.preview.after
    wait(opened.apply())
    assert len(opened.run.spans) == len(after.spans) < len(run.spans)
    wait(opened.try_rules(opened.versions["first"]))
    wait(opened.apply())
    assert len(opened.run.spans) == len(run.spans)
    assert [one.options.min_length for one in opened.sources if one.name == "countries"] == [0]
    with pytest.raises(OptionError):
        opened.set_options("countries", {"min_length": "long"})


def test_the_stored_run_is_the_one_on_the_screen(opened, wait, settled):
    settled(opened)
    stored = opened.project.results()
    numbers = opened.state.stored_documents
    for number in range(0, len(numbers), 10):
        assert stored.spans(numbers[number].id) == opened.spans(number)
    first = opened.project.runs.latest().id
    wait(opened.export(opened.path.with_suffix(".jsonl")))
    assert opened.project.runs.latest().id == first


def test_no_work_is_done_on_the_windows_thread(workspace, wait, settled, amharic, tmp_path, monkeypatch):
    threads = {}

    def recorded(owner, name):
        original = getattr(owner, name)

        def call(*arguments, **named):
            threads.setdefault(name, set()).add(threading.current_thread() is threading.main_thread())
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, call)

    for name in ("load", "run", "preview", "explain", "add_texts", "record", "settle", "step", "read_work"):
        recorded(OpenProject, name)
    path = tmp_path / "a.farspan"
    shutil.copy(amharic, path)
    wait(workspace.open_project(path))
    (tmp_path / "new.txt").write_text("አዲስ አበባ", "utf-8")
    wait(workspace.import_texts([tmp_path / "new.txt"]))
    wait(workspace.set_options(None, {"min_length": 3}))
    wait(workspace.apply())
    wait(workspace.judge([0], "rejected"))
    wait(workspace.undo())
    wait(workspace.explain(0, 0))
    settled(workspace)
    assert len(threads) == 9
    assert all(on_main == {False} for on_main in threads.values())


def test_a_project_that_is_open_elsewhere_is_refused(workspace, wait, tmp_path):
    path = tmp_path / "p.farspan"
    with Project.create(path), pytest.raises(ProjectError):
        wait(workspace.open_project(path))
    assert workspace.project is None
    wait(workspace.open_project(path))
    assert workspace.path == path


def test_without_a_project_work_is_refused(workspace):
    with pytest.raises(ProjectError, match="no project is open"):
        workspace.import_texts(["x.txt"])
    assert workspace.undo() is None
    assert workspace.explain(0, 0) is None
