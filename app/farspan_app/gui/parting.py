"""Writing the relations of a project in three parts without leaks, and saying what the parts still have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from farspan.errors import ProjectError
from farspan.formats import FORMATS, open_target, write_companions, writer_for
from farspan.formats.loss import Loss
from farspan.job import Job
from farspan.model import Document, LongArray
from farspan.relations.kb import KnowledgeBase
from farspan.relations.leakage import Leak, find_leaks, read_sides
from farspan.relations.project import relater_of
from farspan.relations.relating import Related
from farspan.relations.splits import PARTS, Split, SplitPlan, split_relations
from farspan.relations.table import RelationTable
from farspan.store.project import Project
from farspan.store.relation_work import RelationJudgement
from farspan.store.running import labelled_documents


@dataclass(frozen=True, slots=True)
class Parted:
    """What was written. counts: relations of each part; left_out: those on no side; losses: of each part."""

    files: Sequence[str]
    counts: Mapping[str, int]
    left_out: int
    leaks: Sequence[Leak]
    losses: Sequence[Loss]


def part_files(path: Path) -> list[Path]:
    """The files that are written for `path`: ``cast.jsonl`` gives ``cast.train.jsonl`` and so on."""
    return [path.with_name(f"{path.stem}.{part}{path.suffix}") for part in PARTS]


def part_project(  # noqa: PLR0917  (what is written, and where)
    project: Project, plan: SplitPlan, seed: int, path: Path, format: str, job: Job
) -> Parted:
    """Write the relations of the plan in force, after the judgements, in three files. Cancelled, nothing is left.

    Raises ProjectError without a plan.
    """
    stored = project.relations.in_force()
    if stored is None:
        raise ProjectError("the project has no plan for relations", remedy="find relations first")
    relater = relater_of(project, stored, job)
    documents = labelled_documents(project) if project.runs.latest() is not None else project.documents.read()
    related = next(relater.relate(documents, whole=True), None)
    if related is None:
        raise ProjectError("the project has no texts", remedy="import some, then find relations")
    related = _judged(related, project)
    division = split_relations(related.table, related.mentions, plan, seed, relater.groups(related.mentions))
    parts = {name: list(_of_part(related, division, number, relater.kb)) for number, name in enumerate(PARTS)}
    files = part_files(path)
    losses = _written(parts, files, format, job)
    aliases, lang, tokenizer = relater.plan.aliases, relater.plan.lang, relater.plan.tokenizer
    leaks = find_leaks(read_sides(parts, aliases, lang=lang, tokenizer=tokenizer))
    return Parted([str(file) for file in files], division.counts(), division.left_out, leaks, losses)


def _judged(related: Related, project: Project) -> Related:
    """Only what is kept after the judgements: a wrong pair is left out, or stands in the relation that is right."""
    table = related.table.take(related.table.kept)
    names = {stored.id: stored.name for stored in project.documents.all()}
    said: dict[tuple[object, ...], RelationJudgement] = {
        (names.get(one.document, ""), *one.key[1:]): one for one in project.relations.judgements() if one.attached
    }
    if not said:
        return replace(related, table=table)
    relations, stays = table.relations.copy(), np.ones(len(table), np.bool_)
    for row in range(len(table)):
        one = said.get(_key(related, table, row))
        if one is not None and one.verdict == "wrong":
            stays[row] = bool(one.right_relation) and one.right_relation in table.names
            if stays[row]:
                relations[row] = list(table.names).index(str(one.right_relation))
    return replace(related, table=replace(table, relations=relations).take(stays))


def _key(related: Related, table: RelationTable, row: int) -> tuple[object, ...]:
    mentions = related.mentions
    subject, object_ = int(table.subjects[row]), int(table.objects[row])
    one, other = mentions.span(subject), mentions.span(object_)
    ids = mentions.entities[table.subject_ids[row]], mentions.entities[table.object_ids[row]]
    document = mentions.document(subject).id
    return (document, one.start, one.end, other.start, other.end, *ids, table.names[table.relations[row]])


def _of_part(related: Related, division: Split, number: int, kb: KnowledgeBase) -> Iterator[Document]:
    """The documents with relations of the part; by document also those without any that went there."""
    mine: LongArray = np.flatnonzero(division.rows == number)
    for index, document in enumerate(related.documents(kb, mine)):
        if document.relations or int(division.documents[index]) == number:
            yield document


def _written(parts: Mapping[str, Sequence[Document]], files: Sequence[Path], format: str, job: Job) -> list[Loss]:
    """Write the parts aside and name them when all are whole."""
    item, losses = FORMATS[format], []
    with ExitStack() as stack:
        for (name, documents), file in zip(parts.items(), files, strict=True):
            target = stack.enter_context(open_target(str(file), item))
            with writer_for(format, target) as writer:
                for number, document in enumerate(documents, 1):
                    writer.write(document)
                    job.progress(number, len(documents), name)
            write_companions(str(file), writer)
            losses.append(writer.loss)
    return losses
