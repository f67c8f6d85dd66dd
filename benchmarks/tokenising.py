"""Tokenising: the tokens of spaCy's own tokenizer, and plain words, beside spaCy itself."""

from __future__ import annotations

import numpy as np
import spacy

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Rounds, in_turn
from benchmarks.world import short
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

SECTION = "Tokenising (cold: nothing known; warm: the same text was seen before)"
LANGUAGES = ("xx", "de", "fr", "ru")
CHARACTERS = 2_000_000


def measure(setting: Setting, results: Results) -> None:
    """Several languages' rules on the same text, distinct pieces only, so that nothing is won by repeating the text."""
    texts = _some(setting.material.pieces, CHARACTERS if setting.tokens[0] >= 10**6 else CHARACTERS // 10)
    languages = dict.fromkeys((setting.material.lang, *(LANGUAGES if setting.tokens[0] >= 10**6 else LANGUAGES[:2])))
    cold, warm = {}, {}
    for lang in languages:
        nlp = spacy.blank(lang)
        known = make_tokenizer("spacy", lang, Vocabulary())
        batch = known(texts)
        docs = [nlp.make_doc(text) for text in texts]
        theirs = [(token.idx, token.idx + len(token)) for doc in docs for token in doc if not token.is_space]
        same = np.array_equal(np.array(theirs), np.stack([batch.starts, batch.ends], axis=1))
        fresh = lambda lang=lang: make_tokenizer("spacy", lang, Vocabulary())  # noqa: E731
        held = [fresh()]
        times = in_turn(
            {
                "farspan cold": lambda held=held: held[0](texts),
                "farspan warm": lambda known=known: known(texts),
                "make_doc, new pipeline": lambda held=held: [held[1].make_doc(text) for text in texts],
                "make_doc": lambda nlp=nlp: [nlp.make_doc(text) for text in texts],
                "nlp.pipe": lambda nlp=nlp: list(nlp.pipe(texts)),
            },
            Rounds(3, 2, setting.rounds.patience),
            prepare=lambda held=held, fresh=fresh, lang=lang: held.__setitem__(slice(None), [fresh(), spacy.blank(lang)]),
        )
        tokens = f"{len(batch.ids):,} tokens" + (", the same" if same else ", NOT the same")
        found = {side: rate(len(batch.ids), taken.median) for side, taken in times.items()}
        results.compare(SECTION, f"{short(len(batch.ids))} {lang}", times, found, tokens)
        cold[lang] = times["make_doc"].over(times["farspan cold"])
        warm[lang] = times["make_doc"].over(times["farspan warm"])
    results.at_least("tokenising cold, against warm make_doc", 5, cold)
    results.at_least("tokenising warm, against warm make_doc", 10, warm)
    _others(setting, results, texts)


def _others(setting: Setting, results: Results, texts: list[str]) -> None:
    held: dict[str, object] = {}

    def prepare() -> None:
        held.update({name: make_tokenizer(name, "xx", Vocabulary()) for name in ("unicode", "whitespace")})

    sides = {name: lambda name=name: held[name](texts) for name in ("unicode", "whitespace")}
    times = in_turn(sides | {"str.split": lambda: [text.split() for text in texts]}, setting.rounds, prepare)
    counts = {name: len(make_tokenizer(name, "xx", Vocabulary())(texts).ids) for name in sides}
    found = {name: rate(count, times[name].median) for name, count in counts.items()}
    results.compare(SECTION, "other tokenizers, cold", times, found, "ratios against the first line")


def _some(pieces: object, characters: int) -> list[str]:
    texts, size = [], 0
    for piece in pieces:
        if size >= characters:
            break
        texts.append(piece)
        size += len(piece)
    return texts


def rate(tokens: int, seconds: float) -> str:
    """Tokens a second."""
    return f"{tokens / seconds / 1e6:.2f} M tokens/s"
