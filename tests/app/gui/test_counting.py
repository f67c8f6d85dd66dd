"""Counts of the tables against counting one by one."""

import numpy as np

from farspan.decide.conflicts import Status
from farspan_app.gui.counting import count_lists


def test_counts_are_those_of_counting_one_by_one(workspace, wait, amharic, tmp_path):
    import shutil

    shutil.copy(amharic, tmp_path / "a.farspan")
    wait(workspace.open_project(tmp_path / "a.farspan"))
    wait(workspace.set_options("countries", {"min_length": 4}))
    wait(workspace.apply())
    run, counts = workspace.run, workspace.state.list_counts
    for number, source in enumerate(run.rules.sources):
        rows = [row for row in range(len(run.contest)) if run.contest.sources[row] == number]
        status = [Status(run.decisions.status[row]) for row in rows]
        kept = sum(one in {Status.KEPT, Status.NESTED} for one in status)
        names = {int(run.contest.names[row]) for row in rows}
        lost, blocked = status.count(Status.LOST), status.count(Status.BLOCKED)
        assert counts[source.name].totals == (len(names), len(rows), kept, lost, blocked)
        assert np.flatnonzero(counts[source.name].found).tolist() == sorted(names)
    assert counts["countries"].blocked > 0


def test_without_a_run_all_is_zero(workspace, wait, tmp_path):
    wait(workspace.new_project(tmp_path / "n.farspan"))
    wait(workspace.add_names("towns", "LOC", ["Tartu", "Tallinn"]))
    assert workspace.run is None
    assert count_lists(workspace.sources, None)["towns"].totals == (0, 0, 0, 0, 0)
