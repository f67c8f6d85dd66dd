"""What kind of names a list holds: scripts, lengths in words and characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from farspan.sources.lists import EntityList


@dataclass(frozen=True, slots=True)
class ListStatistics:
    """scripts: names that hold a letter of each script, the most frequent first; digits and signs are ``none``.

    words (between blanks) and characters (code points): ``least``, ``median`` and ``most`` of a name.
    """

    scripts: dict[str, int]
    words: dict[str, float]
    characters: dict[str, float]


def list_statistics(names: EntityList) -> ListStatistics:
    """What kind of names `names` holds."""
    alphabets = Counter(frozenset(name) for name in names.surfaces)
    scripts: Counter[str] = Counter()
    for characters, count in alphabets.items():
        for script in {script_of(char) for char in characters} - {""} or {"none"}:
            scripts[script] += count
    words = [name.count(" ") + 1 for name in names.surfaces]
    return ListStatistics(dict(scripts.most_common()), _spread(words), _spread([len(name) for name in names.surfaces]))


def _spread(values: Sequence[int]) -> dict[str, float]:
    array = np.array(values)
    return {"least": int(array.min()), "median": float(np.median(array)), "most": int(array.max())}


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The script of a letter, as the first word of its Unicode name says (Latin, Ethiopic, Cjk); "" for all other characters."""
    if not char.isalpha() or unicodedata.category(char) == "Lm":
        return ""
    return unicodedata.name(char, "unknown").split()[0].split("-")[0].capitalize()
