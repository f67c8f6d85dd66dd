"""Why a pair of mentions is a relation, or why not: the triple, the mentions, the distance, and the option that left it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from farspan.errors import InputError
from farspan.model import Triple
from farspan.relations.facts import WAYS
from farspan.relations.mentions import Mentions
from farspan.relations.options import RelationOptions
from farspan.relations.pairs import reaches
from farspan.relations.relating import Related, Relater
from farspan.relations.table import NEGATIVE, REASONS, SOURCES
from farspan.wording import counted

TOLD: Final[Mapping[str, str]] = {
    "": "kept",
    "active": "the relation is switched off",
    "overlap": "one mention stands inside the other",
    "same_entity": "both mentions name the same entity",
    "unique": "a mention may name several entities",
    "subject_types": "the subject is of another type",
    "object_types": "the object is of another type",
    "direction": "the two stand in the other order",
    "min_distance": "they stand too near",
    "max_distance": "they stand too far apart",
    "between": "other words stand between them",
    "not_between": "a forbidden word stands between them",
    "triggers": "no trigger word is there",
    "exclude_evidence": "this document itself is the only source of the triple",
    "nearer": "two mentions of the same entities that stand nearer are taken for them",
}


@dataclass(frozen=True, slots=True)
class RelationStory:
    """What became of one relation of a pair. subject: which of the two mentions, 0 or 1. option: what left it out, "": kept.

    triple: behind it; None for a connective or a negative. way: as in `facts.WAYS`. value: that of the option.
    """

    relation: str
    subject: int
    subject_id: str
    object_id: str
    option: str
    reason: str
    value: str
    triple: Triple | None
    way: str
    source: str


@dataclass(frozen=True, slots=True)
class PairStory:
    """Two mentions and every relation that was tried on them; `why_none` says why there is none to try."""

    document: str
    words: tuple[str, str]
    starts: tuple[int, int]
    ids: tuple[tuple[str, ...], tuple[str, ...]]
    labels: tuple[str, str]
    distance: int
    sentences: int
    relations: tuple[RelationStory, ...]
    why_none: str


def mention_at(mentions: Mentions, document: str, start: int) -> int:
    """The mention that stands at the character `start` of `document`; the longest that begins there, or else holds it.

    Raises InputError where there is none.
    """
    names = [one.id for one in mentions.corpus.documents]
    if document not in names:
        raise InputError(f"there is no document {document!r}", remedy=f"there are: {', '.join(names[:8])}")
    inside = []
    for mention in np.flatnonzero(mentions.documents == names.index(document)).tolist():
        span = mentions.span(mention)
        if span.start <= start < span.end:
            inside.append((span.start != start, span.start - span.end, mention))
    if not inside:
        raise InputError(f"no mention stands at character {start} of document {document!r}", remedy="choose one that is labelled")
    return min(inside)[2]


def pair_story(relater: Relater, mentions: Mentions, one: int, other: int) -> PairStory:
    """The story of the mentions numbered `one` and `other`."""
    pair = (min(one, other), max(one, other))
    related = relater.related(mentions, every=True)
    stories = [_story(related, relater, row, pair) for row in _rows(related, pair)]
    distance = int(mentions.starts[pair[1]] - mentions.ends[pair[0]])
    return PairStory(
        mentions.document(pair[0]).id,
        (mentions.words(pair[0]), mentions.words(pair[1])),
        (mentions.span(pair[0]).start, mentions.span(pair[1]).start),
        (_ids(mentions, pair[0]), _ids(mentions, pair[1])),
        (mentions.span(pair[0]).label, mentions.span(pair[1]).label),
        max(distance, 0),
        int(mentions.sentences[pair[1]] - mentions.sentences[pair[0]]),
        tuple(stories),
        "" if stories else _why_none(relater, mentions, pair),
    )


def _rows(related: Related, pair: tuple[int, int]) -> Sequence[int]:
    table = related.table
    low, high = np.minimum(table.subjects, table.objects), np.maximum(table.subjects, table.objects)
    rows: list[int] = np.flatnonzero((low == pair[0]) & (high == pair[1])).tolist()
    return rows


def _ids(mentions: Mentions, mention: int) -> tuple[str, ...]:
    ids = mentions.entity_ids[mentions.offsets[mention] : mentions.offsets[mention + 1]]
    return tuple(mentions.entities[number] for number in ids.tolist())


def _story(related: Related, relater: Relater, row: int, pair: tuple[int, int]) -> RelationStory:
    table, mentions = related.table, related.mentions
    name, option, triple = table.names[table.relations[row]], REASONS[table.reasons[row]], int(table.triples[row])
    known = option in RelationOptions.__dataclass_fields__
    value = getattr(relater.rules.of(name), option) if known else ""
    return RelationStory(
        name,
        pair.index(int(table.subjects[row])),
        mentions.entities[table.subject_ids[row]],
        mentions.entities[table.object_ids[row]],
        option,
        TOLD[option],
        ",".join(value) if isinstance(value, tuple) else str(value),
        None if triple < 0 else relater.kb.triple(triple),
        "" if triple < 0 else WAYS[table.ways[row]],
        SOURCES[table.sources[row]],
    )


def _why_none(relater: Relater, mentions: Mentions, pair: tuple[int, int]) -> str:
    if mentions.documents[pair[0]] != mentions.documents[pair[1]]:
        return "they stand in different documents"
    levels = {relater.rules.level_of(name) for name in (*relater.kb.relations.strings, *relater.rules.options) if name} or {
        relater.rules.level_of("")
    }
    facts = relater.facts(mentions)
    for mention in pair:
        ids = mentions.entity_ids[mentions.offsets[mention] : mentions.offsets[mention + 1]]
        known = facts.is_subject | facts.is_object
        if not any(number < len(known) and known[number] for number in ids.tolist()):
            return f"the knowledge base says nothing of {mentions.words(mention)} ({', '.join(_ids(mentions, mention))})"
    if not any(reaches(mentions.documents, mentions.sentences, level)[pair[0]] > pair[1] for level in levels):
        shown = ", ".join(sorted(map(str, levels)))
        return f"they stand {mentions.sentences[pair[1]] - mentions.sentences[pair[0]]} sentence(s) apart; looked at: {shown}"
    return "no triple joins the two"


def lines(story: PairStory) -> list[str]:
    """The story for people."""
    ids = [", ".join(one) for one in story.ids]
    head = (
        f"{story.document}: {story.words[0]!r} ({story.labels[0]}, {ids[0]}) and {story.words[1]!r} ({story.labels[1]}, {ids[1]})"
    )
    ends = counted(story.sentences, "sentence end") if story.sentences else "no sentence end"
    near = f"  {counted(story.distance, 'token')} between them, {ends}"
    found = [near, *(_line(story, one) for one in story.relations)]
    return [head, *found, *([f"  no relation: {story.why_none}"] if story.why_none else [])]


def _line(story: PairStory, one: RelationStory) -> str:
    subject, object_ = story.words[one.subject], story.words[1 - one.subject]
    if one.triple is None:
        origin = "drawn as a negative" if one.relation == NEGATIVE else "a connective says so"
    else:
        origin = f"triple {one.triple.subject} {one.triple.relation} {one.triple.object}"
        origin += "" if one.way == "triple" else f", by {one.way}"
        origin += f", source {one.triple.source}" if one.triple.source else ""
    value = f" ({one.option}={one.value})" if one.value else ""
    return f"  {one.relation}: {subject} -> {object_}: {one.reason}{value}; {origin}"
