"""Relations from the words between two mentions alone: before, after, during ..., by a file of connectives a language.

A file has a line for each connective, parted by tabs: relation, connective, place, subject. Place is ``between`` (A after B) or
``front`` (After B, A: the connective stands before the first of the two, nothing but short words in between). Subject is
``first`` or ``second``: which of the two mentions, in the order of the text, is the subject. Lines that begin with ``@`` say what
holds of relations: ``@inverse R S``, ``@symmetric R``, ``@transitive R``, ``@excludes R S``. ``#`` begins a comment.
Of several connectives in one place the longest counts (*long before* over *before*).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np

from farspan.errors import InputError, OptionError, Place
from farspan.files import read_text
from farspan.model import BoolArray, IntArray, LongArray
from farspan.relations.mentions import Mentions
from farspan.relations.options import RelationOptions, RelationRules, differing
from farspan.relations.phrases import PhraseFinder
from farspan.relations.table import SOURCES, RelationTable, empty_table, in_order
from farspan_resources import cue_languages, cue_text

_CUE: Final = SOURCES.index("cue")
_REACH: Final = 4  # tokens that may stand between a connective in front and the mention that it goes with
_PROPERTIES: Final = {"inverse": 2, "symmetric": 1, "transitive": 1, "excludes": 2}


@dataclass(frozen=True, slots=True)
class Cue:
    """One connective."""

    relation: str
    phrase: str
    place: Literal["between", "front"]
    subject: Literal["first", "second"]


@dataclass(frozen=True, slots=True)
class CueSet:
    """The connectives of a file, and what holds of their relations."""

    name: str
    cues: tuple[Cue, ...]
    options: Mapping[str, RelationOptions] = field(default_factory=dict)
    text: str = ""  # of a file of one's own, so that a project can keep it

    @property
    def relations(self) -> list[str]:
        """The relations, each once, in the order of the file."""
        return list(dict.fromkeys(cue.relation for cue in self.cues))


def load_cues(name: str) -> CueSet:
    """The connectives of the language `name` (one that ships) or of the file `name`. Raises InputError and OptionError."""
    if name in cue_languages():
        return parse_cues(cue_text(name), name)
    if not Path(name).is_file():
        remedy = f"choose one of {', '.join(cue_languages())}, or the name of a file"
        raise OptionError(f"no connectives are called {name!r}", remedy=remedy)
    text = read_text(name)
    return replace(parse_cues(text, name), text=text)


def parse_cues(text: str, name: str) -> CueSet:
    """The connectives in `text`. Raises InputError with the line that is wrong."""
    cues: list[Cue] = []
    options: dict[str, RelationOptions] = {}
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#") or cells[0] == "relation":
            continue
        if line.startswith("@"):
            _add_property(options, line.removeprefix("@").split(), Place(name, number))
        else:
            cues.append(_cue(cells, Place(name, number)))
    if not cues:
        raise InputError(
            "there is no connective in it", where=Place(name), remedy="write: BEFORE<TAB>before<TAB>between<TAB>first"
        )
    return CueSet(name, tuple(cues), options)


def _cue(cells: Sequence[str], where: Place) -> Cue:
    relation, phrase, place, subject = (*cells, "", "", "", "")[:4]
    place, subject = place or "between", subject or "first"
    if not relation or not phrase or place not in {"between", "front"} or subject not in {"first", "second"}:
        raise InputError(
            f"this is no connective: {' '.join(cells)!r}",
            where=where,
            remedy="write relation<TAB>connective<TAB>between or front<TAB>first or second",
        )
    return Cue(relation, phrase, place, subject)  # type: ignore[arg-type]


def _add_property(options: dict[str, RelationOptions], words: Sequence[str], where: Place) -> None:
    name, *relations = words or [""]
    if _PROPERTIES.get(name) != len(relations):
        known = ", ".join(f"@{one} {' '.join('RS'[:count])}" for one, count in _PROPERTIES.items())
        raise InputError(f"@{' '.join(words)} says nothing of a relation", where=where, remedy=f"write one of: {known}")
    relation = relations[0]
    own = options.get(relation, RelationOptions())
    match name:
        case "inverse":
            options[relation] = replace(own, inverse=relations[1])
        case "excludes":
            options[relation] = replace(own, excludes=(*own.excludes, relations[1]))
        case "symmetric":
            options[relation] = replace(own, symmetric=True)
        case _:
            options[relation] = replace(own, transitive=True)


def with_cues(rules: RelationRules, cues: Sequence[CueSet]) -> RelationRules:
    """`rules` with what the files of connectives say of their relations; what `rules` say themselves counts more."""
    said = dict(rules.options)
    for one in cues:
        for relation, options in one.options.items():
            own = differing(rules.of(relation))
            said[relation] = rules.of(relation).changed({**differing(options), **own})
    return replace(rules, options=said)


def find_cues(mentions: Mentions, cues: CueSet, names: Sequence[str], rules: RelationRules, lang: str = "xx") -> RelationTable:
    """The relations that connectives say between mentions that follow one another in a sentence. names: those of the table.

    The types of a pair and its distance are held against the options of the relation, as for pairs of a knowledge base.
    """
    first, second = _neighbours(mentions)
    if not len(first):
        return empty_table(names)
    finder = PhraseFinder(mentions.corpus, lang)
    best = np.zeros(len(first), np.int32)
    chosen = np.full(len(first), -1, np.int32)
    for number, cue in enumerate(cues.cues):
        words = len(cue.phrase.split())
        there = _is_there(mentions, finder, cue, first, second) & (best < words)
        best[there], chosen[there] = words, number
    rows = np.flatnonzero(chosen >= 0)
    table = _table(mentions, cues, names, chosen[rows], (first[rows], second[rows]))
    return table.take(_fits(table, mentions, rules))


def _neighbours(mentions: Mentions) -> tuple[LongArray, LongArray]:
    """Mentions that follow one another in a sentence; those inside another do not count."""
    outer = np.flatnonzero(mentions.starts >= np.append(0, np.maximum.accumulate(mentions.ends)[:-1])[: len(mentions)])
    same = mentions.sentences[outer][1:] == mentions.sentences[outer][:-1]
    return outer[:-1][same], outer[1:][same]


def _is_there(
    mentions: Mentions, finder: PhraseFinder, cue: Cue, first: LongArray, second: LongArray
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    phrases = finder.find("cue", [cue.phrase])
    if cue.place == "between":
        return phrases.stand_in(mentions.ends[first], mentions.starts[second])
    sentences = mentions.corpus.sentences[mentions.sentences[first]]
    begin = np.maximum(sentences, mentions.starts[first] - len(cue.phrase.split()) - _REACH)
    is_first = np.append(True, mentions.sentences[first][1:] != mentions.sentences[first][:-1])[: len(first)]
    there: BoolArray = phrases.stand_in(begin, mentions.starts[first]) & is_first
    return there


def _table(
    mentions: Mentions, cues: CueSet, names: Sequence[str], chosen: IntArray, neighbours: tuple[LongArray, LongArray]
) -> RelationTable:
    """The pairs `neighbours`, each with the connective beside it in `chosen`."""
    first, second = neighbours
    number = {name: index for index, name in enumerate(names)}
    relations = np.array([number[cue.relation] for cue in cues.cues], np.int32)[chosen]
    turned = np.array([cue.subject == "second" for cue in cues.cues], np.bool_)[chosen]
    subjects, objects = np.where(turned, second, first).astype(np.int32), np.where(turned, first, second).astype(np.int32)
    ids, readings = mentions.entity_ids[mentions.offsets[:-1]], mentions.readings
    table = RelationTable(
        names,
        subjects,
        objects,
        ids[subjects],
        ids[objects],
        relations,
        np.full(len(subjects), -1, np.int32),
        np.zeros(len(subjects), np.uint8),
        np.zeros(len(subjects), np.uint8),
        (mentions.starts[second] - mentions.ends[first]).astype(np.int32),
        readings[subjects] * readings[objects],
        np.full(len(subjects), _CUE, np.uint8),
    )
    return in_order(table)


def _fits(table: RelationTable, mentions: Mentions, rules: RelationRules) -> BoolArray:
    fits = np.ones(len(table), np.bool_)
    labels = np.array([*mentions.labels.strings, ""])
    for number, name in enumerate(table.names):
        options, mine = rules.of(name), table.relations == number
        if options.subject_types:
            fits &= ~mine | np.isin(labels[mentions.label_ids[table.subjects]], options.subject_types)
        if options.object_types:
            fits &= ~mine | np.isin(labels[mentions.label_ids[table.objects]], options.object_types)
        if options.max_distance >= 0:
            fits &= ~mine | (table.distances <= options.max_distance)
        if not options.active:
            fits &= ~mine
    return fits
