"""Which ids mean the same entity: groups of them, from a file of aliases and from names they share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from farspan.errors import InputError, Place
from farspan.files import open_text
from farspan.model import IntArray
from farspan.relations.mentions import Mentions
from farspan.text.vocabulary import Vocabulary


def normal_name(name: str) -> str:
    """`name` without what keeps equal names apart: case, composed letters, white space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_aliases(path: str, encoding: str | None = None) -> list[tuple[str, ...]]:
    """The sets of ids or names that mean one entity each: those of a line of `path`, parted by tabs. Raises InputError."""
    found = []
    with open_text(path, encoding) as file:
        for number, line in enumerate(file.lines(), 1):
            cells = tuple(cell.strip() for cell in line.removesuffix("\r").split("\t") if cell.strip())
            if len(cells) == 1:
                raise InputError(
                    "one id alone is no alias of another", where=Place(file.path, number), remedy="write: ID<TAB>ID or name"
                )
            if cells:
                found.append(cells)
    return found


def alias_groups(size: int, pairs: Sequence[tuple[IntArray, IntArray]]) -> IntArray:
    """int32[size]: the group of each number; the two numbers of each pair are in one, and so on in chains."""
    first = np.concatenate([np.empty(0, np.int32), *(one for one, _ in pairs)])
    second = np.concatenate([np.empty(0, np.int32), *(two for _, two in pairs)])
    graph = coo_matrix((np.ones(len(first), np.bool_), (first, second)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)


def declared_pairs(aliases: Iterable[Sequence[str]], entities: Vocabulary) -> tuple[IntArray, IntArray]:
    """The pairs of entities that a file of aliases puts in one group; ids that are new are added to `entities`."""
    sets = [entities.intern(names) for names in aliases]
    nothing = [np.empty(0, np.int32)]
    firsts = np.concatenate([*nothing, *(np.repeat(ids[:1], len(ids) - 1) for ids in sets)])
    return firsts, np.concatenate([*nothing, *(ids[1:] for ids in sets)])


def same_name_pairs(mentions: Mentions) -> tuple[IntArray, IntArray]:
    """Pairs of entities of one label that mentions of one name stand for, so that either may be meant."""
    names = Vocabulary()
    words = names.intern([normal_name(mentions.words(mention)) for mention in range(len(mentions))])
    owners = mentions.owners
    keys = words[owners].astype(np.int64) << 32 | mentions.label_ids[owners]
    order = np.lexsort((mentions.entity_ids, keys))
    keys, ids = keys[order], mentions.entity_ids[order]
    same = (keys[1:] == keys[:-1]) & (ids[1:] != ids[:-1])
    return ids[:-1][same], ids[1:][same]


def groups_of(mentions: Mentions, aliases: Iterable[Sequence[str]] = ()) -> IntArray:
    """int32[entities]: the groups of all entities known by now: declared aliases, and ids that share a name in the texts."""
    declared = declared_pairs(aliases, mentions.entities)
    return alias_groups(len(mentions.entities), [declared, same_name_pairs(mentions)])
