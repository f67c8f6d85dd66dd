"""Runs and names come back from their blobs as they went in, for any content."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.model import Document
from farspan.sources.lists import EntityList
from farspan.store.columns import RunColumns
from farspan.store.project import Project

FIELDS = ("documents", "offsets", "starts", "ends", "sources", "names", "scores", "blocked", "status", "winners", "criterion")

CANDIDATE = st.tuples(st.integers(0, 5), st.integers(1, 3), st.integers(0, 2), st.integers(0, 9), st.integers(0, 3))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with Project.create(tmp_path_factory.mktemp("arrays") / "p.farspan") as project:
        project.add_documents([Document(str(number), f"text {number}") for number in range(3)])
        for name in ("A", "B", "C"):
            project.add_source(EntityList.from_names(name, ["x"]))
        yield project


def columns_of(documents, order):
    """Plain rows as columns: candidates sorted by start, end, place of the source in the run, name."""
    rows, offsets = [], [0]
    for found in documents:
        mine = sorted({(start, start + length, source, name): status for start, length, source, name, status in found}.items())
        rows += [
            (start, end, order[place], name, status, len(mine) - 1 if status == 2 else -1)
            for (start, end, place, name), status in mine
        ]
        offsets.append(len(rows))
    starts, ends, sources, names, status, winners = (
        (np.array(item, np.int32) for item in zip(*rows, strict=True)) if rows else [np.empty(0, np.int32)] * 6
    )
    numbers = np.array([1, 2, 3])
    scores = (starts + 1).astype(np.float32) / 7
    return RunColumns(
        numbers,
        np.array(offsets),
        starts,
        ends,
        sources,
        names,
        scores,
        (status == 3).astype(np.uint8),
        status.astype(np.uint8),
        winners,
        status.astype(np.uint8),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    documents=st.lists(st.lists(CANDIDATE, max_size=12), min_size=3, max_size=3),
    order=st.permutations([1, 2, 3]),
    limit=st.integers(1, 9),
)
def test_a_run_comes_back_as_it_was(project, documents, order, limit):
    columns = columns_of(documents, order)
    run = project.runs.save(1, "x", order, [columns])
    assert (run.candidates, run.kept) == (len(columns), int((columns.status <= 1).sum()))
    back = project.runs.load(run.id, [1, 2, 3])
    for name in FIELDS:
        assert getattr(back, name).tolist() == getattr(columns, name).tolist(), name
    paged, key = [], None
    while True:
        page = project.runs.page(run.id, key, limit)
        paged += [value for _, part in page.columns for value in zip(part.starts.tolist(), part.sources.tolist(), strict=True)]
        key = page.next
        if key is None:
            break
    assert paged == list(zip(columns.starts.tolist(), columns.sources.tolist(), strict=True))
    counted = project.runs.counts(run.id)
    for source in (1, 2, 3):
        mine = columns.sources == source
        matched, candidates, kept, lost, blocked = counted[source]
        assert (matched, candidates) == (len(set(columns.names[mine].tolist())), mine.sum())
        assert [kept, lost, blocked] == [int(np.isin(columns.status[mine], states).sum()) for states in ([0, 1], [2], [3])]
    project.runs.remove(run.id)


NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
IDS = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5), max_size=3).map(tuple)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(NAME, IDS, st.booleans(), NAME), max_size=30), labelled=st.booleans(), size=st.integers(1, 7))
def test_names_come_back_as_they_were(tmp_path_factory, rows, labelled, size):
    from farspan.store import lists

    names = EntityList(
        "list", "PER", [row[0] for row in rows], [row[1] for row in rows], [row[3] for row in rows] if labelled and rows else None,
        np.array([row[2] for row in rows], np.bool_),
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch, Project.create(tmp_path_factory.mktemp("names") / "p.farspan") as project:
        patch.setattr(lists, "NAMES_A_ROW", size)
        project.add_source(names)
        back = project.lists.load("list")
        assert (back.surfaces, back.ids, back.labels) == (names.surfaces, names.ids, names.labels)
        assert back.is_alias.tolist() == names.is_alias.tolist()
        assert project.lists.get("list").names == len(rows)
