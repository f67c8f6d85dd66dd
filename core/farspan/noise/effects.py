"""What proposed rule changes do, tried on the judged sample: counted, with paired intervals, and on folds that had no say.

Every change is run by the session over the same corpus, so that only what it touches is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from farspan.errors import FarspanError
from farspan.job import SILENT, Job
from farspan.model import LongArray
from farspan.noise.causes import ErrorCase, find_causes
from farspan.noise.changes import Effect, count_kinds, effect_of, folds_of, held_out_gain
from farspan.noise.clusters import FloatArray
from farspan.noise.evidence import UNKNOWN, Evidence, Outcome, outcome_of
from farspan.noise.proposals import Proposal, Sample, Verdicts, learned_value, propose
from farspan.noise.scoring import LabelledSpans, is_found
from farspan.options import OPTIONS, ConflictPolicy
from farspan.run import Run, Source
from farspan.session import Session


@dataclass(frozen=True, slots=True)
class Tried:
    """A proposal and what it does. problem: why it could not be tried, where it could not."""

    proposal: Proposal
    effect: Effect | None
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A corpus, its rules and the evidence, on which rule changes are tried. before: the run that they change."""

    session: Session
    sources: Sequence[Source]
    policy: ConflictPolicy
    evidence: Evidence
    before: Run

    def sample(self, cases: Sequence[ErrorCase]) -> Sample:
        """What proposals are made from."""
        return Sample(cases, list(_verdicts(self.before, self.evidence)))


def errors_and_proposals(
    session: Session,
    sources: Sequence[Source],
    policy: ConflictPolicy,
    evidence: Evidence,
    *,
    lang: str = "xx",
    most: int = 60,
    job: Job = SILENT,
) -> tuple[list[ErrorCase], list[Tried]]:
    """Every error with its cause, and every proposal tried, the best first."""
    before = session.run(sources, policy, job)
    trial = Trial(session, sources, policy, evidence, before)
    cases = find_causes(before, evidence, sources, lang=lang, job=job)
    return cases, measure(trial, propose(trial.sample(cases), sources, lang=lang, most=most), cases, job)


def measure(trial: Trial, proposals: Sequence[Proposal], cases: Sequence[ErrorCase] = (), job: Job = SILENT) -> list[Tried]:
    """Each proposal with its effect, the best first; those that change nothing anybody judged come last.

    cases: the errors that learned values come from; without them those are not cross-validated. Of numbers for one option that do
    the same, the first alone is returned.
    """
    sample, outcome = trial.sample(cases), outcome_of(trial.before, trial.evidence)
    tried = []
    for number, proposal in enumerate(proposals):
        job.progress(number, len(proposals), "trying changes")
        try:
            tried.append(Tried(proposal, _effect(trial, outcome, proposal, sample)))
        except FarspanError as error:  # a value that the others, or the text, do not go with
            tried.append(Tried(proposal, None, str(error)))
    return _distinct(sorted(tried, key=_merit))


def _distinct(tried: Sequence[Tried]) -> list[Tried]:
    """Of numbers for one option of one list that do the same, the first alone."""
    seen: set[tuple[str, str, int, int, int, int]] = set()
    kept = []
    for one in tried:
        effect = one.effect
        if effect is not None and OPTIONS[one.proposal.option].kind in {"number", "fraction"}:
            what = effect.wrong, effect.right, effect.unjudged_added, effect.unjudged_removed
            key = (one.proposal.source, one.proposal.option, *what)
            if key in seen:
                continue
            seen.add(key)
        kept.append(one)
    return kept


def effect_between(before: Run, after: Run, evidence: Evidence) -> Effect:
    """What the change from one run to another of the same corpus does on what was judged; not cross-validated."""
    outcomes = outcome_of(before, evidence), outcome_of(after, evidence)
    effect = effect_of(unit_counts(evidence, *outcomes), complete=evidence.is_complete)
    added, removed = _unjudged(*outcomes)
    return replace(effect, unjudged_added=added, unjudged_removed=removed)


def _merit(tried: Tried) -> tuple[bool, float, int]:
    effect = tried.effect
    if effect is None:
        return True, 0.0, 0
    gain = effect.f1.value if effect.f1.value is not None else effect.decisions.value
    return False, -(gain or 0.0), effect.unjudged_added + effect.unjudged_removed


