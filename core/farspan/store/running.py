"""Applying a project's rules to its corpus: the texts are tokenised once, the run is stored batch by batch."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from farspan.errors import OptionError, ProjectError
from farspan.job import SILENT, Job
from farspan.model import Document
from farspan.report import Report
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.store.columns import RunColumns
from farspan.store.documents import in_batches
from farspan.store.project import Project
from farspan.store.results import Results
from farspan.store.rules import Rules
from farspan.store.runs import StoredRun
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


def run_project(project: Project, job: Job = SILENT) -> StoredRun:
    """The run of the rules in force over all documents, stored. Raises ProjectError if there is no text or no list."""
    return ProjectRunner(project, project.rules.in_force(), job).run()


class ProjectRunner:
    """One set of rules and the lists of a project, ready to run over its documents, or over those numbered `documents`."""

    def __init__(self, project: Project, rules: Rules, job: Job = SILENT, documents: Container[int] | None = None) -> None:
        self._project = project
        self._rules = rules
        self._job = job
        self._numbers = {stored.name: stored.id for stored in project.lists.all()}
        self._documents = {
            stored.name: stored.id for stored in project.documents.all() if documents is None or stored.id in documents
        }
        self._sources = [Source(project.lists.load(name), rules.of(name)) for name in self._numbers]
        self.report = Report.over([source.entity_list for source in self._sources])

    @property
    def tokenizer(self) -> str:
        """Under what name the tokens are kept: tokenizer and language."""
        return f"{self._rules.tokenizer}/{self._rules.lang}"

    def run(self) -> StoredRun:
        """The run, stored. Cancelled or killed, it leaves nothing."""
        if not self._documents or not self._sources:
            missing, remedy = ("documents", "TEXT...") if not self._documents else ("lists", "--list LABEL=FILE")
            what = f"the project has no {missing} yet"
            raise ProjectError(what, remedy=f"add them with `farspan project add PROJECT {remedy}`")
        self._project.rules.put_in_force(self._rules)
        number = self._project.rules.number_in_force()
        assert number is not None  # noqa: S101  (they were just put in force)
        active = [self._numbers[source.name] for source in self._sources if source.options.active]
        columns, report = self.columns(active), lambda: told(self.report)
        return self._project.runs.save(number, self.tokenizer, active, columns, report=report, job=self._job)

    def columns(self, active: Sequence[int]) -> Iterator[RunColumns]:
        """What is found in the documents, batch by batch; active: the numbers of the sources that are switched on."""
        lexicon: Lexicon | None = None
        for corpus in self.corpora():
            with self.report.timed("tokenize"):
                lexicon = lexicon or self._lexicon(corpus.vocabulary)
            with self.report.timed("match"):
                run = Session(corpus, lexicon).run(self._sources, self._rules.policy, self._job)
            self.report.add(run)
            yield RunColumns.of(run, self._ids(corpus.documents), active)

    def corpora(self) -> Iterator[Corpus]:
        """The documents as corpora over one vocabulary, batch by batch; tokens that were not stored yet are stored."""
        words = self._project.tokens.vocabulary()
        name = "whitespace" if self._rules.tokenizer == "given" else self._rules.tokenizer
        tokenizer = make_tokenizer(name, self._rules.lang, words)
        whole = any(source.options.max_risk < 1 for source in self._sources)
        for batch in in_batches(self._read(words), whole=whole):
            self._job.progress(self.report.documents, len(self._documents), "tokenising")
            with self.report.timed("tokenize"):
                corpus = build_corpus(batch, tokenizer, self._rules.lang)
                self._project.tokens.save(corpus, self.tokenizer, self._ids(batch))
            self.report.count_texts(corpus)
            yield corpus

    def _read(self, words: Vocabulary) -> Iterator[Document]:
        for document in self._project.documents.read(list(self._documents.values())):
            tokens = document.tokens or self._project.tokens.known(self.tokenizer, self._documents[document.id], words)
            if tokens is None and self._rules.tokenizer == "given":
                raise OptionError(f"document {document.id!r} brings no tokens", remedy="choose a tokenizer other than given")
            yield replace(document, tokens=tokens)

    def _ids(self, documents: Sequence[Document]) -> list[int]:
        return [self._documents[document.id] for document in documents]

    def _lexicon(self, vocabulary: Vocabulary) -> Lexicon:
        name = tokenizer_of_names(self._project, self._rules)
        return Lexicon(make_tokenizer(name, self._rules.lang, vocabulary), self._rules.lang)


def told(report: Report) -> dict[str, Any]:
    """What is kept of `report` with a run."""
    return {**report.as_dict(), "farspan": version("farspan")}


def tokenizer_of_names(project: Project, rules: Rules) -> str:
    """How the names of lists are cut: as the texts are; where these bring their own tokens, at white space."""
    if rules.name_tokenizer is not None:
        return rules.name_tokenizer
    first = next(project.documents.read([stored.id for stored in project.documents.all()[:1]]))
    return "whitespace" if first.tokens is not None else rules.tokenizer


def ran_on(project: Project, run: int | None = None) -> Results:
    """What a run (by default the newest) found. Raises ProjectError before the first run, or where there is no such run."""
    results = project.results(run)
    if results is None:
        raise ProjectError(
            "the project has no run yet", where=project.database.where, remedy="make one with `farspan project run`"
        )
    return results


def labelled_documents(project: Project, run: int | None = None) -> Iterator[Document]:
    """The documents with the spans of a run (by default the newest) after the manual edits, and with their tokens.

    Relations are those of the newest relation run over these spans, after the judgements. Raises ProjectError before the first
    run.
    """
    results = ran_on(project, run)
    words = project.tokens.vocabulary()
    found = project.relations.found_with(results.run.id)
    for stored in project.documents.all():
        document = next(project.documents.read([stored.id]))
        tokens = document.tokens or project.tokens.known(results.run.tokenizer, stored.id, words)
        spans = results.spans(stored.id)
        relations = () if found is None else found.between(spans, stored.id)
        yield replace(document, tokens=tokens, spans=spans, relations=relations)
