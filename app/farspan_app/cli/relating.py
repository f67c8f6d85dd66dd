"""What `farspan relate` was asked for, and doing it: reading, linking, relating, writing, scoring."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from farspan.errors import OptionError
from farspan.job import Job
from farspan_app.cli.request import Request
from farspan_app.cli.rules import load_sources

if TYPE_CHECKING:
    from farspan.formats import Loss, ReadReport, Writer
    from farspan.model import Document, LongArray
    from farspan.relations.kb import KnowledgeBase
    from farspan.relations.leakage import Leak
    from farspan.relations.relating import Related, Relater, RelationPlan
    from farspan.relations.scoring import Fact, RelationScores
    from farspan.relations.splits import Split, SplitPlan
    from farspan.run import Source


@dataclass(frozen=True, slots=True)
class RelateRequest:
    """All that `farspan relate` was asked for. texts: inputs, lists and rules, as for annotate."""

    texts: Request
    kb: str | None = None
    output: str = ""
    format: str | None = None
    settings: tuple[str, ...] = ()
    level: str = "sentence"
    exclude_evidence: bool = False
    negatives: tuple[str, ...] = ()
    seed: int = 0
    cues: tuple[str, ...] = ()
    aliases: str | None = None
    split: "SplitPlan | None" = None
    gold: str | None = None
    options: dict[str, Any] = field(default_factory=dict)  # of relations, from a recipe
    given: frozenset[str] = frozenset()  # the flags that were given


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a request."""

    relater: "Relater"
    request: RelateRequest
    sources: "list[Source]"
    read: "ReadReport"
    outputs: tuple[str, ...]
    losses: "tuple[Loss, ...]"
    scores: "RelationScores | None" = None
    split: "Split | None" = None
    leaks: "tuple[Leak, ...]" = ()
    stored: tuple[str, int] | None = None  # the project and the number of the relation run in it


def _rules(request: RelateRequest) -> Any:
    from farspan.relations.options import RelationOptions, RelationRules, parse_level, rules_from

    parse_level(request.level)
    said = {name: RelationOptions().changed(values) for name, values in request.options.items()}
    return rules_from(request.settings, RelationRules(said, request.level, request.exclude_evidence))


def relation_plan(request: RelateRequest) -> "RelationPlan":
    """How relations are to be found. Raises OptionError and InputError."""
    from farspan.relations.aliases import read_aliases
    from farspan.relations.cues import load_cues
    from farspan.relations.negative_plans import parse_negatives
    from farspan.relations.relating import RelationPlan

    return RelationPlan(
        _rules(request),
        tuple(parse_negatives(part) for text in request.negatives for part in text.split(",")),
        tuple(load_cues(name) for name in request.cues),
        tuple(read_aliases(request.aliases)) if request.aliases else (),
        request.seed,
        request.texts.lang,
        request.texts.tokenizer,
    )


def relate_files(request: RelateRequest, job: Job) -> Done:
    """Find relations as `request` says and write them. Raises FarspanError, and then leaves no output behind."""
    from farspan.formats import ReadReport
    from farspan.relations.relating import Relater

    _refuse_overwriting(request)
    plan, read = relation_plan(request), ReadReport()
    relater = Relater(load_knowledge(request, job, read), plan, job)
    check_relations(request, relater)
    documents, sources = linked_documents(request.texts, job, read)
    return replace(relate_documents(request, relater, documents, read), sources=sources)


def check_relations(request: RelateRequest, relater: "Relater") -> None:
    """Raises OptionError if a flag sets an option of a relation that nothing can give."""
    from farspan.relations.options import parse_relation_setting

    named = {name for cues in relater.plan.cues for name in cues.relations}
    inverses = {item.inverse for item in relater.rules.options.values() if item.inverse}
    known = {*relater.kb.relations.strings, *named, *inverses}
    for text in request.settings:
        relation, _, _ = parse_relation_setting(text)
        if relation and relation not in known:
            raise OptionError(f"no relation is called {relation!r}", remedy=f"choose one of: {', '.join(sorted(known)[:20])}")


def relate_documents(request: RelateRequest, relater: "Relater", documents: "Iterable[Document]", read: "ReadReport") -> Done:
    """Find the relations of `documents`, write, part and score them as `request` says."""
    from farspan.formats import (
        FORMATS,
        format_for_output,
        format_of_suffix,
        open_target,
        write_companions,
        writer_for,
    )
    from farspan.relations.splits import split_relations

    outputs = output_files(request)
    gold = None if request.gold is None else _gold(request, read)
    written = [format_for_output(path, request.format or format_of_suffix(path) or "jsonl") for path in outputs]
    found: list[tuple[set[Fact], list[str]]] = []
    division: Split | None = None
    leaks: tuple[Leak, ...] = ()
    with ExitStack() as stack:
        places = [stack.enter_context(open_target(path, FORMATS[name])) for path, name in zip(outputs, written, strict=True)]
        with ExitStack() as writing:
            scheme = request.texts.scheme
            writers = [
                writing.enter_context(writer_for(name, place, scheme=scheme)) for name, place in zip(written, places, strict=True)
            ]
            for related in relater.relate(documents, whole=request.split is not None):
                if gold is not None:
                    found.append((related.facts(), [document.id for document in related.mentions.corpus.documents]))
                if request.split is None:
                    _write(writers, related.documents(relater.kb))
                    continue
                kept = related.table.take(related.table.kept)
                groups = relater.groups(related.mentions)
                division = split_relations(kept, related.mentions, request.split, request.seed, groups)
                leaks = _write_split(writers, related, division, relater)
        for path, writer, place in zip(outputs, writers, places, strict=True):
            place.flush()
            write_companions(path, writer)
    scores = None if gold is None else _score(gold, found, relater)
    losses = tuple(writer.loss for writer in writers)
    return Done(relater, request, [], read, outputs, losses, scores, division, leaks)


