"""Confidence in single spans, from a model fitted on the project's verdicts: a signal that orders spans, not an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

import numpy as np
import orjson

from farspan.audit.live import LiveRun, make_live
from farspan.audit.population import population_of
from farspan.audit.samples import verdicts
from farspan.errors import InputError
from farspan.job import SILENT, Job
from farspan.noise.fitted import FittedRisk, fit_risk
from farspan.noise.signals import RunSignals, signals
from farspan.store.project import Project

Key = tuple[str, int, int, str]
"""Name of the document, start, end, label."""


def fitted_risk(project: Project, live: LiveRun, signs: RunSignals) -> FittedRisk:
    """The risk of each span of the run by what was judged; the mean of ranks where too little is."""
    results = project.results(live.stored.id)
    assert results is not None  # noqa: S101  (the run is there)
    known = verdicts(project)
    said = [known.get(place) for place in population_of(results).places]
    pairs = [(row, one) for row, one in zip(live.kept.tolist(), said, strict=True) if one is not None and one.verdict != "unsure"]
    judged = np.array([row for row, _ in pairs], np.int64)
    wrong = np.array([one.verdict == "wrong" for _, one in pairs], np.bool_)
    return fit_risk(signs.features, signs.risks, judged, wrong, signs.signs)


def confidences(project: Project, job: Job = SILENT) -> Mapping[Key, float]:
    """1 - the fitted risk of each kept span of the newest run. Raises InputError where too little is judged to fit a model."""
    live = make_live(project, job)
    signs = signals(live.run, live.session.lexicon, job)
    fitted = fitted_risk(project, live, signs)
    if fitted.method != "logistic regression":
        raise InputError(
            f"there is no model of confidence: {fitted.why}",
            where=project.database.where,
            remedy="judge more with `farspan judge`, or leave out --confidence",
        )
    starts, ends = live.run.characters_of(slice(None))
    spans, documents = live.run.spans, live.run.corpus.documents
    places = live.run.corpus.document_of(spans.starts)
    return {
        (
            documents[places[row]].id,
            int(starts[row]),
            int(ends[row]),
            live.run.rules.labels[spans.label_ids[row]],
        ): 1 - float(fitted.values[row])
        for row in live.kept.tolist()
    }


class ConfidentStream:
    """Takes lines of JSONL and passes them on with `confidence` on each span that has one; edited spans have none."""

    def __init__(self, stream: IO[bytes], known: Mapping[Key, float]) -> None:
        self._stream = stream
        self._known = known

    def write(self, line: bytes) -> int:
        """Pass on one line."""
        record = orjson.loads(line)
        for span in record["spans"]:
            value = self._known.get((record["id"], span["start"], span["end"], span["label"]))
            if value is not None:
                span["confidence"] = round(value, 4)
        return self._stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
