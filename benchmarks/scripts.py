"""The same text in other scripts: letters replaced one by one, so that nothing but the script differs."""

from __future__ import annotations

import unicodedata
from string import ascii_lowercase, ascii_uppercase

from benchmarks.data import names_of_size, with_single_spaces
from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import in_turn
from benchmarks.world import checksum, options, places_of, short, world_of
from farspan.model import Document
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

SECTION = "Scripts: one text and list, its Latin letters replaced by a fixed table"
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэ"


def letters_of(first: int, last: int, wanted: int = 52) -> str:
    """The first `wanted` letters between two code points that are whole and stay themselves under NFC and case folding."""
    found = []
    for point in range(first, last):
        letter = chr(point)
        if unicodedata.category(letter) == "Lo" and not unicodedata.decomposition(letter):
            found.append(letter)
    assert len(found) >= wanted
    return "".join(found[:wanted])


def tables() -> dict[str, dict[int, str]]:
    """Script -> the letter that stands for each of a-z and A-Z. Ethiopic and Arabic have no case: 52 letters of their own."""
    latin = ascii_lowercase + ascii_uppercase
    letters = {
        "Latin": latin,
        "Cyrillic": CYRILLIC + CYRILLIC.upper(),
        "Ethiopic": letters_of(0x1208, 0x1340),
        "Arabic": letters_of(0x0620, 0x06D0),
    }
    return {script: str.maketrans(latin, chosen) for script, chosen in letters.items()}


def measure(setting: Setting, results: Results) -> None:
    """Tokenising (both tokenizers) and new rule sets in each script, in turn."""
    texts = [_plain(with_single_spaces(piece)) for piece in setting.material.pieces]
    names = [name for name in map(_plain, names_of_size(setting.material.names, setting.names[1])) if name]
    worlds, documents = {}, {}
    for script, table in tables().items():
        documents[script] = [Document(str(number), text.translate(table)) for number, text in enumerate(texts)]
        cut = make_tokenizer("unicode", "xx", Vocabulary())
        worlds[script] = world_of(documents[script], [name.translate(table) for name in names], cut, "xx")
    figures: dict[str, float] = {}
    for tokenizer in ("spacy", "unicode"):
        sides = {
            script: lambda d=d, t=tokenizer: build_corpus(d, make_tokenizer(t, "xx", Vocabulary()), "xx")
            for script, d in documents.items()
        }
        tokens = {script: f"{len(side()):,} tokens" for script, side in sides.items()}
        times = in_turn(sides, setting.rounds)
        _show(results, f"{short(len(worlds['Latin'].corpus))} {tokenizer} tokenizer and sentences, cold", times, tokens, figures)
    for mode in ("exact", "ignore"):
        chosen = options(case=mode)
        sides = {script: lambda w=world, chosen=chosen: w.rebuild(chosen) for script, world in worlds.items()}
        times = in_turn(sides, setting.rounds)
        found = {script: checksum(places_of(world.rebuild(chosen))) for script, world in worlds.items()}
        _show(results, f"{worlds['Latin'].size} new rule set {mode}", times, found, figures)
    results.at_most("any script against Latin", 1.3, figures, "x")


def _show(results: Results, case: str, times: dict, found: dict[str, str], figures: dict[str, float]) -> None:
    results.compare(SECTION, case, times, found, "ratios against Latin")
    what = case.partition(" ")[2] if "x" not in case else case
    figures |= {f"{script}, {what}": taken.over(times["Latin"]) for script, taken in times.items() if script != "Latin"}


def _plain(text: str) -> str:
    """`text` with letters of the Latin script without marks, and no other letters."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isascii() or not unicodedata.category(c).startswith(("L", "M")))
