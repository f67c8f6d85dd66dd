"""The main job, from top to bottom: read, tokenise, match, filter, decide, give back documents with their spans.

    documents ──> Corpus ──> candidates of every list ──> decisions ──> documents with spans
             tokenise     match                     decide        collect

Documents pass through in batches, whole documents each; no step looks beyond a document, so batches never change a result.
Only the option max_risk looks at all documents, which then are one batch.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.matching.matcher import Candidates, SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.matching.profiles import Profiles
from farspan.model import Document
from farspan.options import ConflictPolicy
from farspan.report import Report
from farspan.run import RuleSet, Run, Source, settle
from farspan.spans import SpanTable
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary
from farspan.threads import in_order

__all__ = ["Annotator", "Report", "Run", "Source", "annotated_documents", "in_batches"]

BATCH_CHARACTERS = 16_000_000


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
        self.rules = RuleSet([source for source in sources if source.options.active], policy or ConflictPolicy())
        self.lang = lang
        self._tokenizer_name = tokenizer
        self._name_tokenizer_name = name_tokenizer
        self._workers = workers
        self._job = job
        self._profiles = Profiles(Vocabulary(), lang)
        self._tokenizer = make_tokenizer("whitespace" if tokenizer == "given" else tokenizer, lang, self._profiles.vocabulary)
        self._matchers: list[SourceMatcher] = []
        self.report = Report.over([source.entity_list for source in sources])

    def annotate(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Each document with its tokens and, in place of its spans, a SpanTable of what was found."""
        for run in self.runs(documents):
            yield from annotated_documents(run)

    def runs(self, documents: Iterable[Document]) -> Iterator[Run]:
        """What was found in `documents`, batch by batch in their order."""
        corpora = map(self._tokenize, in_batches(self._read(documents), whole=self.rules.needs_all_documents))
        for run in in_order(self.run, corpora, self._workers):
            self.report.add(run)
            yield run

    def run(self, corpus: Corpus) -> Run:
        """All candidates of all sources in `corpus`, decided."""
        with self.report.timed("match"):
            found = self._match(corpus)
        with self.report.timed("decide"):
            return settle(corpus, self.rules, found)

    def _read(self, documents: Iterable[Document]) -> Iterator[Document]:
        remaining = iter(documents)
        while True:
            with self.report.timed("read"):
                document = next(remaining, None)
            if document is None:
                return
            if document.tokens is None and self._tokenizer_name == "given":
                raise OptionError(f"document {document.id!r} brings no tokens", remedy="choose a --tokenizer other than given")
            yield document

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
        # What the text is cut by knows the chunks of the names sooner, and its rules are loaded.
        is_same = name == self._tokenizer_name
        tokenizer = self._tokenizer if is_same else make_tokenizer(name, self.lang, self._profiles.vocabulary)
        with self.report.timed("tokenize"):
            return [SourceMatcher(PreparedList(s.entity_list, tokenizer), s.options, self._profiles) for s in self.rules.sources]

    def _match(self, corpus: Corpus) -> list[Candidates]:
        profiles = dict.fromkeys(matcher.coarse for matcher in self._matchers)
        streams = {profile: stream_of(corpus, self._profiles, profile) for profile in profiles}
        found = []
        for matcher in self._matchers:
            self._job.progress(self.report.documents, None, f"matching {matcher.prepared.entity_list.name}")
            found.append(matcher.match(corpus, streams[matcher.coarse]))
        return found


def in_batches(documents: Iterable[Document], *, whole: bool = False) -> Iterator[list[Document]]:
    """`documents` in lists of about BATCH_CHARACTERS, at least one document each; `whole`: in one list."""
    batch, size = list[Document](), 0
    limit = math.inf if whole else BATCH_CHARACTERS
    for document in documents:
        if batch and size + len(document.text) > limit:
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch


def annotated_documents(run: Run) -> Iterator[Document]:
    """The documents of a run, each with its spans."""
    spans, first_tokens = run.spans, run.corpus.doc_offsets
    bounds = np.searchsorted(spans.starts, first_tokens)
    for number, document in enumerate(run.corpus.documents):
        mine = slice(bounds[number], bounds[number + 1])
        yield replace(document, spans=_span_table(run, mine, np.int32(first_tokens[number])), relations=())


def _span_table(run: Run, mine: slice, first_token: np.int32) -> SpanTable:
    contest, spans = run.contest, run.spans
    rows, starts, ends = spans.rows[mine], spans.starts[mine], spans.ends[mine]
    char_starts, char_ends = run.characters_of(mine)
    return SpanTable(
        starts=char_starts,
        ends=char_ends,
        token_starts=starts - first_token,
        token_ends=ends - first_token,
        label_ids=spans.label_ids[mine],
        kinds=spans.kinds[mine],
        sources=contest.sources[rows],
        names=contest.names[rows],
        scores=contest.scores[rows],
        labels=run.rules.labels,
        origin=run.rules.origin,
    )
