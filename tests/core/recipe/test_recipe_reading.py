"""What a recipe means, and what is said of one that is wrong."""

import re
from pathlib import Path

import pytest

from farspan.errors import InputError
from farspan.options import OPTIONS, MatchingOptions
from farspan.recipe import load_recipe, parse_recipe, recipe_faults

HEAD = "farspan = 1\n"
MANUAL = Path(__file__).parents[3] / "docs" / "recipe.md"


def fault_of(text):
    with pytest.raises(InputError) as caught:
        parse_recipe(text, "r.toml")
    return str(caught.value)


def test_the_recipe_of_the_manual_is_one(tmp_path):
    text = re.search(r"```toml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "never.txt").write_text("Hoy\nAhora\n", encoding="utf-8")
    recipe = parse_recipe(text, tmp_path / "r.toml")
    films, cities = recipe.rules().lists
    assert films.argument.columns.name == "title"
    assert films.options == MatchingOptions(case="smart", min_length=3, stopwords="es", exclude=("Hoy", "Ahora"))
    assert cities.options == MatchingOptions(case="smart")
    assert [output.file for output in recipe.outputs] == ["corpus.conll", "corpus.jsonl"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "r.toml:1: this is no recipe: its version is missing; begin it with: farspan = 1"),
        ("farspan = 2\n", "r.toml:1: recipes of version 2 are not known; install a newer Farspan"),
        ("# c\nfarspan = true\n", "r.toml:2: recipes of version true are not known; write: farspan = 1"),
        (HEAD + "x =\n", "r.toml:2: this is not TOML: invalid value"),
        (HEAD + "[text]\nlangs = 'es'\n", "r.toml:3: no key is called langs here; did you mean lang?"),
        (HEAD + "[txet]\n", "r.toml:2: no key is called txet here; did you mean text?"),
        (HEAD + "[options]\nmin-lenght = 3\n", "r.toml:3: no option is called 'min-lenght'; did you mean min_length?"),
        (HEAD + "options.case = 'Smart'\n", "r.toml:2: case=Smart is not possible; case takes exact, first, ignore or smart"),
        (HEAD + "[options]\nactive = 1\n", "r.toml:3: active=1 is not possible; active takes true or false"),
        (
            HEAD + "[options]\nmin_length = -1\n",
            "r.toml:3: min_length=-1 is not possible; min_length takes a whole number from 0",
        ),
        (HEAD + "[options]\nmin-length = 1\nmin_length = 2\n", "r.toml:4: min_length stands here twice"),
        (HEAD + "[[list]]\nfile = 'x'\n", "r.toml:2: label is missing in [[list]]"),
        (HEAD + "[[list]]\nlabel = 'A B'\nfile = 'x'\n", "r.toml:3: the label 'A B' contains white space"),
        (HEAD + "[[list]]\nlabel = 'A'\nfile = 'x'\noptions = {case = 'no'}\n", "r.toml:5: case=no"),
        (HEAD + "[list]\nlabel = 'A'\n", "r.toml:2: list = {...} is not possible; write a table [[list]] for each"),
        (HEAD + "[text]\ninputs = [\n 'a',\n 3]\n", "r.toml:5: inputs = 3 is not possible; inputs takes text, in quotes"),
        (HEAD + "[text]\ninputs = ['-']\n", "r.toml:3: a recipe cannot read standard input"),
        (HEAD + "[text]\ntokenizer = 'spacey'\n", "r.toml:3: no tokenizer is called 'spacey'; did you mean spacy?"),
        (HEAD + "[text]\nencoding = 'utf-9'\n", "r.toml:3: no encoding is called 'utf-9'"),
        (HEAD + "[text]\nlang = '!!'\n", "r.toml:3: "),
        (HEAD + "[conflicts]\ncriteria = ['lenght']\n", "r.toml:3: no criterion is called 'lenght'; did you mean length?"),
        (HEAD + "[conflicts]\ncriteria = ['left', 'left']\n", "r.toml:2: a criterion stands twice"),
        (HEAD + "[[output]]\nfile = 'x'\nformat = 'word'\n", "r.toml:4: no format that can be written is called 'word'"),
        (HEAD + "[[output]]\nfile = 'x'\n[[output]]\nfile = './x'\n", "r.toml:5: ./x is written twice; choose another file"),
        (HEAD + "[lock]\nfarspan = '1'\nunicode = '15'\nfiles = {a = 'b'}\n", "r.toml:5: this is no SHA-256"),
        (
            HEAD + "[[list]]\nlabel='A'\nfile='a/x.txt'\n[[list]]\nlabel='B'\nfile='b/x.csv'\n",
            "r.toml:7: two lists are called 'x'; give one of them another name",
        ),
        (HEAD + "x = " + "[" * 5000, "r.toml: this is nested too deeply"),
        (HEAD + "x = " + "[" * 400 + "]" * 400, "r.toml"),
    ],
)
def test_a_fault_is_said_with_its_line_and_a_remedy(text, said):
    assert fault_of(text).startswith(said)
    assert fault_of("\ufeff" + text.replace("\n", "\r\n")).startswith(said)


