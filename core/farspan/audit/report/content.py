"""What a report says, as plain values: what JSON holds, and what the pages are made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import PurePath
from typing import Any, Final

import numpy as np
import orjson

from farspan.audit.confidence import fitted_risk
from farspan.audit.errors import errors_of
from farspan.audit.estimates import sample_precision
from farspan.audit.live import LiveRun, make_live
from farspan.audit.population import Place
from farspan.audit.reading import ReadText
from farspan.audit.samples import SPANS, Sample, place_of, samples, verdicts
from farspan.audit.sources import describe_sources
from farspan.audit.storing import Measurements, measure, measured_json
from farspan.errors import ProjectError
from farspan.fingerprint import list_hash
from farspan.job import SILENT, Job
from farspan.noise.causes import ErrorCase
from farspan.noise.effects import Tried
from farspan.noise.frequent import frequent_errors_of
from farspan.noise.missed import Missed, missed_entities
from farspan.noise.signals import signals
from farspan.store.lists import StoredSource
from farspan.store.project import Project
from farspan.store.work import Judgement

RISKIEST: Final = 50
MISSED: Final = 50
CASES: Final = 200
PROPOSALS: Final = 15
STEPS: Final = 20

Values = dict[str, Any]


def gather(project: Project, job: Job = SILENT) -> Values:
    """Everything known of the newest run. Raises ProjectError before the first run."""
    found = measure(project, job)
    if found is None:
        remedy = f"make one with `farspan project run {project.path.name}`"
        raise ProjectError("the project has no run yet", where=project.database.where, remedy=remedy)
    live, why_not = _live(project, job)
    return {
        "farspan": version("farspan"),
        "project": project.path.name,
        "run": _run(project, found),
        "measured": _measured(project, found, live, job),
        "signals": _signals(project, live, job) if live is not None else {"missing": why_not},
        "counts": describe_sources(project, live, job),
        "record": _record(project, found),
    }


def _live(project: Project, job: Job) -> tuple[LiveRun | None, str]:
    try:
        return make_live(project, job), ""
    except ProjectError as error:
        return None, f"{error.what}: make a new run to see what depends on them"


def _run(project: Project, found: Measurements) -> Values:
    stored = project.runs.get(found.run)
    report = stored.report
    return {
        "number": stored.id,
        "made_at": stored.made_at,
        "rule_set": found.sha256,
        "tokenizer": stored.tokenizer,
        "in_force": project.rules.number_in_force() == stored.rule_set_id,
        "documents": report.get("documents"),
        "sentences": report.get("sentences"),
        "tokens": report.get("tokens"),
        "spans": stored.kept,
        "by_label": dict(report.get("by_label", {})),
        "edits": found.edits,
        "farspan": report.get("farspan"),
    }


def _measured(project: Project, found: Measurements, live: LiveRun | None, job: Job) -> Values:
    cases, tried = errors_of(project, live, job=job) if live is not None else ([], [])
    names = [document.name for document in project.documents.all()]
    return {
        "estimates": [measured_json(one, found.sha256) for one in found.all()],
        "curves": _curves(project),
        "sentences": _read(found.sentences),
        "gold": _read(found.gold),
        "causes": _causes(cases),
        "cases": [describe_case(case, names) for case in cases[:CASES]],
        "errors": len(cases),
        "tried": len(tried),
        "proposals": [describe_proposal(one) for one in tried[:PROPOSALS]],
        "judges": _judges(project),
    }


def _read(read: ReadText | None) -> Values | None:
    if read is None:
        return None
    errors = frequent_errors_of(read.comparison, read.tokens)
    return {
        "unit": read.unit,
        "read": read.units,
        "drawn": read.drawn,
        "samples": list(read.samples),
        "scores": {mode: asdict(one) for mode, one in read.scores.overall.items()},
        "noise": read.analysis.as_dict(),
        "frequent": {
            "wrong_tokens": errors.wrong_tokens,
            "missed_tokens": errors.missed_tokens,
            "precision": [asdict(one) for one in errors.precision],
            "recall": [asdict(one) for one in errors.recall],
        },
    }


def _curves(project: Project) -> list[Values]:
    """For each sample of spans, how the estimate moved as verdicts came in."""
    known = verdicts(project)
    return [
        {"sample": one.number, "label": one.label, "list": one.source, "steps": steps}
        for one in samples(project, SPANS)
        if (steps := _steps(one, known))
    ]


def _steps(sample: Sample, known: Mapping[Place, Judgement]) -> list[Values]:
    mine = sorted((known[place] for place in map(place_of, sample.units) if place in known), key=lambda one: one.id)
    counts = sorted({max(2, round(len(mine) * step / STEPS)) for step in range(1, STEPS + 1)} if len(mine) > 1 else ())
    found = []
    for count in counts:
        first = {(one.document, one.start, one.end, one.label): one for one in mine[:count]}
        estimate = sample_precision(sample, first).estimate
        if estimate.interval is not None:
            found.append(estimate.as_dict())
    return found


def _causes(cases: Sequence[ErrorCase]) -> list[Values]:
    counts: dict[tuple[str, str], list[ErrorCase]] = {}
    for case in cases:
        counts.setdefault((case.kind, str(case.cause)), []).append(case)
    ordered = sorted(counts.items(), key=lambda item: (item[0][0] != "wrong", -len(item[1]), item[0]))
    return [
        {"kind": kind, "cause": cause, "count": len(found), "examples": list(dict.fromkeys(case.text for case in found))[:5]}
        for (kind, cause), found in ordered
    ]


def describe_case(case: ErrorCase, names: Sequence[str]) -> Values:
    """An error with its cause, in plain values. names: what the documents are called, in order."""
    return {
        "kind": case.kind,
        "cause": str(case.cause),
        "document": names[case.document],
        "start": case.start,
        "end": case.end,
        "text": case.text,
        "given": case.given,
        "true": case.true,
        "list": case.source,
        "name": case.name,
        "why": case.why,
    }


def describe_proposal(one: Tried) -> Values:
    """A rule change with what it does, in plain values."""
    effect = one.effect
    said: Values = {"change": str(one.proposal), "problem": one.problem}
    said["list"], said["option"], said["value"] = one.proposal.source, one.proposal.option, one.proposal.value
    said["causes"] = {str(cause): count for cause, count in one.proposal.causes.items()}
    if effect is not None:
        held_out = effect.held_out
        said |= {
            "wrong": effect.wrong,
            "right": effect.right,
            "precision": effect.precision.as_dict(),
            "recall": effect.recall.as_dict(),
            "f1": effect.f1.as_dict(),
            "unjudged": {"added": effect.unjudged_added, "removed": effect.unjudged_removed},
            "held_out": None if held_out is None else {"sign": held_out.sign, "gain": held_out.gain},
            "overfits": effect.overfits,
        }
    return said


def _judges(project: Project) -> Values:
    counts: dict[str, int] = {}
    for one in project.work.judgements():
        counts[one.judge] = counts.get(one.judge, 0) + 1
    return dict(sorted(counts.items()))


def _signals(project: Project, live: LiveRun, job: Job) -> Values:
    """The riskiest spans that nobody has judged, and the risks of all in order."""
    signs = signals(live.run, live.session.lexicon, job)
    fitted = fitted_risk(project, live, signs)
    names = {stored.id: stored.name for stored in project.documents.all()}
    known = verdicts(project)
    spans, rows = live.run.spans, live.kept
    starts, ends = live.run.characters_of(slice(None))
    documents = live.run.corpus.document_of(spans.starts)
    queue = []
    for row in rows[np.argsort(-fitted.values[rows], kind="stable")].tolist():
        number, start, end = int(documents[row]), int(starts[row]), int(ends[row])
        label = live.run.rules.labels[spans.label_ids[row]]
        if (live.documents[number], start, end, label) in known:
            continue
        signal = signs.of_span(row)
        text = live.run.corpus.documents[number].text
        queue.append(
            {
                "document": names[live.documents[number]],
                "start": start,
                "end": end,
                "text": text[start:end],
                "label": label,
                "signal": float(fitted.values[row]),
                "reasons": list(signal.reasons),
            }
        )
        if len(queue) == RISKIEST:
            break
    ordered = np.sort(fitted.values[rows])[::-1]
    places = np.linspace(0, max(len(ordered) - 1, 0), min(len(ordered), 200)).round().astype(np.int64)
    return {
        "not_an_estimate": True,
        "ordered_by": fitted.method,
        "because": fitted.why,
        "spans": len(rows),
        "riskiest": queue,
        "curve": ordered[places].tolist(),
        "missed": [_missed(one, live, names) for one in missed_entities(live.run, MISSED, job)],
    }


def _missed(one: Missed, live: LiveRun, names: Mapping[int, str]) -> Values:
    return {
        "document": names[live.documents[one.document]],
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "label": one.label,
        "signal": one.value,
        "times": one.count,
        "reasons": list(one.reasons),
    }


def _list(project: Project, stored: StoredSource) -> Values:
    names = project.lists.load(stored.name)
    return {
        "name": stored.name,
        "label": stored.label,
        "names": stored.names,
        "sha256": list_hash(names),
        "origin": PurePath(stored.origin).name if "://" not in stored.origin else stored.origin,
        "imported_from": dict(names.origin),  # the knowledge base, where it is from one
    }


def _record(project: Project, found: Measurements) -> Values:
    run = project.runs.get(found.run)
    digest = hashlib.sha256()
    for document in project.documents.all():
        digest.update(hashlib.sha256(project.documents.text(document.id).encode("utf-8", "surrogatepass")).digest())
    return {
        "rules": orjson.loads(project.rules.get(run.rule_set_id).to_json()),
        "texts": {"documents": len(project.documents.all()), "sha256": digest.hexdigest()},
        "lists": [_list(project, stored) for stored in project.lists.all()],
        "samples": [
            {
                "sample": design.details.get("extends") or design.id,
                "method": design.method,
                "label": design.details.get("label", ""),
                "list": design.details.get("source", ""),
                "population": design.population,
                "drawn": design.drawn,
                "seed": design.seed,
                "made_at": design.made_at,
                "rule_set": project.rules.sha256(design.rule_set) if design.rule_set is not None else None,
            }
            for design in project.audits.designs()
        ],
        "stored": [
            {
                "number": one.id,
                "method": one.method,
                "made_at": one.made_at,
                "rule_set": project.rules.sha256(one.rule_set),
                "stale": one.stale,
                "estimates": one.figures.get("estimates", []),
            }
            for one in project.audits.estimates()
        ],
    }
