"""Storing what the window has computed as a run of the project, so that the command exports the very same."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from farspan.job import SILENT, Job
from farspan.report import Report
from farspan.run import Run
from farspan.store.columns import RunColumns
from farspan.store.documents import StoredDocument
from farspan.store.lists import StoredSource
from farspan.store.project import Project
from farspan.store.rules import Rules


def record_run(  # noqa: PLR0917  (what a run is made of)
    project: Project,
    run: Run,
    documents: Sequence[StoredDocument],
    sources: Sequence[StoredSource],
    rules: Rules,
    job: Job = SILENT,
) -> None:
    """Store `run`, made of `documents`, `sources` and `rules`, unless the newest stored run is the same one."""
    numbers = {stored.name: stored.id for stored in sources}
    active = [numbers[source.name] for source in run.rules.sources]
    columns = RunColumns.of(run, [stored.id for stored in documents], active)
    if _is_stored(project, columns, active, f"{rules.tokenizer}/{rules.lang}"):
        return
    project.rules.put_in_force(rules)
    number = project.rules.number_in_force()
    assert number is not None  # noqa: S101  (they were just put in force)
    project.runs.save(number, f"{rules.tokenizer}/{rules.lang}", active, [columns], report=lambda: _told(run), job=job)


def _told(run: Run) -> dict[str, Any]:
    report = Report.over([source.entity_list for source in run.rules.sources])
    report.documents = len(run.corpus.documents)
    report.sentences, report.tokens = len(run.corpus.sentences), len(run.corpus)
    report.add(run)
    return {**report.as_dict(), "farspan": version("farspan")}


def _is_stored(project: Project, columns: RunColumns, active: Sequence[int], tokenizer: str) -> bool:
    """Whether the newest run is of the same rules, texts and lists and found the same."""
    newest = project.runs.latest()
    if newest is None or newest.rule_set_id != project.rules.number_in_force() or newest.tokenizer != tokenizer:
        return False
    if [source.id for source in newest.sources] != list(active) or newest.candidates != len(columns):
        return False
    stored = project.runs.load(newest.id)
    filled = columns.documents[(columns.offsets[1:] > columns.offsets[:-1])]
    same_documents = stored.documents.tolist() == filled.tolist()
    names = ("starts", "ends", "names", "sources", "status")
    return same_documents and all((getattr(stored, name) == getattr(columns, name)).all() for name in names)
