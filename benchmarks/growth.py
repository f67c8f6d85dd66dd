"""How time grows with tokens and with names, and what a token costs in memory."""

from __future__ import annotations

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Rounds, Times, timed
from benchmarks.world import checksum, make_world, options, places_of, short
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

SECTION = "Growth: ten times the tokens, ten times the names (the sizes in turn)"


def measure(setting: Setting, results: Results) -> None:
    """Tokenising and new rule sets; both sizes are there at the same time and take turns."""
    few, many = setting.tokens[1] // 10, setting.tokens[1]
    worlds = {
        "base": make_world(setting.material, few, setting.names[1]),
        "tokens x10": make_world(setting.material, many, setting.names[1]),
        "names x10": make_world(setting.material, few, setting.names[2]),
        "both x10": make_world(setting.material, many, setting.names[2]),
    }
    exact = {}
    for mode in ("exact", "ignore"):
        chosen = options(case=mode)
        rounds = Rounds(5, 2, setting.rounds.patience)
        times = _in_turn({name: lambda w=world, chosen=chosen: w.rebuild(chosen) for name, world in worlds.items()}, rounds)
        found = {name: checksum(places_of(world.rebuild(chosen))) for name, world in worlds.items()}
        results.compare(SECTION, f"{worlds['base'].size} new rule set {mode}", times, found)
        exact[mode] = times
    growth = {mode: times["tokens x10"].over(times["base"]) for mode, times in exact.items()}
    lang = setting.material.lang
    documents = {name: worlds[name].corpus.documents for name in ("base", "tokens x10")}
    bare = {name: [type(d)(d.id, d.text) for d in kept] for name, kept in documents.items()}
    sides = {name: lambda d=d: build_corpus(d, make_tokenizer("spacy", lang, Vocabulary()), lang) for name, d in bare.items()}
    times = _in_turn(sides, Rounds(3, 2, setting.rounds.patience))
    results.compare(SECTION, f"{short(few)} tokenise, cut into sentences", times, {}, "the text repeats, so this is kind")
    growth["tokenising"] = times["tokens x10"].over(times["base"])
    results.at_most("tokens x10", 10.5, growth, "x")
    names = {mode: times["names x10"].over(times["base"]) for mode, times in exact.items()}
    results.at_most("names x10", 7, names, "x")
    corpus = worlds["tokens x10"].corpus
    arrays = (corpus.ids, corpus.starts, corpus.ends, corpus.doc_offsets, corpus.sentences)
    per_token = sum(array.nbytes for array in arrays) / len(corpus)
    results.value(SECTION, worlds["tokens x10"].size, "arrays of the corpus", f"{per_token:.1f} bytes a token")
    results.at_most("memory of a corpus beside its text", 40, {"arrays": per_token}, " bytes a token")


def _in_turn(sides: dict[str, object], rounds: Rounds) -> dict[str, Times]:
    taken = [{name: timed(work) for name, work in sides.items()} for _ in range(rounds.least + 1)]
    return {name: Times(tuple(row[name] for row in taken)) for name in sides}
