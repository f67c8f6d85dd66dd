"""The open project and the run over it, without any Qt: what the workspace asks for on its worker threads.

`OpenProject` holds what is dear to make (corpus, session, loaded lists); each change gives a new `State`, which the window shows.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, Final, Literal

import numpy as np

from farspan.audit.errors import evidence_of
from farspan.audit.live import LiveRun, newest_run
from farspan.diff import Difference, difference
from farspan.explain import Explanation, explain
from farspan.formats import ReadReport, read_documents
from farspan.inputs import walk_inputs
from farspan.job import SILENT, Job
from farspan.model import Document, LongArray
from farspan.noise.changes import Effect
from farspan.noise.effects import effect_between
from farspan.noise.evidence import Evidence
from farspan.noise.signals import RunSignals, signals
from farspan.options import ConflictPolicy
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.store.documents import Import, StoredDocument, in_batches
from farspan.store.history import Operation
from farspan.store.lists import StoredSource
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan.store.work import Edit
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary
from farspan_app.gui.counting import ListCounts, Overview, count_gold, count_lists, overview
from farspan_app.gui.recording import record_run
from farspan_app.gui.settling import Settlement
from farspan_app.gui.versions import read_versions

Verdict = Literal["accepted", "rejected"]
Place = tuple[str, int, int, str]

_VERDICTS: Final[Mapping[str, Verdict]] = {"right": "accepted", "wrong": "rejected"}


@dataclass(frozen=True, slots=True)
class State:
    """What the window shows of a project at one moment. `judgements`: (document id, start, end, label) -> verdict."""

    path: Path
    read_only: bool = False
    documents: Sequence[Document] = ()
    stored_documents: Sequence[StoredDocument] = ()
    corpus: Corpus | None = None
    stored_sources: Sequence[StoredSource] = ()
    sources: tuple[Source, ...] = ()
    rules: Rules = field(default_factory=Rules)
    run: Run | None = None
    judgements: Mapping[Place, Verdict] = field(default_factory=dict)
    judgement_ids: Mapping[Place, tuple[int, ...]] = field(default_factory=dict)
    edits: Mapping[int, Sequence[Edit]] = field(default_factory=dict)
    versions: Mapping[str, Rules] = field(default_factory=dict)
    list_counts: Mapping[str, ListCounts] = field(default_factory=dict)
    overview: Overview = field(default_factory=Overview)
    gold_counts: LongArray = field(default_factory=lambda: np.empty(0, np.int64))
    undo: Operation | None = None
    redo: Operation | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of texts did: the counts, and what reading put right or passed over."""

    done: Import
    report: ReadReport


