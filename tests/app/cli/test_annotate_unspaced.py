"""Given a text in a script without spaces, when nothing is found by default, then the way to find it is told."""

from pathlib import Path

import pytest

from farspan_app.cli.main import main

TEXT = "李小龙出生于旧金山。他在香港长大。\n"


@pytest.mark.parametrize(
    ("flags", "is_told"),
    [
        ([], True),
        (["--lang", "zh"], False),
        (["--tokenizer", "characters"], False),
        (["--set", "places.boundary=anywhere"], False),
    ],
)
def test_chinese_without_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, flags, is_told) -> None:
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text(TEXT, "utf-8")
    Path("places.txt").write_text("旧金山\n香港\n", "utf-8")
    assert main(["annotate", "zh.txt", "--list", "LOC=places.txt", *flags, "-o", "out.jsonl"]) == 0
    told = capsys.readouterr().err
    assert ("no name of places was found" in told) == is_told
    assert ("places      2        2           2     2" in told) != is_told


def test_a_list_that_just_does_not_occur_is_no_reason_for_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Ada came to London.\n", "utf-8")
    Path("places.txt").write_text("Rome\n", "utf-8")
    assert main(["annotate", "a.txt", "--list", "LOC=places.txt", "-o", "out.jsonl"]) == 0
    assert "no name of" not in capsys.readouterr().err
