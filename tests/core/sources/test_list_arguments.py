"""What ``LABEL=FILE?name=title`` means."""

import pytest

from farspan.errors import OptionError
from farspan.sources.lists import Columns, ListArgument, parse_list_argument, parse_list_file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOC=a.txt", ListArgument("LOC", "a.txt", Columns())),
        ("LOC=a.csv?name=title", ListArgument("LOC", "a.csv", Columns(name="title"))),
        (
            "LOC=a.csv?name=title&id=qid&aliases=alt&label=kind",
            ListArgument("LOC", "a.csv", Columns("title", "qid", "alt", "kind")),
        ),
        ("LOC=a=b.txt", ListArgument("LOC", "a=b.txt", Columns())),
        ("LOC=who?.txt", ListArgument("LOC", "who?.txt", Columns())),
        ("LOC=who?.csv?name=x=y", ListArgument("LOC", "who?.csv", Columns(name="x=y"))),
        ("LOC=dir/a?b=c/d.csv?id=", ListArgument("LOC", "dir/a?b=c/d.csv", Columns(id=""))),
        ("B-LOC=a.txt", ListArgument("B-LOC", "a.txt", Columns())),
        ("ቦታ=a.txt", ListArgument("ቦታ", "a.txt", Columns())),
        ("LOC=a.csv?name=full name", ListArgument("LOC", "a.csv", Columns(name="full name"))),
    ],
)
def test_label_file_and_columns(text, expected):
    assert parse_list_argument(text) == expected


@pytest.mark.parametrize(
    "text",
    ["a.txt", "a.csv?name=title", "=a.txt", "LOC=", "LOC=?name=x", "a b=x.txt", "-LOC=x.txt", "LOC =x.txt", "\t=x.txt", "",
     "LOC=a.csv?title=name", "LOC=a.csv?name=a&name=b", "LOC=a.csv?name=", "LOC=a.csv?name=a&b"],
)  # fmt: skip
def test_wrong_usage_says_what_to_write(text):
    with pytest.raises(OptionError) as caught:
        parse_list_argument(text)
    assert caught.value.exit_code == 2
    assert caught.value.remedy


def test_a_file_whose_name_looks_like_a_choice_of_columns(tmp_path):
    odd = tmp_path / "a?name=b"
    odd.write_text("Paris\n")
    assert parse_list_argument(f"LOC={odd}") == ListArgument("LOC", str(odd), Columns())


def test_a_file_without_a_label():
    assert parse_list_file("a.csv?name=title") == ListArgument("", "a.csv", Columns(name="title"))