def test_all_faults_are_found_in_the_order_of_the_lines():
    text = HEAD + "[text]\nlangs = 'x'\n[[list]]\nlabel = 'A B'\n[list.options]\ncase = 'no'\nmin_length = 'x'\n"
    assert [fault.where.line for fault in recipe_faults(text, "r.toml")] == [3, 4, 5, 7, 8]
    assert fault_of(text).endswith("(4 more: line 4, 5, 7, 8)")


@pytest.mark.parametrize("option", OPTIONS.values(), ids=lambda option: option.name)
def test_every_option_is_taken_and_checked_by_its_own_definition(option, tmp_path):
    last = option.choices[-1] if option.choices else ""
    samples = {"flag": ("false", False), "choice": (f"'{last}'", last), "list": ("['a']", ["a"]), "number": ("1", 1)}
    written, value = samples.get(option.kind, ("'es'", "es"))
    if option.kind in {*samples, "text"}:
        rules = parse_recipe(f"{HEAD}[options]\n{option.name} = {written}\n", tmp_path / "r.toml").rules()
        assert getattr(rules.options, option.name) == option.check(value)
    assert fault_of(f"{HEAD}[options]\n{option.name} = {{}}\n").startswith(f"r.toml:3: {option.name}=")


def test_inputs_are_found_from_the_recipe_in_one_order_none_twice(tmp_path):
    for name in ("b.txt", "a.txt", "Z.txt", "é.txt", ".hidden.txt", "sub/c.txt", "odd[1].txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    text = HEAD + "[text]\ninputs = ['b.txt', '*.txt', 'odd[1].txt', '**/c.txt', 'sub']\n"
    found = parse_recipe(text, tmp_path / "r.toml").input_paths()
    assert [Path(path).relative_to(tmp_path).as_posix() for path in found] == [
        "b.txt",
        "Z.txt",
        "a.txt",
        "odd[1].txt",
        "é.txt",
        "sub/c.txt",
        "sub",
    ]


@pytest.mark.parametrize("name", ["none.txt", "none*.txt", "~/x.txt"])
def test_an_input_that_is_not_there_has_its_line(tmp_path, name):
    recipe = parse_recipe(f"{HEAD}[text]\ninputs = [\n  '{name}',\n]\n", tmp_path / "r.toml")
    with pytest.raises(InputError, match=r"r\.toml:4: nothing is called"):
        recipe.input_paths()


def test_files_of_options_are_found_from_the_recipe_and_languages_are_no_files(tmp_path):
    (tmp_path / "words").write_text("el\n", encoding="utf-8")
    (tmp_path / "never.txt").write_bytes(b"\xef\xbb\xbfHoy \r\n\r\nAhora\r\n")
    text = HEAD + "[options]\nexclude = ['@never.txt', '@@user', 'x']\nstopwords = '{}'\n"
    for given, meant in (("es", "es"), ("words", str(tmp_path / "words")), ("no/such", str(tmp_path / "no/such"))):
        options = parse_recipe(text.format(given), tmp_path / "r.toml").rules().options
        assert options.exclude == ("Hoy", "Ahora", "@user", "x")
        assert options.stopwords == meant
    (tmp_path / "never.txt").unlink()
    with pytest.raises(InputError, match=r"r\.toml:3: there is no file"):
        parse_recipe(text.format(""), tmp_path / "r.toml").rules()


def test_a_table_of_lemmas_is_found_from_the_recipe_and_other_sources_are_no_files(tmp_path):
    for name in ("lemmas.tsv", "on"):
        (tmp_path / name).write_text("Moskvas\tMoskva\n", encoding="utf-8")
    text = HEAD + "[options]\nlemma = '{}'\n"
    for given, meant in (
        ("on", "on"),
        ("column", "column"),
        ("lemmas.tsv", str(tmp_path / "lemmas.tsv")),
        ("spacy:a/b", "spacy:a/b"),
    ):
        assert parse_recipe(text.format(given), tmp_path / "r.toml").rules().options.lemma == meant


def test_the_hash_is_that_of_what_is_said_not_of_how():
    one = parse_recipe(HEAD + "[text]\nlang = 'es'\n[options]\ncase = 'first'\nmin_length = 2\n", "a.toml").hash
    two = parse_recipe(
        "options = {min-length = 2, case = 'first'} # c\nfarspan = 1\ntext.lang = 'es'\ntext.tokenizer = 'spacy'\n", "b/c.toml"
    ).hash
    other = parse_recipe(HEAD + "[text]\nlang = 'es'\n[options]\ncase = 'first'\nmin_length = 3\n", "a.toml").hash
    assert one == two != other


def test_a_missing_recipe_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        load_recipe(tmp_path / "none.toml")
