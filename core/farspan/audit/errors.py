"""The errors that people's work on a project shows, each with its cause, and rule changes tried on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from farspan.audit.live import LiveRun, make_live
from farspan.audit.reading import gold_documents
from farspan.audit.samples import verdicts
from farspan.job import SILENT, Job
from farspan.model import Document, LongArray
from farspan.noise.causes import ErrorCase
from farspan.noise.effects import Tried, errors_and_proposals
from farspan.noise.evidence import Evidence, Verdict, gold_evidence, joined_evidence, judged_evidence, line_starts
from farspan.noise.proposals import EVERY, Proposal
from farspan.store.history import Operation
from farspan.store.project import Project
from farspan.store.work import Judgement


def evidence_of(project: Project, live: LiveRun) -> Evidence:
    """Everything that people said of the texts: gold documents and read sentences whole, verdicts elsewhere.

    Verdicts count whether their span was drawn or found by chance: errors are looked at one by one, nothing is estimated here.
    """
    numbers = {number: place for place, number in enumerate(live.documents)}
    corpus = live.run.corpus
    read = _read(project, live, numbers)
    gold = gold_evidence(corpus, _gold(project, live, numbers))
    known = [one for one in verdicts(project).values() if one.document in numbers]
    said = [_verdict(one, numbers[one.document]) for one in known if one.label or one.right_label]  # or it speaks of no span
    return joined_evidence(replace(gold, read=_merged(read)), judged_evidence(corpus, said))


def _gold(project: Project, live: LiveRun, numbers: dict[int, int]) -> Iterator[Document]:
    """The documents that hold gold spans, with these."""
    for number in sorted({gold.document for gold in project.work.gold() if gold.attached and gold.document in numbers}):
        document = next(project.documents.read([number]))
        same = live.run.corpus.documents[numbers[number]]
        yield replace(same, spans=[span for span in document.spans if span.kind == "gold"])


def _read(project: Project, live: LiveRun, numbers: dict[int, int]) -> list[tuple[int, int]]:
    """Where on the line people have read everything."""
    bases = line_starts(live.run.corpus)
    found = []
    for document in gold_documents(project):
        base = int(bases[numbers[document]])
        found.append((base, base + len(live.run.corpus.documents[numbers[document]].text)))
    for region in project.work.regions():
        if region.attached and region.document in numbers:
            base = int(bases[numbers[region.document]])
            found.append((base + region.start, base + region.end))
    return found


def _merged(stretches: list[tuple[int, int]]) -> LongArray:
    """The stretches in order, those that touch or overlap as one."""
    joined: list[list[int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return np.array(joined, np.int64).reshape(-1, 2)


def _verdict(one: Judgement, document: int) -> Verdict:
    right = None if one.verdict == "unsure" else one.verdict == "right"
    instead: tuple[tuple[int, int, str], ...] = ()
    if one.verdict == "wrong" and one.right_label:
        start = one.start if one.right_start is None else one.right_start
        end = one.end if one.right_end is None else one.right_end
        instead = ((start, end, one.right_label),) if (start, end, one.right_label) != (one.start, one.end, one.label) else ()
    return Verdict(document, one.start, one.end, one.label, right, instead)


def errors_of(
    project: Project, live: LiveRun | None = None, *, most: int = 60, job: Job = SILENT
) -> tuple[list[ErrorCase], list[Tried]]:
    """Every error with its cause, and the proposed rule changes tried on what was judged, the best first; both may be empty.

    The nested layer does not count: rows are those of the run without it.
    """
    live = live or make_live(project, job)
    evidence = evidence_of(project, live)
    if not len(evidence.judged) and not len(evidence.read):
        return [], []
    flat = replace(live.rules.policy, nested=False)  # people judge and read the top layer
    return errors_and_proposals(live.session, live.sources, flat, evidence, lang=live.rules.lang, most=most, job=job)


def take_proposal(project: Project, proposal: Proposal) -> Operation | None:
    """The proposed change put in force, as an action that can be undone; None if the rules have it already."""
    rules = project.rules.in_force()
    for stored in project.lists.all():
        if proposal.source in {EVERY, stored.name}:
            options = rules.of(stored.name)
            value = proposal.value
            if isinstance(value, tuple):
                value = tuple(dict.fromkeys((*getattr(options, proposal.option), *value)))
            rules = rules.with_source(stored.name, options.changed({proposal.option: value}))
    return project.rules.put_in_force(rules, f"Proposed rule: {proposal}")
