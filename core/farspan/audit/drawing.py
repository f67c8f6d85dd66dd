"""Drawing what a person should judge or read: seeded, without replacement, with known probabilities, stored with the project."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from farspan.audit.live import LiveRun, make_live, newest_run
from farspan.audit.population import Population, population_of
from farspan.audit.samples import SENTENCES, SPANS, Sample, place_of, sample, samples
from farspan.errors import InputError, ProjectError
from farspan.job import SILENT, Job
from farspan.model import IntArray, LongArray
from farspan.noise.clusters import FloatArray
from farspan.noise.sampling import AT_LEAST, STRATA, AuditSample, draw_audit, extend_audit, risk_strata
from farspan.noise.signals import RunSignals, signals
from farspan.store.audits import Design, Unit
from farspan.store.project import Project
from farspan.store.results import Results
from farspan.wording import counted

MOST_REASONS: Final = 4


def draw_spans(
    project: Project,
    size: int,
    *,
    label: str = "",
    source: str = "",
    seed: int | None = None,
    live: LiveRun | None = None,
    job: Job = SILENT,
) -> Sample:
    """A sample of `size` kept spans of the newest run, stratified by risk: of all, of one label, of one list.

    If the project has a sample of the very same spans, the new one extends it, and no span is drawn twice. seed: by default
    how many samples there are. Raises InputError where nothing is left to draw, ProjectError without an up-to-date run.
    """
    results = _results(project)
    population = _current(project, results).where(label, source)
    live = live or make_live(project, job)
    signs = signals(live.run, live.session.lexicon, job)
    rows = live.kept[population.rows]
    risk = signs.risks[rows]
    before = _same(project, SPANS, population.sha256, label, source)
    chosen_seed = _seed(project, seed)
    drawn = _draw(population, risk, before, size, chosen_seed)
    details = {
        "run": results.run.id,
        "label": label,
        "source": source,
        "population": population.sha256,
        "strata": drawn.sizes.tolist(),
        "cuts": _cuts(before, size),
        "extends": before.number if before else None,
        "notes": [_note(population, signs, item, int(rows[item])) for item in drawn.items.tolist()],
    }
    design = Design(SPANS, len(population), len(drawn), chosen_seed, results.run.rule_set_id, details)
    columns = zip(drawn.items.tolist(), drawn.inclusion.tolist(), drawn.strata.tolist(), strict=True)
    units = [_unit(population, *values) for values in columns]
    return sample(project, project.audits.draw(design, units))


def _results(project: Project) -> Results:
    newest_run(project)
    results = project.results()
    assert results is not None  # noqa: S101  (there is a run)
    return results


def _current(project: Project, results: Results) -> Population:
    population = population_of(results)
    if population.outdated:
        what = f"changed since the newest run: {counted(population.outdated, 'document')}"
        remedy = f"make a new run with `farspan project run {project.path.name}`"
        raise ProjectError(what, where=project.database.where, remedy=remedy)
    return population


def _same(project: Project, method: str, population: str, label: str = "", source: str = "") -> Sample | None:
    """The sample that was drawn from the same things, if there is one."""
    found = [one for one in samples(project, method) if (one.population, one.label, one.source) == (population, label, source)]
    return found[-1] if found else None


def _seed(project: Project, seed: int | None) -> int:
    return len(project.audits.designs()) if seed is None else seed


def _cuts(before: Sample | None, size: int) -> int:
    """How many strata were asked for."""
    return int(before.first.details["cuts"]) if before else max(1, min(STRATA, size // AT_LEAST))


def _draw(population: Population, risk: FloatArray, before: Sample | None, size: int, seed: int) -> AuditSample:
    if not len(population):
        raise InputError("there is no kept span to draw from", remedy="choose another label or list, or change the rules")
    if before is None:
        return draw_audit(risk, size, seed)
    known = {place_of(unit) for unit in before.units}
    drawn = np.fromiter((place in known for place in population.places), np.bool_, len(population))
    if drawn.all():
        raise InputError(f"all {len(population):,} spans are drawn already", remedy="judge them: `farspan judge`")
    return extend_audit(risk_strata(risk, _cuts(before, size), AT_LEAST), drawn, size, seed)


def _note(population: Population, signs: RunSignals, item: int, row: int) -> Mapping[str, Any]:
    """What a judge may want to know of a span; row: of the run's spans."""
    signal = signs.of_span(row)
    source = population.source_names[population.sources[item]]
    reasons = signal.reasons[:MOST_REASONS]
    return {"source": source, "name": population.surfaces[item], "risk": round(signal.value, 6), "reasons": reasons}


def _unit(population: Population, item: int, inclusion: float, stratum: int) -> Unit:
    document, start, end, label = population.places[item]
    return Unit(document, start, end, min(inclusion, 1.0), label, str(stratum))


def draw_sentences(project: Project, size: int, *, seed: int | None = None, job: Job = SILENT) -> Sample:
    """A sample of `size` sentences, each as likely as any other, to be read whole; a second one extends the first.

    Raises InputError where nothing is left to draw, ProjectError without a run.
    """
    run = newest_run(project)
    bounds, population = sentence_bounds(project, run.tokenizer, job)
    before = _same(project, SENTENCES, population)
    known = {(unit.document, unit.start, unit.end) for unit in before.units} if before else set()
    free = [row for row, place in enumerate(bounds) if place not in known]
    if size < 1 or not free:
        raise InputError(
            "there is no sentence left to draw" if size > 0 else f"a sample of {size} is not possible",
            remedy="read those that are drawn: `farspan judge`" if size > 0 else "draw at least one",
        )
    chosen_seed = _seed(project, seed)
    order = np.random.default_rng(chosen_seed).permutation(len(free))[:size]
    probability = (len(known) + len(order)) / len(bounds)
    details = {"run": run.id, "population": population, "extends": before.number if before else None}
    design = Design(SENTENCES, len(bounds), len(order), chosen_seed, run.rule_set_id, details)
    units = [Unit(document, start, end, probability) for document, start, end in (bounds[free[row]] for row in order.tolist())]
    return sample(project, project.audits.draw(design, units))


def sentence_bounds(project: Project, tokenizer: str, job: Job = SILENT) -> tuple[list[tuple[int, int, int]], str]:
    """(document, start, end) of every sentence, and the hash of the texts and tokens they are of."""
    stored = project.documents.all()
    digest = hashlib.sha256(tokenizer.encode())
    bounds: list[tuple[int, int, int]] = []
    for place, document in enumerate(stored):
        job.progress(place, len(stored), "counting sentences")
        starts, ends = sentences_of(project, tokenizer, document.id)
        bounds += [(document.id, start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        digest.update(f"{document.id}:{document.text_id}".encode())
    return bounds, digest.hexdigest()


def sentences_of(project: Project, tokenizer: str, document: int) -> tuple[IntArray, IntArray]:
    """Where the sentences of a document begin and end, in code points. Raises ProjectError if it was never tokenised."""
    starts, ends, firsts = project.tokens.columns(tokenizer, document)
    lasts: LongArray = np.append(firsts[1:], len(starts))[: len(firsts)] - 1
    return starts[firsts], ends[lasts]
