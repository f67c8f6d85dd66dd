"""Farspan in a few lines of Python: annotate texts with lists, compare labels with gold labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from farspan.annotate import Annotator, Source
from farspan.errors import OptionError
from farspan.formats import read_documents
from farspan.model import Document
from farspan.noise.alignment import Side
from farspan.noise.comparison import compare
from farspan.noise.scoring import Scores, score
from farspan.options import CRITERIA, ConflictPolicy, MatchingOptions, option
from farspan.sources.lists import EntityList, load_list, parse_list_file

Texts = str | Document | Iterable[str | Document]
Names = Any
"""What may stand for a list: names, a path, an EntityList, or a mapping with ``names`` or ``file`` and options of its own."""

_CONTENT: Final = ("names", "file")


def annotate(
    texts: Texts,
    lists: Mapping[str, Names],
    *,
    lang: str = "xx",
    tokenizer: str = "spacy",
    name_tokenizer: str | None = None,
    conflicts: str = "greedy",
    criteria: Sequence[str] = CRITERIA,
    nested: bool = False,
    workers: int = 1,
    **options: Any,
) -> list[Document]:
    """The texts as documents with tokens and spans, in their order.

    texts: one text or document, or several. lists: label -> names (strings, or mappings with ``name``, ``id`` and ``aliases``),
    the path of a list file (a string or Path; ``films.csv?name=title`` chooses columns), an EntityList, or a mapping with
    ``names`` or ``file`` and options for this list alone. Order counts. options: any matching option, for all lists.
    Raises FarspanError.

    >>> import farspan
    >>> text = "Ada Lovelace wrote to Charles Babbage from London."
    >>> lists = {"PER": ["Ada Lovelace", "Charles Babbage"], "LOC": {"names": ["london"], "case": "ignore"}}
    >>> [document] = farspan.annotate(text, lists)
    >>> [(document.text[span.start : span.end], span.label) for span in document.spans]
    [('Ada Lovelace', 'PER'), ('Charles Babbage', 'PER'), ('London', 'LOC')]

    Ids of a list come along, and the longest match wins unless other criteria are named:

    >>> cities = [{"name": "York", "id": "Q42462"}, {"name": "New York", "id": "Q60"}]
    >>> [document] = farspan.annotate("From York to New York.", {"LOC": cities})
    >>> [(span.name, span.ids) for span in document.spans]
    [('York', ('Q42462',)), ('New York', ('Q60',))]

    Offsets are code points, and NFC and NFD forms of a name always match:

    >>> [document] = farspan.annotate("Café Müller", {"WORK": ["Cafe\u0301 Müller"]})
    >>> document.spans[0].start, document.spans[0].end
    (0, 11)
    """
    annotator = Annotator(
        sources_from(lists, options),
        policy=policy_from(conflicts, criteria, nested=nested),
        lang=lang,
        tokenizer=tokenizer,
        name_tokenizer=name_tokenizer,
        workers=workers,
    )
    return list(annotator.annotate(_documents(texts)))


def evaluate(
    gold: str | PathLike[str] | Iterable[Document], pred: str | PathLike[str] | Iterable[Document], *, nested: bool = False
) -> Scores:
    """How well the labels of `pred` agree with those of `gold`: files, or documents.

    Files of tokens must hold the same tokens; other documents are paired by id. `nested` counts the nested layer too.
    Raises TokenMismatch and InputError.

    >>> import farspan
    >>> from dataclasses import replace
    >>> [found] = farspan.annotate("Ada met Charles in Bath", {"PER": ["Ada", "Bath"]})
    >>> gold = replace(found, spans=[farspan.Span(0, 3, "PER"), farspan.Span(8, 15, "PER")])
    >>> scores = farspan.evaluate([gold], [found])
    >>> scores.overall["strict"].precision, scores.overall["strict"].recall
    (0.5, 0.5)
    """
    (one, one_has_tokens), (other, other_has_tokens) = _side(gold, "gold"), _side(pred, "pred")
    comparison = compare(one, other, by_tokens=one_has_tokens or other_has_tokens, nested=nested)
    return score(comparison.gold, comparison.predicted, comparison.labels)


def sources_from(lists: Mapping[str, Names], options: Mapping[str, Any]) -> list[Source]:
    """The lists by label as sources, each called by its label. Raises OptionError and InputError."""
    general = _checked(options)
    return [_source(label, given, general) for label, given in lists.items()]


def policy_from(conflicts: str, criteria: Sequence[str], *, nested: bool) -> ConflictPolicy:
    """The conflict policy of these names. Raises OptionError."""
    names: Any = tuple(criteria.split(",")) if isinstance(criteria, str) else tuple(criteria)
    scope: Any = conflicts
    return ConflictPolicy(names, scope, nested)


def _source(label: str, given: Names, general: Mapping[str, Any]) -> Source:
    content, own = given, {}
    if isinstance(given, Mapping) and any(key in given for key in _CONTENT):
        own = {key: value for key, value in given.items() if key not in _CONTENT}
        content = given["names"] if "names" in given else Path(given["file"])
        if all(key in given for key in _CONTENT):
            raise OptionError(f"the list {label!r} has both names and a file", remedy="give one of them")
    return Source(_entity_list(label, content), MatchingOptions().changed({**general, **_checked(own)}))


def _entity_list(label: str, content: Names) -> EntityList:
    if isinstance(content, EntityList):
        return replace(content, name=label, label=label)
    if isinstance(content, (str, PathLike)):
        argument = parse_list_file(fspath(content), label)
        return load_list(argument.path, label, name=label, columns=argument.columns)
    return EntityList.from_names(label, content, name=label)


def _checked(options: Mapping[str, Any]) -> dict[str, Any]:
    known = {option(name): value for name, value in options.items()}
    return {item.name: item.check(list(value) if isinstance(value, (set, frozenset)) else value) for item, value in known.items()}


def _documents(texts: Texts) -> Iterator[Document]:
    given: Any = texts  # whatever a caller gives
    for number, text in enumerate([given] if isinstance(given, (str, bytes, Document)) else given):
        if not isinstance(text, (str, Document)):
            raise OptionError(f"a text is a str or a Document, not {type(text).__name__}", remedy="decode bytes: data.decode()")
        yield text if isinstance(text, Document) else Document(str(number), text)


def _side(given: str | PathLike[str] | Iterable[Document], shown: str) -> tuple[Side, bool]:
    """The documents as one side of a comparison, and whether they come from a token format."""
    name = fspath(given) if isinstance(given, (str, PathLike)) else f"<{shown}>"
    documents = iter(read_documents([given]) if isinstance(given, (str, PathLike)) else given)
    first = next(documents, None)
    if first is None:
        return Side(name, ()), False
    return Side(name, chain([first], documents)), first.meta.get("format") == "conll"
