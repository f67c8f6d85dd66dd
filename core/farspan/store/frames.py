"""The project as pandas DataFrames, for notebooks: plain columns, nothing to be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from farspan.decide.conflicts import TIE, Status
from farspan.matching.filters import BLOCKERS
from farspan.model import Span
from farspan.options import CRITERIA
from farspan.store.columns import RunColumns
from farspan.store.documents import Documents
from farspan.store.lists import Lists
from farspan.store.results import Results
from farspan.store.runs import Runs, StoredRun

if TYPE_CHECKING:
    import pandas as pd

SPAN_COLUMNS: Final = ("document", "start", "end", "text", "label", "source", "name", "ids", "kind", "score")
CANDIDATE_COLUMNS: Final = (
    "document", "number", "start", "end", "text", "label", "source", "name", "score", "status", "blocked", "winner", "criterion",
)  # fmt: skip
SOURCE_COLUMNS: Final = ("source", "label", "names", "matched_names", "candidates", "kept", "lost", "blocked")
NAME_COLUMNS: Final = ("source", "name", "label", "ids", "alias", "candidates", "kept")


def span_frame(results: Results | None, documents: Documents) -> pd.DataFrame:
    """One row a span of the result: what the run keeps, after the manual edits."""
    import pandas as pd  # noqa: PLC0415  (pandas takes longer to load than a project to open)

    names = {stored.id: stored.name for stored in documents.all()}
    rows: list[tuple[Any, ...]] = []
    if results is not None:
        for number in results.labelled():
            text = documents.text(number)
            rows += [_span_row(names[number], text, span) for span in results.spans(number)]
    return _typed(pd.DataFrame(rows, columns=list(SPAN_COLUMNS)), ("document", "label", "source", "kind"))


def _span_row(document: str, text: str, span: Span) -> tuple[Any, ...]:
    surface = text[span.start : span.end]
    return document, span.start, span.end, surface, span.label, span.source, span.name, span.ids, span.kind, span.score


def candidate_frame(results: Results | None, documents: Documents) -> pd.DataFrame:
    """One row a candidate of the run, with what became of it; number and winner count the candidates of a document."""
    import pandas as pd  # noqa: PLC0415

    names = {stored.id: stored.name for stored in documents.all()}
    parts = [_candidates(results, names, number) for number in results.documents()] if results is not None else []
    columns = {name: [value for part in parts for value in part[name]] for name in CANDIDATE_COLUMNS}
    frame = pd.DataFrame(columns, columns=list(CANDIDATE_COLUMNS))
    return _typed(frame, ("document", "label", "source", "status", "blocked", "criterion"))


def _candidates(results: Results, names: dict[int, str], number: int) -> dict[str, Sequence[Any]]:
    placed = results.placed(number)
    columns, size = placed.columns, len(placed.columns)
    return {
        "document": [names[number]] * size,
        "number": range(size),
        "start": placed.starts.tolist(),
        "end": placed.ends.tolist(),
        "text": placed.surfaces,
        **_named(results, columns),
        "score": np.round(columns.scores.astype(np.float64), 4).tolist(),
        "status": [Status(status).name.lower() for status in columns.status.tolist()],
        "blocked": [BLOCKERS[blocked] for blocked in columns.blocked.tolist()],
        "winner": columns.winners.tolist(),
        "criterion": [_criterion(criterion) for criterion in columns.criterion.tolist()],
    }


def _named(results: Results, columns: RunColumns) -> dict[str, Sequence[Any]]:
    pairs = list(zip(columns.sources.tolist(), columns.names.tolist(), strict=True))
    return {
        "label": [results.label(source, name) for source, name in pairs],
        "source": [results.sources[source].name for source, _name in pairs],
        "name": [results.names(source).surfaces[name] for source, name in pairs],
    }


def _criterion(number: int) -> str:
    return CRITERIA[number] if number < len(CRITERIA) else "order" if number == TIE else ""


def source_frame(lists: Lists, runs: Runs, run: StoredRun | None) -> pd.DataFrame:
    """One row a source of the project, with what the run found for it."""
    import pandas as pd  # noqa: PLC0415

    counts = runs.counts(run.id) if run is not None else {}
    rows = [(stored.name, stored.label, stored.names, *counts.get(stored.id, (0,) * 5)) for stored in lists.all()]
    return pd.DataFrame(rows, columns=list(SOURCE_COLUMNS))


def name_frame(lists: Lists, runs: Runs, run: StoredRun | None) -> pd.DataFrame:
    """One row a name of every source, with how often it matched in the run and how often that was kept."""
    import pandas as pd  # noqa: PLC0415

    parts = []
    for stored in lists.all():
        names = lists.load(stored.name)
        found = np.zeros((2, len(names)), np.int64)
        if run is not None:
            numbers, *counts = runs.name_counts(run.id, stored.id)
            known = numbers < len(names)
            found[:, numbers[known]] = np.array(counts)[:, known]
        labels = names.labels if names.labels is not None else [stored.label] * len(names)
        columns = ([stored.name] * len(names), names.surfaces, labels, names.ids, names.is_alias, found[0], found[1])
        parts.append(pd.DataFrame(dict(zip(NAME_COLUMNS, columns, strict=True))))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(NAME_COLUMNS))
    return _typed(frame, ("source", "label"))


def _typed(frame: pd.DataFrame, categories: Sequence[str]) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(categories, "category"))
