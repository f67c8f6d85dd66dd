"""The main job, from top to bottom: read, tokenise, match, filter, decide, give back documents with their spans.

    documents ──> Corpus ──> candidates of every list ──> decisions ──> documents with spans
             tokenise     match                     decide        collect

Documents pass through in batches, whole documents each; no step looks beyond a document, so batches never change a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from farspan.decide.conflicts import Contest, Decisions, Status, decide
from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.matching.matcher import Candidates, SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.matching.profiles import Profiles
from farspan.model import Document, IntArray, LongArray
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.report import ListCounts, Report
from farspan.sources.lists import EntityList
from farspan.spans import Origin, SpanTable
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.normalize import Profile
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary
from farspan.threads import in_order

BATCH_CHARACTERS = 16_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """One entity list and how it is matched."""

    entity_list: EntityList
    options: MatchingOptions = field(default_factory=MatchingOptions)

    @property
    def name(self) -> str:
        """What the source is called in results."""
        return self.entity_list.name


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One corpus with all its candidates and what became of each. label_ids: int32[candidates]."""

    corpus: Corpus
    contest: Contest
    decisions: Decisions
    label_ids: IntArray


class Annotator:
    """Annotates documents with the names of entity lists.

    sources: the lists in order, earlier wins where all else is equal; their names differ. lang: BCP-47. tokenizer: spacy,
    unicode, whitespace, characters or given. name_tokenizer: the same for the lists; by default that of the text, with given
    tokens white space. workers: threads that match and decide. Raises OptionError, MissingPart; annotate() also InputError.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        policy: ConflictPolicy | None = None,
        lang: str = "xx",
        tokenizer: str = "spacy",
        name_tokenizer: str | None = None,
        workers: int = 1,
        job: Job = SILENT,
    ) -> None:
        self.sources = [source for source in sources if source.options.active]
        self.policy = policy or ConflictPolicy()
        self.lang = lang
        self._tokenizer_name = tokenizer
        self._name_tokenizer_name = name_tokenizer
        self._workers = workers
        self._job = job
        self._profiles = Profiles(Vocabulary(), lang)
        self._tokenizer = make_tokenizer("whitespace" if tokenizer == "given" else tokenizer, lang, self._profiles.vocabulary)
        self._matchers: list[SourceMatcher] = []
        self._labels, self._label_of_name = _label_tables(self.sources)
        self.report = Report(
            by_list={s.name: ListCounts(len(s.entity_list), np.zeros(len(s.entity_list), np.bool_)) for s in sources}
        )

    def annotate(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Each document with its tokens and, in place of its spans, a SpanTable of what was found."""
        corpora = map(self._tokenize, self._batches(documents))
        for run in in_order(self.run, corpora, self._workers):
            self.report.add(run.contest, run.decisions, run.label_ids, self._labels, [source.name for source in self.sources])
            yield from self._annotated(run)

    def run(self, corpus: Corpus) -> Run:
        """All candidates of all sources in `corpus`, decided."""
        with self.report.timed("match"):
            found = self._match(corpus)
        with self.report.timed("decide"):
            contest = _one_contest(found, self.sources)
            decisions = decide(contest, self.policy)
        return Run(corpus, contest, decisions, _labels_of(contest, self._label_of_name))

    def _batches(self, documents: Iterable[Document]) -> Iterator[list[Document]]:
        remaining, batch, size = iter(documents), list[Document](), 0
        while True:
            with self.report.timed("read"):
                document = next(remaining, None)
            if document is None or (batch and size + len(document.text) > BATCH_CHARACTERS):
                if batch:
                    yield batch
                batch, size = [], 0
            if document is None:
                return
            if document.tokens is None and self._tokenizer_name == "given":
                raise OptionError(f"document {document.id!r} brings no tokens", remedy="choose a --tokenizer other than given")
            batch.append(document)
            size += len(document.text)

    def _tokenize(self, documents: list[Document]) -> Corpus:
        if not self._matchers:
            self._matchers = self._prepare_names(has_tokens=documents[0].tokens is not None)
        self._job.progress(self.report.documents, None, "tokenising")
        with self.report.timed("tokenize"):
            corpus = build_corpus(documents, self._tokenizer, self.lang)
        self.report.documents += len(documents)
        self.report.sentences += len(corpus.sentences)
        self.report.tokens += len(corpus)
        return corpus

    def _prepare_names(self, *, has_tokens: bool) -> list[SourceMatcher]:
        name = self._name_tokenizer_name or ("whitespace" if has_tokens else self._tokenizer_name)
        tokenizer = make_tokenizer(name, self.lang, self._profiles.vocabulary)
        with self.report.timed("tokenize"):
            return [SourceMatcher(PreparedList(s.entity_list, tokenizer), s.options, self._profiles) for s in self.sources]

    def _match(self, corpus: Corpus) -> list[Candidates]:
        streams = {matcher.coarse: stream_of(corpus, self._profiles, matcher.coarse) for matcher in _one_each(self._matchers)}
        found = []
        for matcher in self._matchers:
            self._job.progress(self.report.documents, None, f"matching {matcher.prepared.entity_list.name}")
            found.append(matcher.match(corpus, streams[matcher.coarse]))
        return found

    def _annotated(self, run: Run) -> Iterator[Document]:
        corpus, kept = run.corpus, np.flatnonzero(run.decisions.status <= Status.NESTED)
        # Of spans with one start the longest comes first, as readers of nested spans expect.
        kept = kept[np.lexsort((-run.contest.ends[kept], run.contest.starts[kept]))]
        bounds = np.searchsorted(run.contest.starts[kept], corpus.doc_offsets)
        for number, document in enumerate(corpus.documents):
            rows = kept[bounds[number] : bounds[number + 1]]
            yield replace(document, spans=self._span_table(run, rows, int(corpus.doc_offsets[number])), relations=())

    def _span_table(self, run: Run, rows: LongArray, first_token: int) -> SpanTable:
        corpus, contest = run.corpus, run.contest
        starts, ends = contest.starts[rows], contest.ends[rows]
        return SpanTable(
            starts=corpus.starts[starts],
            ends=corpus.ends[ends - 1],
            token_starts=starts - np.int32(first_token),
            token_ends=ends - np.int32(first_token),
            label_ids=run.label_ids[rows],
            kinds=run.decisions.status[rows].astype(np.int32),
            sources=contest.sources[rows],
            names=contest.names[rows],
            scores=contest.scores[rows],
            labels=self._labels,
            origin=self._origin,
        )

    def _origin(self, source: int, name: int) -> Origin:
        entity_list = self.sources[source].entity_list
        return entity_list.name, entity_list.surfaces[name], entity_list.ids[name]


