"""Where the keys of a TOML text stand, held to what tomllib says is in it."""

import tomllib

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.recipe.positions import Positions

TEXT = '''# a comment [no]
farspan = 1
a.b."c.d" = """x = 1
"quoted" \\""" [no]
"""
[text]  # the text
inputs = [
  "one", # with ] a comment
  'two#',
]
when = 1979-05-27 07:32:00
point = {x = 1, y.z = "}", w = [{v = 1}]}
[[list]]
label = "A"
[list.options]
min_length = 3

[[list]]
label = "B"
  [list.options]
  case = "smart"
  [[list.deep]]
  one = \'\'\'it's\'\'\'
[x.y]
z = true
'''

LINES = {
    ("farspan",): 2,
    ("a", "b", "c.d"): 3,
    ("text",): 6,
    ("text", "inputs"): 7,
    ("text", "inputs", 0): 8,
    ("text", "inputs", 1): 9,
    ("text", "when"): 11,
    ("text", "point", "y", "z"): 12,
    ("text", "point", "w", 0, "v"): 12,
    ("list", 0): 13,
    ("list", 0, "options"): 15,
    ("list", 0, "options", "min_length"): 16,
    ("list", 1): 18,
    ("list", 1, "label"): 19,
    ("list", 1, "options", "case"): 21,
    ("list", 1, "deep", 0, "one"): 23,
    ("x",): 24,
    ("x", "y", "z"): 25,
}


def leaves(value, path=()):
    """Every key path that tomllib finds, the obvious way."""
    yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from leaves(item, (*path, key))


def check_against_tomllib(text):
    positions = Positions(text)
    values = tomllib.loads(text.removeprefix("\ufeff"))
    assert {entry.path for entry in positions.entries} == set(leaves(values)) - {()}
    for entry in positions.entries:
        if entry.kind in {"value", "inline"} or (entry.kind == "array" and entry.table != entry.path):
            value = values
            for key in entry.path:
                value = value[key]
            assert tomllib.loads(f"v = {text[slice(*entry.value)]}")["v"] == value


def test_every_key_has_the_line_it_stands_on():
    positions = Positions(TEXT)
    assert {path: positions.line(path) for path in LINES} == LINES
    check_against_tomllib(TEXT)


def test_line_ends_and_a_byte_order_mark_change_no_line():
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    positions = Positions(text)
    assert {path: positions.line(path) for path in LINES} == LINES
    check_against_tomllib(text)


def test_what_is_not_there_is_at_the_nearest_table_around_it():
    positions = Positions(TEXT)
    assert positions.line(("list", 1, "options", "no")) == 20
    assert positions.line(("text", "lang")) == 6
    assert positions.line(("nothing",)) == 1


def test_quotes_at_the_ends_of_long_strings():
    for text in ('a = """"x"""""\nb = 1', "a = ''''x'''''\nb = 1", 'a = """"""\nb = 1', 'a = """\\""""\nb = 1'):
        check_against_tomllib(text)
        assert Positions(text).line(("b",)) == 2


keys = st.one_of(
    st.sampled_from(["a", "b-c", "case", "x.y", 'q"', "é", "a b"]), st.text(st.characters(codec="utf-8"), max_size=3)
)
scalars = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8),
    st.datetimes(),
    st.dates(),
)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)), max_leaves=10
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(keys, values, max_size=4), st.booleans())
def test_any_text_that_tomlkit_writes_is_followed(document, windows):
    text = tomlkit.dumps(document)
    check_against_tomllib(text.replace("\n", "\r\n") if windows else text)
