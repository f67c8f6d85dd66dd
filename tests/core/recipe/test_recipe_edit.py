"""A change of one option changes its line and no other."""

import difflib
import tomllib

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, OutputError
from farspan.options import OPTIONS
from farspan.recipe import edit_recipe, load_recipe, parse_recipe, save_recipe
from farspan.recipe.editing import edit_text, is_same

RECIPE = """\
# Spanish film news
farspan = 1   # the form

[text]
inputs = ["texts/*.txt",   # the news
          "more"]
lang = "es"

[options]
case   =   "smart"  # for every list

# -- the titles --
[[list]]
label = "MOVIE"
file = "films.jsonl"
columns = {name = "title"}  # not "name"
  [list.options]
  min_length = 3 # short titles are words

# -- the cities --
[[list]]
label = "LOC"
file = "cities.csv"
options.priority = 2

# -- no options --
[[list]]
label = "PER"
file = "people.txt"
options = {case = "first"}   # inline

# the end
[[output]]
file = "out.conll"
"""


def changed_lines(old, new):
    return [line for line in difflib.ndiff(old.split("\n"), new.split("\n")) if line[0] in "+-"]


def test_a_changed_value_changes_its_characters_alone():
    new = edit_text(RECIPE, {("options", "case"): "ignore"})
    assert changed_lines(RECIPE, new) == ['- case   =   "smart"  # for every list', '+ case   =   "ignore"  # for every list']


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("options", "diacritics"), '+ diacritics = "fold"'),
        (("list", 0, "options", "diacritics"), '+   diacritics = "fold"'),
        (("list", 1, "options", "diacritics"), '+ options.diacritics = "fold"'),
        (("list", 1, "columns"), '+ columns = "fold"'),
    ],
)
def test_a_new_key_is_one_new_line_in_its_own_table(path, line):
    assert changed_lines(RECIPE, edit_text(RECIPE, {path: "fold"})) == [line]


def test_a_new_key_of_an_inline_table_stays_in_it():
    new = edit_text(RECIPE, {("list", 2, "options", "min_length"): 2})
    assert 'options = {case = "first", min_length = 2}   # inline' in new
    assert len(changed_lines(RECIPE, new)) == 2


def test_a_new_table_stands_with_its_list_and_before_the_comment_of_the_next():
    text = RECIPE.replace("options.priority = 2\n", "")
    new = edit_text(text, {("list", 1, "options", "case"): "first"})
    assert 'file = "cities.csv"\n\n[list.options]\ncase = "first"\n\n# -- no options --' in new
    assert [line for line in changed_lines(text, new) if line.startswith("-")] == []


def test_a_key_taken_out_takes_its_line_along():
    assert changed_lines(RECIPE, edit_text(RECIPE, {("list", 0, "options", "min_length"): None})) == [
        "-   min_length = 3 # short titles are words"
    ]


def test_lists_are_added_and_taken_out_whole():
    added = edit_text(RECIPE, {("list", 3): {"label": "ORG", "file": "firms.txt", "options": {"case": "first"}}})
    assert added.replace('\n[[list]]\nlabel = "ORG"\nfile = "firms.txt"\noptions = {case = "first"}\n', "") == RECIPE
    without = edit_text(RECIPE, {("list", 0): None})
    assert [item["label"] for item in tomllib.loads(without)["list"]] == ["LOC", "PER"]
    assert "# -- the cities --" in without


def test_windows_line_ends_and_a_byte_order_mark_stay(tmp_path):
    path = tmp_path / "r.toml"
    path.write_bytes(("\ufeff" + RECIPE.replace("\n", "\r\n")).encode())
    edit_recipe(path, {("list", 0, "options", "case"): "first", ("lock",): {"farspan": "1", "unicode": "15", "files": {}}})
    text = path.read_bytes().decode()
    assert text.startswith("\ufeff# Spanish")
    assert text.count("\n") == text.count("\r\n")
    assert load_recipe(path).lists[0].options == {"min_length": 3, "case": "first"}


def test_a_change_that_makes_no_recipe_leaves_the_file_alone(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text(RECIPE, encoding="utf-8")
    with pytest.raises(InputError, match=r"r\.toml:10: case=loud is not possible"):
        edit_recipe(path, {("options", "case"): "loud"})
    with pytest.raises(OutputError, match="cannot be changed"):
        edit_recipe(path, {("list", 9, "options"): {}})
    assert path.read_text(encoding="utf-8") == RECIPE


def test_saving_what_was_loaded_changes_nothing(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text(RECIPE, encoding="utf-8")
    save_recipe(load_recipe(path), path)
    assert path.read_text(encoding="utf-8") == RECIPE


def test_a_recipe_saved_elsewhere_names_the_same_files(tmp_path):
    (tmp_path / "deep").mkdir()
    path = tmp_path / "r.toml"
    path.write_text(RECIPE, encoding="utf-8")
    recipe = load_recipe(path)
    save_recipe(recipe, tmp_path / "deep" / "r.toml")
    there = load_recipe(tmp_path / "deep" / "r.toml")
    assert there.lists[0].file == "../films.jsonl"
    assert [rule.argument for rule in there.rules().lists] == [rule.argument for rule in recipe.rules().lists]
    assert there.outputs[0].file == "../out.conll"


def option_values():
    def value(option):
        match option.kind:
            case "flag":
                return st.booleans()
            case "choice":
                return st.sampled_from(option.choices)
            case "number":
                low = 0 if option.minimum is None else option.minimum
                return st.integers(low, low + 9 if option.maximum is None else option.maximum)
            case "list":
                return st.lists(st.text(st.characters(codec="utf-8"), max_size=4), max_size=3)
            case _:
                return st.sampled_from(["A", "es", ""])

    known = [option for option in OPTIONS.values() if option.kind in {"flag", "choice", "number", "list", "text"}]
    return st.sampled_from(known).flatmap(lambda option: st.tuples(st.just(option.name), value(option)))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([(), ("list", 0), ("list", 1), ("list", 2)]), option_values(), st.booleans())
def test_any_option_set_anywhere_changes_at_most_one_line_and_only_that_value(table, item, windows):
    name, value = item
    path = (*table, "options", name)
    text = RECIPE.replace("\n", "\r\n") if windows else RECIPE
    new = edit_text(text, {path: value})
    lines = changed_lines(text, new)
    assert sum(line[0] == "+" for line in lines) <= 1
    assert sum(line[0] == "-" for line in lines) <= 1
    expected = tomlkit.parse(text).unwrap()
    inner = expected
    for key in path[:-1]:
        inner = inner.setdefault(key, {}) if isinstance(key, str) else inner[key]
    inner[name] = value
    assert is_same(tomllib.loads(new), expected)
    assert is_same(tomlkit.parse(new).unwrap(), expected)
    back = edit_text(new, {path: _at(tomllib.loads(text), path)})
    assert back == text or name not in _at(tomllib.loads(text), path[:-1], {})
    parse_recipe(new, "r.toml")


def _at(values, path, default=None):
    for key in path:
        try:
            values = values[key]
        except KeyError:
            return default
    return values
