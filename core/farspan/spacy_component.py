"""Farspan inside a spaCy pipeline: `nlp.add_pipe("farspan", config={"lists": {"PER": ["Ada Lovelace"]}})`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from os import PathLike
from pathlib import Path
from typing import Any, Final, Literal, Self

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, minibatch

from farspan.annotate import Annotator, Source
from farspan.api import policy_from, sources_from
from farspan.errors import InputError, OptionError, place
from farspan.files import read_text, written_aside
from farspan.model import Document, Tokens
from farspan.options import CRITERIA, ConflictPolicy, MatchingOptions
from farspan.sources.lists import EntityList
from farspan.spans import SpanTable

Overlap = Literal["keep", "replace"]
OVERLAPS: Final = ("keep", "replace")
_SETTINGS: Final = "farspan.json"


@Language.factory(
    "farspan",
    assigns=["doc.ents", "doc.spans", "token.ent_type", "token.ent_iob", "token.ent_id", "token.ent_kb_id"],
    default_config={
        "lists": {},
        "options": {},
        "spans_key": "farspan",
        "set_ents": True,
        "overlap": "keep",
        "conflicts": "greedy",
        "criteria": list(CRITERIA),
        "nested": False,
        "name_tokenizer": None,
    },
)
def make_farspan(  # noqa: PLR0917  (spaCy calls it by name)
    nlp: Language,
    name: str,
    lists: dict[str, Any],
    options: dict[str, Any],
    spans_key: str | None,
    set_ents: bool,
    overlap: str,
    conflicts: str,
    criteria: list[str],
    nested: bool,
    name_tokenizer: str | None,
) -> FarspanComponent:
    """The component of a pipeline; lists and options as in `farspan.annotate`. Raises FarspanError.

    Tokens are the Doc's own; names are cut by the rules of the pipeline's language unless `name_tokenizer` says otherwise.
    `overlap` says what becomes of entities that stand in the Doc already: keep leaves them and drops what overlaps them,
    replace drops them where they overlap.
    """
    if overlap not in OVERLAPS:
        raise OptionError(f"overlap={overlap!r} is not possible", remedy=f"choose one of: {', '.join(OVERLAPS)}")
    return FarspanComponent(
        sources_from(lists, options),
        policy_from(conflicts, criteria, nested=nested),
        lang=nlp.lang or "xx",
        name_tokenizer=name_tokenizer or "spacy",
        spans_key=spans_key,
        set_ents=set_ents,
        overlap="replace" if overlap == "replace" else "keep",
        name=name,
    )


class FarspanComponent:
    """Marks the names of its lists in Docs: all spans, nested ones too, in `doc.spans[spans_key]`, the others as `doc.ents`.

    The first id of a name is the entity's id and KB id. Sentence borders are those of the Doc, if it has any.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        policy: ConflictPolicy,
        *,
        lang: str,
        name_tokenizer: str = "spacy",
        spans_key: str | None = "farspan",
        set_ents: bool = True,
        overlap: Overlap = "keep",
        name: str = "farspan",
    ) -> None:
        self.name = name
        self.spans_key = spans_key
        self.set_ents = set_ents
        self.overlap: Overlap = overlap
        self._lang = lang
        self._name_tokenizer = name_tokenizer
        self._prepare(sources, policy)

    def _prepare(self, sources: Sequence[Source], policy: ConflictPolicy) -> None:
        self._sources = tuple(sources)
        self._policy = policy
        self._annotator = Annotator(
            sources, policy=policy, lang=self._lang, tokenizer="given", name_tokenizer=self._name_tokenizer
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component can give, in order of name."""
        own = {label for source in self._sources for label in source.entity_list.labels or () if not source.options.label}
        return tuple(sorted(own | {source.options.label or source.entity_list.label for source in self._sources}))

    def __call__(self, doc: Doc) -> Doc:
        """The Doc itself, with its spans."""
        [document] = self._annotator.annotate([_as_document(doc)])
        return self._mark(doc, document)

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """The Docs of the stream, with their spans."""
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            documents = self._annotator.annotate(_as_document(doc) for doc in docs)
            for doc, document in zip(docs, documents, strict=True):
                yield self._mark(doc, document)

    def _mark(self, doc: Doc, document: Document) -> Doc:
        table = document.spans
        assert isinstance(table, SpanTable)  # noqa: S101  (what the annotator gives)
        places = _places(doc)
        spans, is_kept = [], []
        for number, found in enumerate(table):
            first, end = places[table.token_starts[number]], places[table.token_ends[number] - 1] + 1
            entity = found.ids[0] if found.ids else ""
            spans.append(Span(doc, int(first), int(end), label=found.label, kb_id=entity, span_id=entity))
            is_kept.append(found.kind == "kept")
        if self.spans_key:
            doc.spans[self.spans_key] = spans
        if self.set_ents:
            self._set_ents(doc, filter_spans([span for span, kept in zip(spans, is_kept, strict=True) if kept]))
        return doc

    def _set_ents(self, doc: Doc, found: list[Span]) -> None:
        there = list(doc.ents)
        winners, losers = (there, found) if self.overlap == "keep" else (found, there)
        taken = {token.i for span in winners for token in span}
        free = [span for span in losers if not any(token.i in taken for token in span)]
        doc.ents = filter_spans([*winners, *free])

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002  (asked for by spaCy)
        """The lists, options and settings as JSON."""
        lists = [_list_parts(source) for source in self._sources]
        settings = {"spans_key": self.spans_key, "set_ents": self.set_ents, "overlap": self.overlap}
        tokens = {"lang": self._lang, "name_tokenizer": self._name_tokenizer}
        value = {"lists": lists, "policy": asdict(self._policy), **settings, **tokens}
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002  (asked for by spaCy)
        """Take over what `to_bytes` gave. Raises InputError."""
        return self._take_over(data.decode("utf-8", "surrogatepass"), "<bytes>")

    def to_disk(self, path: str | PathLike[str], *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the lists, options and settings into the folder `path`. Raises OutputError."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        with written_aside(folder / _SETTINGS) as file:
            file.write(self.to_bytes())

    def from_disk(self, path: str | PathLike[str], *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002
        """Take over what `to_disk` wrote. Raises InputError."""
        file = Path(path) / _SETTINGS
        return self._take_over(read_text(file, "utf-8"), str(file))

    def _take_over(self, text: str, where: str) -> Self:
        try:
            value = json.loads(text)
            sources = [_source_of(parts) for parts in value["lists"]]
            policy = value["policy"]
            self.spans_key, self.set_ents, self.overlap = value["spans_key"], value["set_ents"], value["overlap"]
            self._lang, self._name_tokenizer = value["lang"], value["name_tokenizer"]
            self._prepare(sources, ConflictPolicy(tuple(policy["criteria"]), policy["scope"], policy["nested"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"this was not written by Farspan: {error}", where=place(where), remedy="save the pipeline again"
            ) from error
        return self


def _as_document(doc: Doc) -> Document:
    """The Doc's text, tokens and sentences; tokens of white space are left out."""
    words = [token for token in doc if not token.is_space]
    starts = np.array([token.idx for token in words], np.int32)
    ends = starts + np.array([len(token) for token in words], np.int32)
    if doc.has_annotation("SENT_START"):
        firsts = [i for i, token in enumerate(words) if i == 0 or _begins_sentence(doc, words[i - 1].i, token.i)]
    else:
        firsts = [0] if words else []
    return Document("", doc.text, tokens=Tokens(starts, ends, np.array(firsts, np.int32)))


def _begins_sentence(doc: Doc, before: int, here: int) -> bool:
    """Whether a sentence begins after token `before` and no later than token `here`; white space between may begin it."""
    return any(doc[i].is_sent_start for i in range(before + 1, here + 1))


def _places(doc: Doc) -> list[int]:
    return [token.i for token in doc if not token.is_space]


def _list_parts(source: Source) -> Mapping[str, Any]:
    names = source.entity_list
    columns = {"surfaces": names.surfaces, "ids": names.ids, "labels": names.labels, "is_alias": names.is_alias.tolist()}
    return {"name": names.name, "label": names.label, **columns, "options": asdict(source.options)}


def _source_of(parts: Mapping[str, Any]) -> Source:
    names = EntityList(
        parts["name"],
        parts["label"],
        list(parts["surfaces"]),
        [tuple(ids) for ids in parts["ids"]],
        parts["labels"],
        np.array(parts["is_alias"], np.bool_),
    )
    return Source(replace(names, rows=len(names)), MatchingOptions().changed(parts["options"]))
