"""The newest run of a project made again in memory, where its texts, lists and candidates can be asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from farspan.errors import ProjectError
from farspan.job import SILENT, Job
from farspan.model import Document, LongArray
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.spans import KINDS
from farspan.store.columns import RunColumns
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan.store.runs import StoredRun
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer


@dataclass(frozen=True, slots=True, eq=False)
class LiveRun:
    """A stored run and what it is made of. documents: the number in the project of each document of the corpus.

    sources: all lists with the options of the run's rules, those that are switched off too.
    """

    stored: StoredRun
    run: Run
    session: Session
    rules: Rules
    sources: Sequence[Source]
    documents: Sequence[int]

    @property
    def kept(self) -> LongArray:
        """int64: the rows of `run.spans` that are kept, the nested layer left out; in the order of the text."""
        return np.flatnonzero(self.run.spans.kinds == KINDS.index("kept"))


def newest_run(project: Project) -> StoredRun:
    """The newest run. Raises ProjectError before the first."""
    stored = project.runs.latest()
    if stored is None:
        remedy = f"make one with `farspan project run {project.path.name}`"
        raise ProjectError("the project has no run yet", where=project.database.where, remedy=remedy)
    return stored


def make_live(project: Project, job: Job = SILENT) -> LiveRun:
    """The newest run made again. Raises ProjectError where texts or lists have changed since: it would be another one."""
    stored = newest_run(project)
    rules = project.rules.get(stored.rule_set_id)
    sources = [Source(project.lists.load(one.name), rules.of(one.name)) for one in project.lists.all()]
    numbers = [one.id for one in project.documents.all()]
    session = _session(project, numbers, rules, stored, job)
    run = session.run(sources, rules.policy, job)
    live = LiveRun(stored, run, session, rules, sources, numbers)
    if not _is_same(project, live):
        remedy = f"make a new run with `farspan project run {project.path.name}`"
        raise ProjectError("texts or lists have changed since the newest run", where=project.database.where, remedy=remedy)
    return live


def _session(project: Project, numbers: Sequence[int], rules: Rules, stored: StoredRun, job: Job) -> Session:
    """The texts with the tokens of the run; names are cut as the run cut them."""
    words = project.tokens.vocabulary()
    documents: list[Document] = []
    for number, document in zip(numbers, project.documents.read(numbers), strict=True):
        job.progress(len(documents), len(numbers), "reading texts")
        tokens = document.tokens or project.tokens.known(stored.tokenizer, number, words)
        documents.append(replace(document, tokens=tokens))
    brings_tokens = bool(numbers) and next(project.documents.read(numbers[:1])).tokens is not None
    own = "whitespace" if rules.tokenizer == "given" else rules.tokenizer
    corpus = build_corpus(documents, make_tokenizer(own, rules.lang, words), rules.lang)
    names = rules.name_tokenizer or ("whitespace" if brings_tokens else rules.tokenizer)
    return Session(corpus, Lexicon(make_tokenizer(names, rules.lang, words), rules.lang))


def _is_same(project: Project, live: LiveRun) -> bool:
    """Whether the run found what the stored one has."""
    numbers = {one.name: one.id for one in project.lists.all()}
    active = [numbers[source.name] for source in live.run.rules.sources]
    if active != [source.id for source in live.stored.sources] or len(live.run.contest) != live.stored.candidates:
        return False
    made = RunColumns.of(live.run, live.documents, active)
    stored = project.runs.load(live.stored.id)
    filled = made.documents[made.offsets[1:] > made.offsets[:-1]]
    if stored.documents.tolist() != filled.tolist():
        return False
    columns = ("starts", "ends", "names", "sources", "status")
    return all((getattr(stored, name) == getattr(made, name)).all() for name in columns)
