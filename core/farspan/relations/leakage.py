"""What training and test data have in common: pairs, triples, entities and sentences, counted over all relations of each side.

An entity is known by its id; where a relation has none, by its name. Ids that a file of aliases puts in one line are one entity,
and a name without an id is the entity that bears it, if only one does. A sentence counts if a relation stands in it, equal but
for case and white space, or alike: its words in common with another are at least `NEAR` of the words of both (Jaccard, each word
as often as it stands). Alike sentences are found exactly, by the rarest words first (Xiao, Wang, Lin, Yu 2008).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from farspan.model import Document
from farspan.relations.aliases import normal_name
from farspan.relations.alike import NEAR, near_pairs
from farspan.relations.reading import NO_RELATION
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

KINDS: Final = ("pair", "unordered_pair", "triple", "entity", "sentence", "near_sentence")
EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Record:
    """One relation of one side: its entities by key, its relation, and the wordings of its sentences."""

    document: str
    subject: str
    object: str
    relation: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One file of a split, by the name it has in the report."""

    name: str
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Leak:
    """What of one kind `to` shares with `source`. keys: shared ones, out of `of`; rows: relations of `to` that they touch."""

    kind: str
    source: str
    to: str
    keys: int
    of: int
    rows: int
    all_rows: int
    examples: tuple[str, ...]


@dataclass(slots=True)
class AliasTable:
    """Which ids and names mean the same entity."""

    representative: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.representative = dict(self.representative)

    def merge(self, names: Sequence[str]) -> None:
        """Let all of `names` mean one entity, with whatever they meant before."""
        roots = sorted({self._root(form) for name in names for form in (name, normal_name(name))})
        for root in roots[1:]:
            self.representative[root] = roots[0]

    def bears(self, name: str, entity: str) -> None:
        """`name` stands for `entity` somewhere; if it stands for another one too it tells nothing."""
        root = self._root(entity)
        known = self.by_name.setdefault(name, root)
        if known is not None and self._root(known) != root:
            self.by_name[name] = None

    def key(self, entity: str | None, name: str) -> str:
        """What an entity is known by."""
        if entity:
            return self._root(entity)
        return self._root(self.by_name.get(name) or name)

    def _root(self, name: str) -> str:
        while name in self.representative:
            name = self.representative[name]
        return name


@dataclass(frozen=True, slots=True)
class _Raw:
    document: str
    ids: tuple[str | None, str | None]
    names: tuple[str, str]
    relation: str
    sentences: tuple[str, ...]


def read_sides(
    files: Mapping[str, Iterable[Document]], aliases: Iterable[Sequence[str]] = (), *, lang: str = "xx", tokenizer: str = "spacy"
) -> list[Side]:
    """The relations of each side. Documents without tokens are cut into sentences by the rules of `lang`."""
    table = AliasTable()
    for names in aliases:
        table.merge(names)
    raw = {name: list(_raw_records(documents, lang, tokenizer)) for name, documents in files.items()}
    for records in raw.values():
        for record in records:
            for entity, name in zip(record.ids, record.names, strict=True):
                if entity:
                    table.bears(name, entity)
    return [Side(name, [_record(one, table) for one in records]) for name, records in raw.items()]


def _record(raw: _Raw, table: AliasTable) -> Record:
    subject, object_ = (table.key(entity, name) for entity, name in zip(raw.ids, raw.names, strict=True))
    return Record(raw.document, subject, object_, raw.relation, raw.sentences)


def _raw_records(documents: Iterable[Document], lang: str, tokenizer: str) -> Iterator[_Raw]:
    cut = make_tokenizer("whitespace" if tokenizer == "given" else tokenizer, lang, Vocabulary())
    for document in documents:
        if document.relations:
            corpus = build_corpus([document], cut, lang)
            yield from (_raw(corpus, index) for index in range(len(document.relations)))


def _raw(corpus: Corpus, index: int) -> _Raw:
    document = corpus.documents[0]
    relation = document.relations[index]
    spans = [document.spans[relation.subject], document.spans[relation.object]]
    given = (relation.subject_id, relation.object_id)
    subject, object_ = (known or (span.ids[0] if span.ids else None) for known, span in zip(given, spans, strict=True))
    one, two = (normal_name(span.name or document.text[span.start : span.end]) for span in spans)
    sentences = {_sentence(corpus, span.start) for span in spans}
    return _Raw(document.id, (subject, object_), (one, two), relation.relation, tuple(sorted(sentences - {""})))


def _sentence(corpus: Corpus, start: int) -> str:
    """The wording of the sentence that the character `start` of the only document stands in."""
    if not len(corpus):
        return ""
    token = min(int(corpus.ends.searchsorted(start, "right")), len(corpus) - 1)
    number = int(corpus.sentences.searchsorted(token, "right")) - 1
    last = int(corpus.sentences[number + 1]) if number + 1 < len(corpus.sentences) else len(corpus)
    return normal_name(corpus.documents[0].text[int(corpus.starts[corpus.sentences[number]]) : int(corpus.ends[last - 1])])


def find_leaks(sides: Sequence[Side], near: float = NEAR) -> list[Leak]:
    """Every kind of leak from each side into each later one, also where there is none."""
    found = []
    for number, source in enumerate(sides):
        for to in sides[number + 1 :]:
            found += [_leak(kind, source, to) for kind in KINDS[:-1]]
            found.append(_near_leak(source, to, near))
    return found


def _keys(kind: str, record: Record) -> Sequence[Hashable]:
    match kind:
        case "pair":
            return [(record.subject, record.object)]
        case "unordered_pair":
            return [tuple(sorted((record.subject, record.object)))]
        case "triple":
            return [] if record.relation in NO_RELATION else [(record.subject, record.relation, record.object)]
        case "entity":
            return [record.subject, record.object]
        case _:
            return record.sentences


def _leak(kind: str, source: Side, to: Side) -> Leak:
    there = {key for record in source.records for key in _keys(kind, record)}
    mine: dict[Any, None] = {}
    shared: dict[Any, None] = {}
    rows = 0
    for record in to.records:
        keys = _keys(kind, record)
        mine.update(dict.fromkeys(keys))
        common = [key for key in keys if key in there]
        shared.update(dict.fromkeys(common))
        rows += bool(common)
    examples = tuple(_shown(key) for key in list(shared)[:EXAMPLES])
    return Leak(kind, source.name, to.name, len(shared), len(mine), rows, len(to.records), examples)


def _shown(key: Any) -> str:
    return " | ".join(key) if isinstance(key, tuple) else str(key)


def _near_leak(source: Side, to: Side, near: float) -> Leak:
    theirs = dict.fromkeys(text for record in source.records for text in record.sentences)
    mine = dict.fromkeys(text for record in to.records for text in record.sentences)
    alike = near_pairs(list(theirs), list(mine), near)
    shared = {text for _, text in alike}
    rows = sum(any(text in shared for text in record.sentences) for record in to.records)
    examples = tuple(f"{text} ~ {other}" for other, text in alike[:EXAMPLES])
    return Leak("near_sentence", source.name, to.name, len(shared), len(mine), rows, len(to.records), examples)