def _write(writers: "Sequence[Writer]", documents: "Iterable[Document]") -> None:
    for document in documents:
        for writer in writers:
            writer.write(document)


def _write_split(writers: "Sequence[Writer]", related: "Related", division: "Split", relater: "Relater") -> "tuple[Leak, ...]":
    """Write each part to its file; what the parts have in common comes back."""
    from farspan.relations.leakage import find_leaks, read_sides
    from farspan.relations.splits import PARTS

    assert relater.plan is not None  # noqa: S101
    parts: dict[str, list[Document]] = {}
    kept = related.table.kept
    for number, (name, writer) in enumerate(zip(PARTS, writers, strict=True)):
        documents = list(_of_part(related, kept, division, number, relater.kb))
        parts[name] = documents
        _write([writer], documents)
    sides = read_sides(parts, relater.plan.aliases, lang=relater.plan.lang, tokenizer=relater.plan.tokenizer)
    return tuple(find_leaks(sides))


def _of_part(related: "Related", kept: "LongArray", division: "Split", number: int, kb: "KnowledgeBase") -> "Iterator[Document]":
    """The documents with relations of the part; by document also those without any that went there."""
    mine = kept[division.rows == number]
    for index, document in enumerate(related.documents(kb, mine)):
        if document.relations or int(division.documents[index]) == number:
            yield document


def output_files(request: RelateRequest) -> tuple[str, ...]:
    """The files to be written: OUT, or one for each part."""
    from farspan.relations.splits import PARTS

    if not request.output:
        return ()
    if request.split is None:
        return (request.output,)
    path = Path(request.output)
    return tuple(str(path.with_name(f"{path.stem}.{part}{path.suffix}")) for part in PARTS)


def read_files(request: RelateRequest) -> list[str]:
    """Every file that is read."""
    from farspan.files import walk_inputs

    named = [path for path in (request.kb, request.gold, request.aliases, *request.cues) if path]
    return [*(file.path for file in walk_inputs(request.texts.inputs)), *request.texts.files(), *named]


def _refuse_overwriting(request: RelateRequest) -> None:
    from farspan.files import is_same_file

    read = read_files(request)
    for name in output_files(request):
        if any(is_same_file(name, path) for path in read):
            raise OptionError(f"the output {name} is also an input", remedy="choose another name with -o")


def load_knowledge(request: RelateRequest, job: Job, read: "ReadReport") -> "KnowledgeBase | None":
    """The knowledge base asked for; None where connectives do without."""
    from farspan.relations.reading import load_kb

    return None if request.kb is None else load_kb(request.kb, None, job, read)


def linked_documents(texts: Request, job: Job, read: "ReadReport") -> "tuple[Iterator[Document], list[Source]]":
    """The documents with linked names: those they bring, or those of the lists, if there are any; and the lists."""
    from farspan.annotate import Annotator
    from farspan.formats import read_documents

    documents = read_documents(texts.inputs, input_format=texts.input_format, encoding=texts.encoding, report=read)
    if not texts.lists and (texts.recipe is None or not texts.recipe.lists):
        return iter(documents), []
    sources = load_sources(texts.lists, texts.settings, job, texts.recipe)
    annotator = Annotator(
        sources, policy=texts.policy, lang=texts.lang, tokenizer=texts.tokenizer, name_tokenizer=texts.name_tokenizer, job=job
    )
    return annotator.annotate(documents), sources


def _gold(request: RelateRequest, read: "ReadReport") -> "set[Fact]":
    from farspan.errors import InputError, place
    from farspan.formats import read_documents
    from farspan.relations.reading import gold_triples

    assert request.gold is not None  # noqa: S101  (asked for)
    found = {
        (document.id, subject, object_, relation)
        for document in read_documents([request.gold], report=read)
        for subject, relation, object_ in gold_triples(document)
    }
    if not found:
        raise InputError("there is no relation in it", where=place(request.gold), remedy="give a file with the right relations")
    return found


def _score(gold: "set[Fact]", found: "Sequence[tuple[set[Fact], list[str]]]", relater: "Relater") -> "RelationScores":
    from farspan.relations.scoring import score_relations

    predicted = {fact for facts, _ in found for fact in facts}
    documents = [name for _, names in found for name in names]
    symmetric = {fact[3] for fact in gold | predicted if relater.rules.of(fact[3]).symmetric}
    return score_relations(gold, predicted, documents, symmetric)
