"""A file that an option names is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from farspan_app.cli.main import main


@pytest.mark.parametrize("setting", ["exclude=@words.txt", "stopwords=words.txt"])
def test_the_output_is_not_a_file_that_an_option_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "names.txt", "words.txt"):
        Path(name).write_text("Rom\n", encoding="utf-8")
    assert main(["annotate", "a.txt", "--list", "LOC=names.txt", "--set", setting, "-o", "words.txt"]) == 2
    assert Path("words.txt").read_text(encoding="utf-8") == "Rom\n"