def _effect(trial: Trial, before: Outcome, proposal: Proposal, sample: Sample) -> Effect:
    after = _outcome(trial, proposal)
    counts = unit_counts(trial.evidence, before, after)
    complete = trial.evidence.is_complete
    effect = effect_of(counts, complete=complete)
    added, removed = _unjudged(before, after)
    held_out = None
    used = np.flatnonzero(counts.any(axis=1))
    if len(used) > 1:
        fold = folds_of(len(used))
        sums = np.stack([counts[used[fold == number]].sum(axis=0) for number in range(int(fold.max()) + 1)])
        learned = _learned(trial, before, proposal, sample, used, fold) if proposal.is_learned and sample.cases else None
        held_out = held_out_gain(sums, complete=complete, learned=learned)
    return replace(effect, unjudged_added=added, unjudged_removed=removed, held_out=held_out)


def _learned(  # noqa: PLR0917  (what a fold is made of)
    trial: Trial, before: Outcome, proposal: Proposal, sample: Sample, used: LongArray, fold: LongArray
) -> list[FloatArray | None]:
    """For each fold the counts of the others and its own, with the values that the others teach."""
    source = next(one for one in trial.sources if one.name == proposal.source)
    found: list[FloatArray | None] = []
    for number in range(int(fold.max()) + 1):
        inside = fold == number
        value, causes = learned_value(proposal.option, sample.within(frozenset(used[~inside].tolist())), source)
        if not value:
            found.append(None)
            continue
        after = _outcome(trial, replace(proposal, value=value, causes=causes))
        counts = unit_counts(trial.evidence, before, after)[used]
        found.append(np.stack([counts[~inside].sum(axis=0), counts[inside].sum(axis=0)]))
    return found


def _outcome(trial: Trial, proposal: Proposal) -> Outcome:
    return outcome_of(trial.session.run(proposal.applied(trial.sources), trial.policy), trial.evidence)


def unit_counts(evidence: Evidence, before: Outcome, after: Outcome) -> FloatArray:
    """float64[units, 7]: how many judged items of each of `changes.KINDS` every unit holds."""
    labels = {label: number for number, label in enumerate(before.labels)}
    wrong = [_of_verdict(outcome, 0, labels) for outcome in (before, after)]
    added = wrong[1].where(~is_found(wrong[1], wrong[0]))
    flags = np.concatenate([
        [np.ones(len(wrong[0]), np.bool_), is_found(wrong[0], wrong[1])],
        [np.zeros(len(added), np.bool_), np.ones(len(added), np.bool_)],
    ], axis=1)  # fmt: skip
    starts = np.concatenate([wrong[0].starts, added.starts])
    return count_kinds(
        before.found, after.found, evidence.unit_of(evidence.gold.starts), flags, evidence.unit_of(starts), len(evidence.units)
    )


def _unjudged(before: Outcome, after: Outcome) -> tuple[int, int]:
    """How many spans that nobody judged a change adds and removes."""
    labels = {label: number for number, label in enumerate(before.labels)}
    one, other = (_of_verdict(outcome, UNKNOWN, labels) for outcome in (before, after))
    return int((~is_found(other, one)).sum()), int((~is_found(one, other)).sum())


def _of_verdict(outcome: Outcome, verdict: int, labels: dict[str, int]) -> LabelledSpans:
    """The spans of one verdict, their labels numbered as in `labels`, which grows."""
    table = np.array([labels.setdefault(label, len(labels)) for label in outcome.labels], np.int32)
    spans = outcome.spans.where(outcome.verdict == verdict)
    return LabelledSpans(spans.starts, spans.ends, table[spans.labels] if len(spans) else spans.labels)


def _verdicts(run: Run, evidence: Evidence) -> Iterator[Verdicts]:
    outcome = outcome_of(run, evidence)
    known = np.flatnonzero(outcome.verdict != UNKNOWN)
    candidates = run.spans.rows[outcome.rows[known]]
    units = evidence.unit_of(outcome.spans.starts[known]).tolist()
    columns = run.contest.sources[candidates].tolist(), run.contest.names[candidates].tolist()
    for source, name, row, unit in zip(*columns, known.tolist(), units, strict=True):
        names = run.rules.sources[source].entity_list
        yield Verdicts(names.name, names.surfaces[name], bool(outcome.verdict[row]), unit)
