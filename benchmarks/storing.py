"""Storing: a run into a project and back, and its pages; what a window that shows candidates waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Times, timed
from benchmarks.world import World, options, short
from farspan.model import Document
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.store.columns import RunColumns
from farspan.store.project import Project
from farspan.store.runs import Key

SECTION = "Storing: the candidates of a run into a project file, back, and by page (its documents repeated to the size)"
PAGE = 200


def measure(setting: Setting, results: Results) -> None:
    """A run of 1M candidates saved and loaded three times, and every page of one of 5M; with --quick a tenth of both."""
    world = setting.world(setting.tokens[0], setting.names[1])
    run = Session(world.corpus, Lexicon(world.tokenizer, world.lang)).run([Source(world.entity_list, options(case="ignore"))])
    part = 1 if setting.full else 10
    _save_and_load(setting.folder / "save.farspan", world, run, 10**6 // part, results)
    _pages(setting.folder / "pages.farspan", world, run, 5 * 10**6 // part, results)


def _save_and_load(path: Path, world: World, run: Run, candidates: int, results: Results) -> None:
    """Every candidate that comes back is held to what went in."""
    taken: dict[str, list[float]] = {"save": [], "load": []}
    with Project.create(path) as project:
        batches = _batches(project, world, run, candidates)
        for _ in range(3):
            taken["save"].append(timed(lambda: _save(project, batches)))
            number = project.runs.all()[-1].id
            loaded: list[RunColumns] = []
            taken["load"].append(timed(lambda number=number, loaded=loaded: loaded.append(project.runs.load(number))))
        size = len(loaded[0])
        _check(loaded[0], RunColumns.together(batches))
    found = {"save": f"{size:,} candidates, {len(batches)} transactions", "load": "the same candidates"}
    note = f"the project, with its texts and three runs: {path.stat().st_size / 2**20:,.0f} MiB"
    for side, seconds in taken.items():
        results.compare(SECTION, short(size), {side: Times(tuple(seconds))}, found, note if side == "save" else "")


def _pages(path: Path, world: World, run: Run, candidates: int, results: Results) -> None:
    """All pages in turn, each from where the last one ended, over a project that was opened anew."""
    with Project.create(path) as project:
        batches = _batches(project, world, run, candidates)
        _save(project, batches)
    size = sum(map(len, batches))
    seconds, rows = [], 0
    with Project.open(path) as project:
        number, key = project.runs.all()[-1].id, Key(-1, -1, 0)
        while key is not None:
            kept = []
            seconds.append(timed(lambda key=key, kept=kept: kept.append(project.runs.page(number, key, PAGE)), collect=False))
            rows, key = rows + len(kept[0]), kept[0].next
    assert rows == size, f"{rows} candidates in the pages, {size} in the run"
    each = Times(tuple(seconds))
    late = np.percentile(seconds, 99) * 1e3
    found = {f"a page of {PAGE}": f"99 of 100 within {late:.2g} ms, the slowest {max(seconds) * 1e3:.3g} ms"}
    results.compare(SECTION, f"{short(size)}, by key", {f"a page of {PAGE}": each}, found, f"all {len(seconds):,} pages")


def _batches(project: Project, world: World, run: Run, candidates: int) -> list[RunColumns]:
    """The columns of `run` again and again, for documents of the project that hold the same texts."""
    source = project.add_source(world.entity_list).id
    once = RunColumns.of(run, range(len(world.corpus.documents)), [source])
    times = -(-candidates // len(once))
    project.add_documents(_documents(world, times))
    numbers = np.array([stored.id for stored in project.documents.all()]).reshape(times, -1)
    return [replace(once, documents=row) for row in numbers]


def _documents(world: World, times: int) -> Iterator[Document]:
    for time in range(times):
        for document in world.corpus.documents:
            yield Document(f"{time}-{document.id}", document.text)


def _save(project: Project, batches: list[RunColumns]) -> None:
    number = project.rules.number_in_force()
    assert number is not None
    project.runs.save(number, "spacy/en", [int(batches[0].sources[0])], batches)


def _check(loaded: RunColumns, saved: RunColumns) -> None:
    for name in ("documents", "offsets", "starts", "ends", "sources", "names", "scores", "blocked", "status", "winners"):
        assert np.array_equal(getattr(loaded, name), getattr(saved, name)), f"{name} came back different"
