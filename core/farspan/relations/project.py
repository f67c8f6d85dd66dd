"""Relations of a project: plans, runs, pairs and bags to page through, what people judge of them, and what that says.

put_plan(project, plan, kb)          how relations are found; an action
relate_project(project)              a relation run, stored
found = ProjectRelations(project)    its pairs and bags as columns, sentences on demand
found.judge(row, "right")            an action; found.estimates() says what the judgements mean
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from farspan.errors import ProjectError
from farspan.job import SILENT, Job
from farspan.model import IntArray
from farspan.relations.cues import load_cues, parse_cues
from farspan.relations.kb import KnowledgeBase, knowledge_base
from farspan.relations.mentions import Mentions, mentions_of
from farspan.relations.negative_plans import parse_negatives
from farspan.relations.options import RelationRules
from farspan.relations.relating import Related, Relater, RelationPlan
from farspan.relations.stories import PairStory, mention_at, pair_story
from farspan.relations.table import NEGATIVE, RelationTable
from farspan.store.pairs import PairColumns
from farspan.store.project import Project
from farspan.store.relations import StoredPlan, StoredRelationRun
from farspan.store.results import Results
from farspan.store.running import ProjectRunner
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


def plan_as_dict(plan: RelationPlan) -> dict[str, Any]:
    """A plan as plain values; language and tokenizer are those of the project."""
    return {
        "rules": plan.rules.as_dict(),
        "negatives": [str(one) for one in plan.negatives],
        "cues": [{"name": cues.name, "text": cues.text} for cues in plan.cues],
        "aliases": [list(names) for names in plan.aliases],
        "seed": plan.seed,
    }


def plan_from_dict(said: Mapping[str, Any], lang: str = "xx", tokenizer: str = "spacy") -> RelationPlan:
    """The plan that `plan_as_dict` gave. Raises OptionError for what this version does not know."""
    cues = [
        replace(parse_cues(one["text"], one["name"]), text=one["text"]) if one["text"] else load_cues(one["name"])
        for one in said.get("cues", ())
    ]
    return RelationPlan(
        RelationRules.from_dict(said.get("rules", {})),
        tuple(map(parse_negatives, said.get("negatives", ()))),
        tuple(cues),
        tuple(map(tuple, said.get("aliases", ()))),
        said.get("seed", 0),
        lang,
        tokenizer,
    )


def put_plan(project: Project, plan: RelationPlan, kb: KnowledgeBase | int | None, job: Job = SILENT) -> StoredPlan:
    """Let `plan` count from now on: an action. kb: a knowledge base to be taken in, the number of one that is there, or None."""
    name, triples = "connectives", None if kb is None else kb if isinstance(kb, int) else kb.triples()
    if isinstance(kb, KnowledgeBase):
        name = kb.name
    elif isinstance(kb, int):
        name = next(one.name for one in project.relations.triple_lists() if one.id == kb)
    return project.relations.put_in_force(plan_as_dict(plan), triples, name, job=job)


def relater_of(project: Project, stored: StoredPlan, job: Job = SILENT) -> Relater:
    """What finds the relations of a stored plan in the project's texts."""
    rules = project.rules.in_force()
    kb = None
    if stored.triples is not None:
        name = next(one.name for one in project.relations.triple_lists() if one.id == stored.triples)
        kb = knowledge_base(project.relations.triples(stored.triples), name, job)
    return Relater(kb, plan_from_dict(stored.plan, rules.lang, rules.tokenizer), job)


def relate_project(project: Project, job: Job = SILENT, relater: Relater | None = None) -> StoredRelationRun:
    """The relations of the plan in force over all documents, stored; cancelled or killed, it leaves nothing.

    Mentions are the spans of the newest run after the manual edits; before the first run, those that came with the texts.
    relater: `relater_of` the plan in force, for its report. Raises ProjectError without a plan or a text.
    """
    stored = project.relations.in_force()
    if stored is None:
        raise ProjectError("the project has no plan for relations", remedy="give one with `farspan relate --project P --kb KB`")
    finder = relater_of(project, stored, job) if relater is None else relater
    results = project.results()
    runner = ProjectRunner(project, project.rules.in_force(), job)
    numbers = {document.name: document.id for document in project.documents.all()}
    used = Vocabulary()
    names: list[str] = []
    labels = Vocabulary()

    def batches() -> Iterator[PairColumns]:
        for corpus in _corpora(runner, results, numbers, whole=bool(finder.plan.negatives)):
            related = finder.related(mentions_of(corpus, finder.kb.entities, labels))
            names[:] = related.table.names
            yield _columns(related, numbers, used)

    return project.relations.save(
        stored.id,
        None if results is None else results.run.id,
        batches(),
        names=lambda: (names, labels.strings, used.strings),
        report=lambda: {**report_of(finder), "tokenizer": runner.tokenizer},
        job=job,
    )


def report_of(relater: Relater) -> dict[str, Any]:
    """The counts of a relation run as plain values."""
    report = relater.report
    found = [name for name in report.relations() if name != NEGATIVE]
    return {
        "documents": report.documents,
        "sentences": report.sentences,
        "mentions": report.mentions,
        "linked": report.linked,
        "pairs": report.pairs,
        "relations": sum(report.kept[name] for name in found),
        "negatives": dict(report.negatives),
        "by_relation": {
            name: {"relations": report.kept[name], "bags": len(report.bags[name]), "left_out": dict(report.left_out[name])}
            for name in found
        },
        "contradictions": [asdict(one) for one in report.contradictions],
    }


