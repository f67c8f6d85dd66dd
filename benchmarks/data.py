"""Texts and names of any size: files that were named, or what ships with the sample projects."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from farspan.formats import read_documents
from farspan.model import Document
from farspan.sources.lists import load_list, parse_list_file
from farspan_resources import copy_sample, sample

_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")
_PIECE = 20_000
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Material:
    """What everything is measured on. pieces: documents of about 20,000 characters, as written. names: distinct, shuffled."""

    lang: str
    pieces: Sequence[str]
    names: Sequence[str]
    described: str


def load_material(texts: Sequence[str], names: Sequence[str], folder: Path, lang: str | None) -> Material:
    """The files that were named; for what was not, the Spanish sample project, copied into `folder`."""
    shipped = sample("film-news")
    if not texts or not names:
        copy_sample(shipped.name, folder)
    lists = list(names) or [str(folder / argument.partition("=")[2]) for argument in shipped.lists]
    read = read_documents([*texts] if texts else [str(folder / shipped.texts)])
    pieces = [piece for document in read for piece in cut(document.text)]
    surfaces = distinct_names(lists)
    described = f"{len(pieces):,} pieces of text, {sum(map(len, pieces)):,} characters; {len(surfaces):,} real names"
    return Material(lang or ("en" if texts else shipped.language), pieces, surfaces, described)


def cut(text: str) -> Iterator[str]:
    """`text` in pieces of whole paragraphs."""
    held: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        held.append(paragraph)
        if sum(map(len, held)) >= _PIECE:
            yield "\n\n".join(held)
            held = []
    if held:
        yield "\n\n".join(held)


def distinct_names(lists: Iterable[str]) -> list[str]:
    """All names of the list files, each once, in an order that a fixed seed gives."""
    found: dict[str, None] = {}
    for file in lists:
        argument = parse_list_file(file, "NAME")
        found.update(dict.fromkeys(load_list(argument.path, "NAME", columns=argument.columns).surfaces))
    names = list(found)
    random.Random(SEED).shuffle(names)
    return names


def names_of_size(real: Sequence[str], size: int) -> list[str]:
    """The first `size` names; where there are not as many, two- and three-token names put together from the words of `real`."""
    if len(real) >= size:
        return list(real[:size])
    chance = random.Random(SEED + 1)
    words = sorted({word for name in real for word in name.split()})
    made = dict.fromkeys(real)
    while len(made) < size:
        made[" ".join(chance.choices(words, k=chance.choice((2, 2, 3))))] = None
    return list(made)


def documents_of_size(pieces: Sequence[str], counts: Sequence[int], tokens: int) -> list[Document]:
    """`pieces` over and over until there are `tokens` tokens; counts: the tokens of each piece."""
    documents: list[Document] = []
    total = 0
    for number, (piece, count) in enumerate(cycle(zip(pieces, counts, strict=True))):
        if total >= tokens:
            return documents
        documents.append(Document(str(number), piece))
        total += count
    return documents


def with_single_spaces(text: str) -> str:
    """`text` with every stretch of white space as one space: spaCy makes tokens of the longer ones, and matches stop there."""
    return " ".join(text.split())
