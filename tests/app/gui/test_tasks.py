"""Tasks: exactly one outcome each, heard on the window's thread; newer work of a kind takes the place of older."""

import threading
import time

import pytest

from farspan.errors import InputError
from farspan_app.gui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()
    made.deleteLater()


def outcomes(task):
    heard = []
    task.succeeded.connect(
        lambda value: heard.append(("succeeded", value, threading.current_thread() is threading.main_thread()))
    )
    task.failed.connect(lambda error: heard.append(("failed", str(error), threading.current_thread() is threading.main_thread())))
    task.cancelled.connect(lambda: heard.append(("cancelled", None, threading.current_thread() is threading.main_thread())))
    return heard


def test_work_runs_on_its_lane_and_is_heard_on_the_windows_thread(qtbot, tasks):
    names = {}
    for lane in ("engine", "database"):
        task = tasks.start("t", lambda _: threading.current_thread().name, lane=lane)
        heard = outcomes(task)
        qtbot.waitUntil(lambda: not tasks.running)
        names[lane] = heard[0][1]
        assert heard[0][2]
        assert len(heard) == 1
    assert names["engine"].startswith("farspan-engine")
    assert names["database"].startswith("farspan-database")


def test_a_fault_is_given_on_as_it_is(qtbot, tasks):
    def work(_):
        raise InputError("no names", remedy="give some")

    task = tasks.start("t", work)
    heard = outcomes(task)
    qtbot.waitUntil(lambda: not task.is_running)
    assert heard == [("failed", "no names; give some", True)]


def test_cancel_stops_work_at_its_next_report(qtbot, tasks):
    reached = threading.Event()

    def work(job):
        for number in range(10_000):
            reached.set()
            job.progress(number, 10_000, "working")
            time.sleep(0.001)

    task = tasks.start("t", work)
    heard = outcomes(task)
    qtbot.waitUntil(reached.is_set)
    task.cancel()
    qtbot.waitUntil(lambda: not task.is_running)
    assert heard == [("cancelled", None, True)]


def test_newer_work_of_one_kind_takes_the_place_of_older(qtbot, tasks):
    release = threading.Event()
    seen = []
    first = tasks.start("1", lambda _: release.wait(10), kind="preview", then=seen.append)
    others = [tasks.start(str(n), lambda _, n=n: n, kind="preview", then=seen.append) for n in range(2, 6)]
    heard = [outcomes(task) for task in (first, *others)]
    release.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert seen == [5]
    assert [one[0][0] for one in heard] == ["cancelled"] * 4 + ["succeeded"]


def test_what_listeners_get_is_made_from_what_then_got(qtbot, tasks):
    kept = []
    task = tasks.start("t", lambda _: (1, 2), then=kept.append, result=lambda both: both[0])
    heard = outcomes(task)
    qtbot.waitUntil(lambda: not task.is_running)
    assert kept == [(1, 2)]
    assert heard[0][:2] == ("succeeded", 1)


def test_nothing_starts_after_the_end(tasks):
    tasks.close()
    task = tasks.start("late", lambda _: pytest.fail("ran"))
    assert not task.is_running
    assert tasks.running == []
