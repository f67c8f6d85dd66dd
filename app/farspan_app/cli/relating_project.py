"""`farspan relate --project`: the plan, the relations and what they rest on, kept in a project file."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from farspan.errors import OptionError
from farspan.job import Job
from farspan_app.cli.annotate import annotate_files
from farspan_app.cli.relating import (
    Done,
    RelateRequest,
    check_relations,
    load_knowledge,
    output_files,
    read_files,
    relate_documents,
    relation_plan,
)
from farspan_app.cli.storing import check_project

if TYPE_CHECKING:
    from farspan.formats import ReadReport
    from farspan.model import Document
    from farspan.relations.relating import RelationPlan
    from farspan.store.project import Project
    from farspan.store.relations import StoredPlan

_OF_PLANS: Final = frozenset({"relation", "level", "exclude_evidence", "negatives", "seed", "aliases"})


def relate_in_project(request: RelateRequest, path: str, job: Job) -> Done:
    """Take in what `request` names, find relations between the spans of the project and store them; write them too if asked.

    Without a knowledge base and connectives the plan in force is used again, as far as flags do not change it. Raises
    FarspanError.
    """
    from farspan.formats import ReadReport
    from farspan.relations.project import put_plan, relate_project, relater_of
    from farspan.relations.relating import Relater
    from farspan.store.project import Project

    read = ReadReport()
    check_project(path, read_files(request), output_files(request))
    kb = load_knowledge(request, job, read)
    plan = relation_plan(request)
    if request.kb or request.cues:
        check_relations(request, Relater(kb, plan, job))
    _take_texts(request, path, job, read)
    with Project.open(path) as project:
        in_force = project.relations.in_force()
        if request.kb or request.cues:
            in_force = put_plan(project, plan, kb, job)
        elif in_force is None:
            raise OptionError("no knowledge base (--kb KB) given", remedy="give one, or connectives: --cues en")
        elif request.given & _OF_PLANS:
            check_relations(request, relater_of(project, in_force, job))
            in_force = put_plan(project, _changed(in_force, plan, request), in_force.triples, job)
        relater = relater_of(project, in_force, job)
        run = relate_project(project, job, relater)
        done = Done(relater, request, [], read, (), (), stored=(path, run.id))
        if not (request.output or request.gold):
            return done
        again = relater_of(project, in_force, job)
        written = relate_documents(request, again, _documents(project), read)
        return replace(written, stored=done.stored)


def _changed(stored: "StoredPlan", plan: "RelationPlan", request: RelateRequest) -> "RelationPlan":
    """A stored plan under the flags that were given; `plan` is what they say on their own."""
    from farspan.relations.options import rules_from
    from farspan.relations.project import plan_from_dict

    known = plan_from_dict(stored.plan)
    flags: dict[str, Any] = {"level": plan.rules.level, "exclude_evidence": plan.rules.exclude_evidence}
    rules = replace(known.rules, **{name: value for name, value in flags.items() if name in request.given})
    whole = {"negatives": plan.negatives, "seed": plan.seed, "aliases": plan.aliases}
    taken: dict[str, Any] = {name: value for name, value in whole.items() if name in request.given}
    return replace(known, rules=rules_from(request.settings, rules), **taken)


def _take_texts(request: RelateRequest, path: str, job: Job, read: "ReadReport") -> None:
    """The texts that were named, with their lists annotated, or as they bring their spans."""
    from farspan.formats import read_documents
    from farspan.store.database import remove_file
    from farspan.store.project import Project

    texts = request.texts
    if not texts.inputs:
        if not os.path.lexists(path):
            raise OptionError("no texts (INPUT...) given", remedy=f"name them, or a project that has some: {path} is not there")
        return
    if texts.lists or (texts.recipe is not None and texts.recipe.lists):
        annotate_files(replace(texts, project=path), job)
        return
    is_new = not os.path.lexists(path)
    documents = read_documents(texts.inputs, input_format=texts.input_format, encoding=texts.encoding, report=read)
    try:
        with Project.create(path) if is_new else Project.open(path) as project:
            project.add_documents(documents, job)
            rules = project.rules.in_force()
            project.rules.put_in_force(replace(rules, lang=texts.lang, tokenizer=texts.tokenizer), "Rules by command")
    except BaseException:
        if is_new:
            remove_file(Path(path))
        raise


def _documents(project: "Project") -> "Iterator[Document]":
    """The project's texts with the spans that relations are found between."""
    from farspan.store.running import labelled_documents

    return labelled_documents(project) if project.runs.latest() is not None else project.documents.read()
