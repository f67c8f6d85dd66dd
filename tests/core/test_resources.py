"""The sample projects: whole, attributed, readable, and copied without harm."""

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

import farspan_resources
from farspan.relations.reading import load_kb
from farspan.sources.lists import load_list, parse_list_argument
from farspan_resources import copy_sample, sample, samples, stop_word_languages

NAMES = [item.name for item in samples()]


def test_the_film_news_come_first():
    assert NAMES == ["film-news", "amharic-places"]
    with pytest.raises(KeyError):
        sample("none")


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_what_it_is_and_where_it_comes_from(name):
    item = sample(name)
    for file in ("README.md", "ATTRIBUTION.md"):
        assert (item.path / file).is_file()
    assert list((item.path / "LICENSES").iterdir())
    assert item.title
    assert item.description
    assert any(command.startswith("farspan annotate") for command in item.try_next)


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_clean_running_text(name):
    texts = [file.read_bytes() for file in (sample(name).path / sample(name).texts).iterdir()]
    assert len(texts) == {"film-news": 28, "amharic-places": 51}[name]
    for data in texts:
        text = data.decode("utf-8")
        assert len(text) > 400
        assert "\r" not in text
        assert "http" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_list_loads_without_a_problem(name, tmp_path):
    copy_sample(name, tmp_path)
    for text in sample(name).lists:
        argument = parse_list_argument(text)
        names = load_list(tmp_path / argument.path, argument.label, columns=argument.columns)
        assert len(names) > 200
        assert names.problems == ()
        assert any(names.ids)


def test_film_titles_are_all_there_with_their_actors(tmp_path):
    copy_sample("film-news", tmp_path)
    path = tmp_path / "lists" / "film_titles.jsonl"
    films = [json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")]
    assert len(films) == 11_216
    alien = next(film for film in films if film["name"] == "Aliens")
    assert alien["year"] == 1986
    assert "Sigourney Weaver" in alien["cast"]
    names = load_list(path, "MOVIE")
    assert (len(names), names.duplicates) == (10_854, 362)


def test_knowledge_bases_speak_of_the_lists(tmp_path):
    copy_sample("film-news", tmp_path)
    for kb, subjects, objects in (
        ("film_cast", "film_titles.jsonl", "actors.txt"),
        ("city_country", "cities.tsv", "countries.tsv"),
    ):
        triples = load_kb(str(tmp_path / "kb" / f"{kb}.tsv"))
        assert len(triples) > 8000
        assert triples.problems == []
        known = [load_list(tmp_path / "lists" / name, "X") for name in (subjects, objects)]
        entities = [{entity for ids in names.ids for entity in ids} or set(names.surfaces) for names in known]
        assert {triple.subject for triple in triples.triples()} <= entities[0]
        assert {triple.object for triple in triples.triples()} <= entities[1]


def test_the_gold_tokens_are_all_there(tmp_path):
    copy_sample("film-news", tmp_path)
    for name, tokens in (("test", 4124), ("train", 1500)):
        lines = (tmp_path / "gold" / f"{name}.conll").read_text("utf-8").rstrip("\n").split("\n")
        assert len(lines) == tokens
        assert {line.split("\t")[1] for line in lines} == {"O", "B-MOVIE", "I-MOVIE"}


def test_spanish_text_is_set_as_a_newspaper_sets_it():
    texts = sample("film-news").path / "texts"
    joined = "\n".join(file.read_text("utf-8") for file in texts.iterdir())
    assert "'Toy Story 4' debutó recaudando 3 millones de euros" in joined
    assert '"¡Corre, Forrest, corre!", 25 años' in joined
    assert "X-Men: Fénix oscura" in joined
    for wrong in (" ,", " .", " ;", "( ", " )", "¿ ", "¡ "):
        assert wrong not in joined


def test_ethiopic_text_is_whole():
    texts = sample("amharic-places").path / "texts"
    assert (texts / "01.txt").read_text("utf-8").startswith("ኢትዮጵያ\n")
    assert (texts / "50.txt").read_text("utf-8").startswith("ልዩ ሪፖርት፡፡\n")
    assert not any("A" <= char <= "z" for char in (texts / "09.txt").read_text("utf-8"))


def test_a_copy_can_be_made_twice_but_never_over_other_work(tmp_path):
    written = copy_sample("film-news", tmp_path / "demo")
    assert tmp_path / "demo" / "lists" / "film_titles.jsonl" in written
    assert all(path.is_file() for path in written)
    assert copy_sample("film-news", tmp_path / "demo") == written
    mine = tmp_path / "demo" / "lists" / "spanish_titles.txt"
    mine.write_text("mine")
    (tmp_path / "demo" / "README.md").unlink()
    with pytest.raises(FileExistsError, match=r"spanish_titles\.txt"):
        copy_sample("film-news", tmp_path / "demo")
    assert mine.read_text() == "mine"
    assert not (tmp_path / "demo" / "README.md").exists()


def test_samples_are_read_from_a_zip_file(tmp_path, monkeypatch):
    source = Path(farspan_resources.__file__).parent
    archive = tmp_path / "wheel.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in source.rglob("*"):
            if "__pycache__" not in path.parts:
                file.write(path, Path("farspan_resources") / path.relative_to(source))
    saved = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "farspan_resources"}
    monkeypatch.syspath_prepend(str(archive))
    try:
        import farspan_resources as zipped

        assert "wheel.zip" in str(zipped.__file__)
        assert len(zipped.copy_sample("amharic-places", tmp_path / "copy")) > 50
        assert "el" in zipped.stop_word_text("es").split("\n")
    finally:
        sys.modules.update(saved)
    shutil.rmtree(tmp_path / "copy")


def test_stop_words_of_many_languages_with_their_licence():
    assert len(stop_word_languages()) == 58
    assert {"es", "en", "ar", "et", "sw"} <= set(stop_word_languages())
    assert (Path(farspan_resources.__file__).parent / "stopwords" / "LICENSE").is_file()


def test_resources_stay_small():
    files = [path for path in Path(farspan_resources.__file__).parent.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in files if "icons" not in path.parts) < 6_000_000
