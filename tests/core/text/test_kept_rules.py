"""Tokenizer rules are kept between runs: what is kept cuts as spaCy does, and what is damaged is made anew."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.text import rules_cache
from farspan.text.languages import languages_with_rules
from farspan.text.rules_cache import keep_rules, kept_rules, spacy_version
from farspan.text.spacy_rules import load_rules, make_spacy_tokenizer, tokenizer_of
from farspan.text.spacy_tokenizer import SpacyTokenizer, WholeTextTokenizer
from farspan.text.token_rules import as_json, from_json, rules_of
from farspan.text.vocabulary import Vocabulary

LANGUAGES = sorted(languages_with_rules() - {"ja", "ko", "th", "vi", "zh"})
# Letters, marks and cases that make affixes, infixes, URLs and special cases meet.
PIECES = [
    *"abIZéßıñ中한ሰש०5", *"().,!?:;'\"-–—…“”’«»/\\|@#$%&*+=<>[]{}~^_°。،", "'s", "’s", "n't", "N'T", "...", "--", "10", "km", "%", "$3.50", "1,000",
    "http://", "www.", ".org", "@", "e.g", "U.S.", "can't", "(o:", ":-)", "<3", "C++", "x-y", "l'", "d’", "z.B", "т.е.", "p.m.", "\u0301", "\u200d", "😀",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(rules_cache, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@cache
def spacys(lang: str):
    return spacy.blank(lang).tokenizer


@cache
def kept(lang: str) -> SpacyTokenizer:
    """A tokenizer over rules that went through JSON and back."""
    rules = rules_of(load_rules(lang))
    assert rules is not None
    return SpacyTokenizer(from_json(json.loads(json.dumps(as_json(rules)))), Vocabulary())


def tokens_of(tokenizer, text: str) -> list[tuple[str, int]]:
    batch = tokenizer([text])
    return [
        (tokenizer.vocabulary[number], start) for number, start in zip(batch.ids.tolist(), batch.starts.tolist(), strict=True)
    ]


def assert_same(lang: str, text: str) -> None:
    assert tokens_of(kept(lang), text) == [(token.text, token.idx) for token in spacys(lang)(text) if not token.text.isspace()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kept_rules_cut_as_spacy_does(lang):
    rng = random.Random(lang)
    parts = [*PIECES, *PIECES, *sorted(spacys(lang).rules)[:400]]
    chunks = ["".join(rng.choices(parts, k=rng.randint(1, 6))) for _ in range(400)]

    assert_same(lang, "".join(chunk + rng.choice([" ", " ", "\n", "  "]) for chunk in chunks))


@pytest.mark.parametrize("lang", ["en", "de", "fr", "hu", "tr", "ru", "gd", "it", "id"])
def test_kept_rules_cut_any_chunk_as_spacy_does(lang):
    pieces = st.sampled_from([*PIECES, " ", *sorted(spacys(lang).rules)])

    @settings(max_examples=60, deadline=None)
    @given(st.lists(pieces, max_size=12).map("".join) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    def check(text):
        assert_same(lang, text)

    check()


def test_long_chunks_are_cut_as_spacy_does():
    for chunk in ("((" * 200 + "don't" + "!!)" * 200, "a-b.c/" * 300, "http://x.org/" + "a)(b" * 100, "'" * 500, "U.S." * 100):
        assert_same("en", f"{chunk} and {chunk},")


def test_rules_are_kept_the_first_time_and_used_from_then_on(folder, monkeypatch):
    first = make_spacy_tokenizer("de", Vocabulary())
    assert [file.name for file in folder.iterdir()] == [f"spacy-{spacy_version()}-de.json"]
    monkeypatch.setattr("farspan.text.spacy_rules.load_rules", None)
    second = make_spacy_tokenizer("de", Vocabulary())

    text = "Der Hr. Dr. Müller kam z.B. um 10.30Uhr (d.h. spät)."
    assert tokens_of(first, text) == tokens_of(second, text) == tokens_of(kept("de"), text)


def damage_first_line(raw: bytes) -> bytes:
    return b"[]" + raw[raw.index(b"\n") :]


DAMAGES = {
    "empty": lambda _: b"",
    "cut short": lambda raw: raw[:-100],
    "no JSON": lambda _: b"\xff\x00{",
    "another header": damage_first_line,
    "a letter changed": lambda raw: raw[:-50] + bytes([raw[-50] ^ 1]) + raw[-49:],
    "older format": lambda raw: raw.replace(b'"format": ', b'"format": 0', 1),
    "another language": lambda raw: raw.replace(b'"language": "en"', b'"language": "de"', 1),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_rules_are_made_anew_without_a_word(folder, damage, capfd):
    make_spacy_tokenizer("en", Vocabulary())
    [file] = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert kept_rules("en") is None

    assert tokens_of(make_spacy_tokenizer("en", Vocabulary()), "Don't.") == [("Do", 0), ("n't", 2), (".", 5)]
    assert file.read_bytes() == whole
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "held",
    [
        None, [], {}, {"patterns": [], "cases": {}, "looked_for": {}}, {"patterns": [None] * 5, "cases": {"a": "a"}, "looked_for": {}},
        {"patterns": [["(", 0], None, None, None, None], "cases": {}, "looked_for": {}},
        {"patterns": [None] * 5, "cases": {"a": [1]}, "looked_for": {}}, {"patterns": [3] * 5, "cases": {}, "looked_for": {}},
    ],
)  # fmt: skip
def test_what_is_not_rules_is_refused(held):
    with pytest.raises(ValueError, match=r"."):
        from_json(held)


def test_a_folder_that_cannot_be_made_changes_nothing(folder):
    folder.parent.joinpath("cache").write_text("a file stands in the way")

    assert tokens_of(make_spacy_tokenizer("en", Vocabulary()), "It's") == [("It", 0), ("'s", 2)]
    assert folder.read_text() == "a file stands in the way"


def test_rules_that_are_not_spacys_own_are_not_kept(folder):
    rules = load_rules("en")
    rules.prefix_search = lambda text: None
    assert rules_of(rules) is None
    assert isinstance(tokenizer_of(rules, Vocabulary(), "en"), WholeTextTokenizer)
    assert not folder.exists()


def test_annotating_with_kept_rules_loads_neither_spacy_nor_pandas(tmp_path):
    text, names, out = tmp_path / "a.txt", tmp_path / "n.txt", tmp_path / "o.conll"
    text.write_text("Mrs. O'Neil didn't visit Zürich (or Paris).\n" * 300, encoding="utf-8")
    names.write_text("Zürich\nParis\n", encoding="utf-8")
    code = (
        "import sys\nfrom farspan_app.cli.main import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print(sorted({'spacy', 'pandas'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "annotate", str(text), "--list", f"LOC={names}", "--lang", "en", "-q", "-o", str(out)]
    environment = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path), "PATH": ""}
    said = [subprocess.run(command, capture_output=True, text=True, check=True, env=environment) for _ in range(2)]

    assert "spacy" in said[0].stdout
    assert said[1].stdout == "[]\n"
    assert "O'Neil\tO\ndid\tO\nn't\tO\nvisit\tO\nZürich\tB-LOC" in out.read_text(encoding="utf-8")


def test_keeping_rules_writes_a_whole_file_or_none(folder):
    rules = rules_of(load_rules("es"))
    assert rules is not None
    keep_rules("es", rules)
    found = kept_rules("es")
    assert found is not None
    assert as_json(found) == as_json(rules)