class OpenProject:
    """A project file with its corpus, lists and session. Everything but `read_work` is for one thread at a time."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._lists: dict[tuple[str, int, str], EntityList] = {}
        self._corpus: Corpus | None = None
        self._corpus_key: object = None
        self._session: Session | None = None
        self._evidence: tuple[Run | None, Mapping[Place, Verdict], Evidence | None] | None = None
        self._recording = threading.Lock()
        self._turn = threading.RLock()  # human work is written on one thread and undone on another
        self._judgement_ids: Mapping[Place, tuple[int, ...]] = {}
        self._edits: Mapping[int, Sequence[Edit]] = {}

    @property
    def path(self) -> Path:
        """The project file."""
        return self.project.path

    def load(self, job: Job = SILENT) -> State:
        """The whole state, made again where something changed since the last time."""
        project = self.project
        rules = project.rules.in_force()
        stored, listed = project.documents.all(), project.lists.all()
        self._load_corpus(stored, rules, job)
        sources = tuple(Source(self._list(one, job), rules.of(one.name)) for one in listed)
        run = self.run(sources, rules.policy, job)
        if run is not None:
            _ = run.spans, run.label_ids  # computed here, so that the window's thread never does
        documents = () if self._corpus is None else self._corpus.documents
        state = State(
            self.path,
            self._read_only,
            documents,
            stored,
            self._corpus,
            listed,
            sources,
            rules,
            run,
            versions=read_versions(project),
            list_counts=count_lists(sources, run),
            overview=overview(run),
            gold_counts=count_gold(documents),
        )
        return self.read_work(state)

    def read_work(self, state: State) -> State:
        """`state` with the judgements, edits and history that the file has now."""
        with self._turn:
            return self._read_work(state)

    def _read_work(self, state: State) -> State:
        names = {one.id: one.name for one in state.stored_documents}
        judgements: dict[Place, Verdict] = {}
        numbers: dict[Place, tuple[int, ...]] = {}
        for one in self.project.work.judgements():
            key = (names.get(one.document, ""), one.start, one.end, one.label)
            numbers[key] = (*numbers.get(key, ()), one.id)
            judgements.pop(key, None)
            if one.attached and one.verdict in _VERDICTS:
                judgements[key] = _VERDICTS[one.verdict]
        edits: dict[int, list[Edit]] = {}
        for edit in self.project.work.edits():
            edits.setdefault(edit.document, []).append(edit)
        undo, redo = self._history()
        self._judgement_ids, self._edits = numbers, edits
        return replace(state, judgements=judgements, judgement_ids=numbers, edits=edits, undo=undo, redo=redo)

    def run(self, sources: Sequence[Source], policy: ConflictPolicy, job: Job = SILENT) -> Run | None:
        """The run of `sources` over the corpus; None without text or lists."""
        if self._session is None or not sources:
            return None
        return self._session.run(sources, policy, job)

    def preview(self, before: Run, sources: Sequence[Source], policy: ConflictPolicy, job: Job) -> Difference:
        """What changes from `before` when `sources` are matched as they say."""
        after = self.run(sources, policy, job)
        assert after is not None  # noqa: S101  (there is a run to compare with, so there are texts and lists)
        _ = after.label_ids
        return difference(before, after)

    def signals(self, run: Run, job: Job) -> RunSignals:
        """What speaks against the spans of `run`."""
        assert self._session is not None  # noqa: S101  (a run has a session)
        return signals(run, self._session.lexicon, job)

    def live(self, state: State) -> LiveRun:
        """The run of `state`, which `record` has stored, for the audit."""
        assert self._session is not None and state.run is not None  # noqa: S101, PT018  (asked for where there is one)
        numbers = [one.id for one in state.stored_documents]
        return LiveRun(newest_run(self.project), state.run, self._session, state.rules, state.sources, numbers)

    def judged_effect(self, state: State, found: Difference) -> Effect | None:
        """What a rule change does on what people judged or read; None where they did neither."""
        if self._evidence is None or self._evidence[0] is not state.run or self._evidence[1] is not state.judgements:
            self._evidence = state.run, state.judgements, self._said_of(state)
        evidence = self._evidence[2]
        if evidence is None or not (len(evidence.judged) or len(evidence.read)):
            return None
        return effect_between(found.before, found.after, evidence)

    def _said_of(self, state: State) -> Evidence | None:
        """What people judged or read of the texts; None where they did neither."""
        if not state.judgements and not self.project.work.regions() and not self.project.work.gold():
            return None
        return evidence_of(self.project, self.live(state))

    def explain(self, run: Run, sources: Sequence[Source], document: int, character: int) -> Explanation | None:
        """The story of the word there; None where no word stands."""
        assert self._session is not None  # noqa: S101  (a run has a session)
        try:
            return explain(run, self._session, sources, document, character)
        except IndexError:
            return None

    def add_texts(self, documents: Iterable[Document], job: Job) -> Import:
        """Take `documents` into the project."""
        return self.project.add_documents(documents, job)

    def record(self, state: State, job: Job = SILENT) -> None:
        """Store the run of `state` in the file, unless it is there."""
        if state.run is not None and not state.read_only:
            with self._recording:  # both lanes may ask for it; the second finds it done
                record_run(self.project, state.run, state.stored_documents, state.stored_sources, state.rules, job)

    def settle(self, plan: Callable[[State], Settlement], state: State) -> State:
        """The state after what `plan` makes of it went to the disk. The plan sees what the file holds, not the screen."""
        with self._turn:
            planned = plan(replace(state, judgement_ids=self._judgement_ids, edits=self._edits))
            self.project.work.settle(
                planned.title,
                judgements=planned.judgements,
                edits=planned.edits,
                withdraw=planned.withdraw,
                remove_edits=planned.remove_edits,
            )
            return self.read_work(state)

    def step(self, which: str, state: State, human: frozenset[str], job: Job) -> tuple[Operation | None, State]:
        """What was undone or redone, and the state after it; only human work is read again where nothing else changed."""
        with self._turn:
            operation = self.project.undo() if which == "undo" else self.project.redo()
            if operation is None or set(operation.tables) <= human:
                return operation, self.read_work(state)
        return operation, self.load(job)

    def close(self) -> None:
        """Close the file."""
        self.project.close()

    @property
    def _read_only(self) -> bool:
        return self.project.read_only

    def _list(self, stored: StoredSource, job: Job) -> EntityList:
        key = stored.name, stored.list_id, stored.label
        if key not in self._lists:
            job.progress(0, None, stored.name)
            self._lists[key] = self.project.lists.load(stored.name)
        return self._lists[key]

    def _load_corpus(self, stored: Sequence[StoredDocument], rules: Rules, job: Job) -> None:
        key = tuple((one.id, one.text_id) for one in stored), rules.lang, rules.tokenizer, rules.name_tokenizer
        if key == self._corpus_key:
            return
        corpus, session = None, None
        if stored:
            corpus, lexicon = self._tokenised(stored, rules, job)
            session = Session(corpus, lexicon)
        # Only now: where something went wrong on the way, the window goes on with what it has.
        self._corpus, self._session, self._corpus_key = corpus, session, key

    def _tokenised(self, stored: Sequence[StoredDocument], rules: Rules, job: Job) -> tuple[Corpus, Lexicon]:
        words = self.project.tokens.vocabulary()
        name = "whitespace" if rules.tokenizer == "given" else rules.tokenizer
        tokenizer, tokens_name = make_tokenizer(name, rules.lang, words), f"{rules.tokenizer}/{rules.lang}"
        numbers = {one.name: one.id for one in stored}
        documents: list[Document] = []
        brings_tokens = False
        for batch in in_batches(self.project.documents.read([one.id for one in stored])):
            job.progress(len(documents), len(stored), "")
            brings_tokens = brings_tokens or (not documents and batch[0].tokens is not None)
            known = [self._with_tokens(document, tokens_name, numbers[document.id], words) for document in batch]
            corpus = build_corpus(known, tokenizer, rules.lang)
            if not self._read_only:
                self.project.tokens.save(corpus, tokens_name, [numbers[document.id] for document in batch])
            documents += corpus.documents
        names = rules.name_tokenizer or ("whitespace" if brings_tokens else name)
        lexicon = Lexicon(make_tokenizer(names, rules.lang, words), rules.lang, ahead=True)
        return build_corpus(documents, tokenizer, rules.lang), lexicon

    def _with_tokens(self, document: Document, tokenizer: str, number: int, words: Vocabulary) -> Document:
        if document.tokens is not None:
            return document
        return replace(document, tokens=self.project.tokens.known(tokenizer, number, words))

    def _history(self) -> tuple[Operation | None, Operation | None]:
        """The action that undo takes back, and the one that redo does again."""
        entries = self.project.history.entries(400)
        undone = [entry for entry in entries if entry.state == "undone"]
        return next((entry for entry in entries if entry.state == "done"), None), undone[-1] if undone else None


def open_at(path: Path, job: Job, *, read_only: bool = False) -> tuple[OpenProject, State]:
    """The project at `path` and its state. Raises FarspanError, with nothing left open."""
    opened = OpenProject(Project.open(path, read_only=read_only))
    try:
        return opened, opened.load(job)
    except BaseException:
        opened.close()
        raise


@dataclass(frozen=True, slots=True)
class ReadSample:
    """How files would be read: the first document, its format, what was put right on the way, and how many files there are.

    suffixes: files by the ending of their name.
    """

    document: Document
    format: str
    notices: Sequence[str]
    suffixes: Mapping[str, int]


def read_sample(paths: Sequence[str], **how: Any) -> ReadSample:
    """The first document there is, and how it was read; `how` as of `read_documents`. Raises InputError."""
    report = ReadReport()
    document = next(iter(read_documents(paths, report=report, **how)))
    notices = [notice for several in report.notices.values() for notice in several]
    suffixes = Counter(PurePath(found.path).suffix.lower() for found in walk_inputs(paths))
    return ReadSample(document, next(iter(report.formats)), notices, suffixes)


def read_texts(paths: Sequence[str], report: ReadReport, **how: Any) -> Iterable[Document]:
    """The documents in files and folders; what was put right goes to `report`; `how` as of `read_documents`."""
    return read_documents(paths, report=report, **how)