def _one_each(matchers: Iterable[SourceMatcher]) -> Iterable[SourceMatcher]:
    by_profile: dict[Profile, SourceMatcher] = {matcher.coarse: matcher for matcher in matchers}
    return by_profile.values()


def _label_tables(sources: Sequence[Source]) -> tuple[list[str], list[IntArray]]:
    """All labels, and for each source int32[names], the label of each of its names."""
    numbers: dict[str, int] = {}
    tables = []
    for source in sources:
        names, override = source.entity_list, source.options.label
        default = override or names.label
        given = names.labels if names.labels is not None and not override else [default] * len(names)
        tables.append(np.array([numbers.setdefault(label or default, len(numbers)) for label in given], np.int32))
    return list(numbers), tables


def _one_contest(found: Sequence[Candidates], sources: Sequence[Source]) -> Contest:
    """The candidates of all sources side by side, by ascending start, end, source and name."""
    sizes = [len(candidates) for candidates in found]
    numbers = np.arange(len(found), dtype=np.int32)
    priorities = np.array([source.options.priority for source in sources], np.int32)
    together = Contest(
        starts=_joined([c.starts for c in found], np.int32),
        ends=_joined([c.ends for c in found], np.int32),
        sources=np.repeat(numbers, sizes),
        names=_joined([c.names for c in found], np.int32),
        priorities=np.repeat(priorities, sizes),
        scores=_joined([c.scores for c in found], np.float32),
        blocked=_joined([c.blocked for c in found], np.uint8),
    )
    if sum(size > 0 for size in sizes) < 2:
        return together
    # Every source is sorted, so a stable sort only merges; it keeps the order of source and name.
    places = together.starts.astype(np.int64) << 32 | together.ends
    return together.take(np.argsort(places, kind="stable"))


def _joined(arrays: Sequence[np.ndarray], dtype: type[np.generic]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)


def _labels_of(contest: Contest, label_of_name: Sequence[IntArray]) -> IntArray:
    """int32[candidates]: the label of each, by way of one table over the names of all sources."""
    if not label_of_name:
        return np.empty(0, np.int32)
    first = np.cumsum([0, *(len(table) for table in label_of_name)])
    return np.concatenate(label_of_name)[first[contest.sources] + contest.names]