def _corpora(runner: ProjectRunner, results: Results | None, numbers: Mapping[str, int], *, whole: bool) -> Iterator[Corpus]:
    """The texts with their spans, batch by batch; `whole`: in one."""
    parts = (_with_spans(corpus, results, numbers) for corpus in runner.corpora())
    if not whole:
        yield from parts
        return
    corpora = list(parts)
    if corpora:
        documents = [document for corpus in corpora for document in corpus.documents]
        yield build_corpus(documents, make_tokenizer("whitespace", "xx", corpora[0].vocabulary), "xx")


def _with_spans(corpus: Corpus, results: Results | None, numbers: Mapping[str, int]) -> Corpus:
    if results is None:
        return corpus
    spans = (results.spans(numbers[document.id]) for document in corpus.documents)
    documents = [replace(document, spans=found) for document, found in zip(corpus.documents, spans, strict=True)]
    return replace(corpus, documents=documents)


def _columns(related: Related, numbers: Mapping[str, int], used: Vocabulary) -> PairColumns:
    table, mentions = related.table, related.mentions
    corpus = mentions.corpus
    documents = mentions.documents[table.subjects]
    order = np.argsort(documents, kind="stable")
    table, documents = table.take(order), documents[order]
    first_sentences = np.searchsorted(corpus.sentences, corpus.doc_offsets[:-1])
    sentences = mentions.sentences[np.minimum(table.subjects, table.objects)] - first_sentences[documents]
    subject_starts, subject_ends = _characters(mentions, table.subjects)
    object_starts, object_ends = _characters(mentions, table.objects)
    return PairColumns(
        np.array([numbers[document.id] for document in corpus.documents], np.int64),
        np.searchsorted(documents, np.arange(len(corpus.documents) + 1)).astype(np.int64),
        subject_starts,
        subject_ends,
        object_starts,
        object_ends,
        _renumbered(table.subject_ids, mentions.entities, used),
        _renumbered(table.object_ids, mentions.entities, used),
        table.relations,
        mentions.label_ids[table.subjects],
        mentions.label_ids[table.objects],
        table.triples,
        table.distances,
        table.readings,
        sentences.astype(np.int32),
        table.ways,
        table.reasons,
        table.sources,
    )


def _characters(mentions: Mentions, chosen: IntArray) -> tuple[IntArray, IntArray]:
    """Where mentions begin and end in their documents, code points."""
    needed, back = np.unique(chosen, return_inverse=True)
    spans = [mentions.span(mention) for mention in needed.tolist()]
    starts = np.array([span.start for span in spans], np.int32)
    ends = np.array([span.end for span in spans], np.int32)
    return starts[back], ends[back]


def _renumbered(ids: IntArray, entities: Vocabulary, used: Vocabulary) -> IntArray:
    needed, back = np.unique(ids, return_inverse=True)
    return used.intern([entities[number] for number in needed.tolist()])[back]


def project_story(  # noqa: PLR0917  (a pair is a document and two places)
    project: Project, document: int, one: int, other: int, job: Job = SILENT, relater: Relater | None = None
) -> PairStory:
    """Why two mentions of a document, named by a character in each, are a relation under the plan in force, or why not.

    relater: `story_relater` of the project, where one is at hand: making it reads the whole knowledge base.
    """
    relater = story_relater(project, job) if relater is None else relater
    rules, results = project.rules.in_force(), project.results()
    found = next(project.documents.read([document]))
    tokens = found.tokens or project.tokens.known(f"{rules.tokenizer}/{rules.lang}", document, project.tokens.vocabulary())
    spans = found.spans if results is None else results.spans(document)
    name = "whitespace" if rules.tokenizer == "given" else rules.tokenizer
    vocabulary = tokens.vocabulary if tokens is not None and tokens.vocabulary is not None else Vocabulary()
    corpus = build_corpus([replace(found, tokens=tokens, spans=spans)], make_tokenizer(name, rules.lang, vocabulary), rules.lang)
    mentions = mentions_of(corpus, relater.kb.entities)
    return pair_story(relater, mentions, mention_at(mentions, found.id, one), mention_at(mentions, found.id, other))


def story_relater(project: Project, job: Job = SILENT) -> Relater:
    """What finds the relations of the plan in force, for stories: it draws no negatives. Raises ProjectError without a plan."""
    stored = project.relations.in_force()
    if stored is None:
        raise ProjectError("the project has no plan for relations", remedy="give one with `farspan relate --project P --kb KB`")
    return relater_of(project, replace(stored, plan={**stored.plan, "negatives": []}), job)


def tables_of(columns: PairColumns, names: Sequence[str]) -> RelationTable:
    """Stored pairs as a table, so that bags are made of them; subjects and objects number nothing there."""
    rows = np.arange(len(columns), dtype=np.int32)
    return RelationTable(
        names, rows, rows, columns.subject_ids, columns.object_ids, columns.relations, columns.triples, columns.ways,
        columns.reasons, columns.distances, columns.readings, columns.sources,
    )  # fmt: skip
