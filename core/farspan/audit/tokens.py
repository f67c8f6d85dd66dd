"""Recall without reading sentences: unlabelled tokens, drawn by how much they look like entities, and looked at one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from farspan.audit.estimates import Measured, Precision
from farspan.audit.live import LiveRun, make_live
from farspan.audit.population import Place, Population
from farspan.audit.samples import TOKENS, Sample, counted, place_of, sample, samples, verdicts
from farspan.job import SILENT, Job
from farspan.noise.recall import TokenAudit, audited_recall, draw_tokens
from farspan.noise.tagger import token_scores
from farspan.store.audits import Design, Unit
from farspan.store.project import Project
from farspan.store.work import Judgement

DESIGN: Final = "unlabelled tokens stratified by score"
INTERVAL: Final = "posterior of what is missed, joined with that of precision"


def draw_unlabelled(
    project: Project, size: int, *, seed: int | None = None, live: LiveRun | None = None, job: Job = SILENT
) -> Sample:
    """A sample of `size` tokens to which the newest run gives no label, most of them such as look like entities to a tagger.

    Raises ProjectError without an up-to-date run, OptionError for a size below 1.
    """
    live = live or make_live(project, job)
    scores = token_scores(live.run, job)
    chosen_seed = len(project.audits.designs()) if seed is None else seed
    drawn = draw_tokens(scores.scores.astype(np.float64), scores.labelled, size, chosen_seed)
    corpus = live.run.corpus
    documents = corpus.document_of(drawn.tokens)
    details = {
        "run": live.stored.id,
        "population": _labelled_hash(live),
        "strata": drawn.sizes.tolist(),
        "weights": drawn.weights.tolist(),
        "notes": [
            {"reasons": list(scores.reasons(token)), "risk": float(scores.scores[token])} for token in drawn.tokens.tolist()
        ],
    }
    design = Design(TOKENS, int(drawn.sizes.sum()), len(drawn), chosen_seed, live.stored.rule_set_id, details)
    columns = (documents, corpus.starts[drawn.tokens], corpus.ends[drawn.tokens], drawn.inclusion, drawn.strata)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    units = [Unit(live.documents[d], start, end, chance, "", str(stratum)) for d, start, end, chance, stratum in rows]
    return sample(project, project.audits.draw(design, units))


def _labelled_hash(live: LiveRun) -> str:
    starts, ends = live.run.characters_of(live.kept)
    digest = hashlib.sha256(np.asarray(live.run.corpus.document_of(live.run.spans.starts[live.kept]), "<i8").tobytes())
    digest.update(np.asarray(starts, "<i8").tobytes() + np.asarray(ends, "<i8").tobytes())
    return digest.hexdigest()


def unlabelled_recall(project: Project, precision: Precision) -> Measured | None:
    """Recall over all labels from the newest sample of tokens that speaks of the newest run; None where that is not known.

    It needs judged spans too: what is found is their precision times how many there are. Entities that lie under wrong spans are
    missed too; how many they are is what judges said of wrong spans (the right label, the right border).
    """
    population = precision.population
    if population is None or precision.run is None:
        return None
    known = verdicts(project)
    for one in reversed(samples(project, TOKENS)):
        if one.first.details["run"] == precision.run.id:
            parts = _parts(project, one, known, population, precision.run.tokenizer)
            if any(part is not None for part in parts):
                return _measured(one, parts, known, precision, len(population))
    return None


def _measured(
    drawn: Sample, parts: Sequence[float | None], known: dict[Place, Judgement], precision: Precision, spans: int
) -> Measured:
    first = drawn.first
    sizes, weights = (np.array(first.details[key]) for key in ("strata", "weights"))
    strata = np.array([int(unit.stratum) for unit in drawn.units], np.int32)
    inclusion = np.array([unit.probability for unit in drawn.units])
    audit = TokenAudit(np.arange(len(strata)), strata, inclusion, sizes.astype(np.int64), weights.astype(np.float64), first.seed)
    found = audited_recall(audit, parts, precision.of().estimate, spans, beside=precision.beside()).recall
    unsure = sum(one is not None and one.verdict == "unsure" for one in counted(drawn, known))
    open_ = sum(place_of(unit) not in known for unit in drawn.units)
    return Measured("recall", "", "", found, unsure, open_, "tokens", DESIGN, INTERVAL, (drawn.number,), int(sizes.sum()), 1.0)


def _parts(
    project: Project, drawn: Sample, known: dict[Place, Judgement], population: Population, tokenizer: str
) -> list[float | None]:
    """What each unit counts of a missed entity: 1 / its unlabelled tokens; 0 for none, None for unsure or open."""
    borders: dict[int, list[tuple[int, int]]] = {}
    rows = zip(population.documents.tolist(), population.starts.tolist(), population.ends.tolist(), strict=True)
    for document, start, end in rows:
        borders.setdefault(document, []).append((start, end))
    parts: list[float | None] = []
    for unit, said in zip(drawn.units, counted(drawn, known), strict=True):
        if said is None or said.verdict == "unsure":
            parts.append(None)
        elif said.verdict == "right":
            parts.append(0.0)
        else:
            parts.append(1 / _open_tokens(project, said, borders.get(unit.document, []), tokenizer))
    return parts


def _open_tokens(project: Project, said: Judgement, spans: Sequence[tuple[int, int]], tokenizer: str) -> int:
    """How many tokens of the missed entity carry no label, at least the one that was looked at."""
    first = said.start if said.right_start is None else said.right_start
    last = said.end if said.right_end is None else said.right_end
    starts, ends, _sentences = project.tokens.columns(tokenizer, said.document)
    inside = np.flatnonzero((starts < last) & (ends > first))
    tokens = zip(starts[inside].tolist(), ends[inside].tolist(), strict=True)
    near = [(start, end) for start, end in spans if start < last and end > first]
    return max(1, sum(not any(start < b and end > a for a, b in near) for start, end in tokens))
