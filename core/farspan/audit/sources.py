"""What each list of a project gives, and how lists overlap and conflict: counts, in plain values."""

from __future__ import annotations

from typing import Any

from farspan.audit.live import LiveRun
from farspan.job import SILENT, Job
from farspan.noise.overlap import overlaps, source_table, without_each
from farspan.store.project import Project

_COUNTS = ("matched_names", "candidates", "kept", "lost", "blocked")


def describe_sources(project: Project, live: LiveRun | None = None, job: Job = SILENT) -> dict[str, Any]:
    """The lists with their counts in the newest run; with `live` also unique yield, overlap, and what each one's absence does.

    overlap: for each pair of lists how many places of the one (row) the other (column) has with the same label (agree), with
    another (conflict), or otherwise touches; the diagonal counts places that no other list touches.
    """
    latest = project.runs.latest()
    counts = project.runs.counts(latest.id) if latest is not None else {}
    rows: list[dict[str, Any]] = [
        {"list": stored.name, "label": stored.label, "names": stored.names}
        | dict(zip(_COUNTS, counts.get(stored.id, (0,) * len(_COUNTS)), strict=True))
        for stored in project.lists.all()
    ]
    if live is None:
        return {"sources": rows}
    table = {row.source: row for row in source_table(live.run, sources=live.sources)}
    without = {one.source: one for one in without_each(live.session, live.sources, live.rules.policy, job)}
    for row in rows:
        found, off = table[row["list"]], without.get(row["list"])
        row["label"], row["unique"] = found.label, found.unique
        row["switched_off"] = None if off is None else {"removed": off.removed, "added": off.added, "changed": off.changed}
    tables = overlaps(live.run)
    return {
        "sources": rows,
        "overlap": {
            "lists": list(tables.names),
            "agree": tables.agree.tolist(),
            "conflict": tables.conflict.tolist(),
            "touch": tables.touch.tolist(),
        },
        "near_copies": [
            {"one": pair.one, "other": pair.other, "of": pair.of, "jaccard": pair.jaccard} for pair in tables.near_copies()
        ],
    }
