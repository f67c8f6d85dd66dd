"""`annotate --project` matches once, and stores what running the project would store."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

import farspan.annotate  # noqa: F401  (the module, whose name the package gives to a function)
from farspan.matching.matcher import SourceMatcher
from farspan.store.project import Project
from farspan.store.running import run_project
from farspan_app.cli.main import main

COLUMNS = ("documents", "offsets", "starts", "ends", "sources", "names", "scores", "blocked", "status", "winners", "criterion")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "b.txt").write_text("Don Quijote de la Mancha. Sancho Panza en la Mancha.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("La Mancha y Sancho; panza, mancha.\n", encoding="utf-8")
    (tmp_path / "loc.txt").write_text("la Mancha\nMancha\n", encoding="utf-8")
    (tmp_path / "per.txt").write_text("Quijote\nSancho Panza\nSancho\nPanza\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def matched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that every match went over."""
    seen: list[str] = []
    real = SourceMatcher.places

    def places(self, corpus, stream):
        seen.append(" ".join(document.id for document in corpus.documents))
        return real(self, corpus, stream)

    monkeypatch.setattr(SourceMatcher, "places", places)
    return seen


def annotate(*arguments: str) -> None:
    lists = ["--list", "LOC=loc.txt", "--list", "PER=per.txt"]
    assert main(["annotate", *lists, "--project", "p.farspan", "-o", "o.jsonl", "-q", *arguments]) == 0


def check_run() -> None:
    """The newest run is what running the project makes."""
    with Project.open("p.farspan") as project:
        newest = project.runs.latest()
        assert newest is not None
        again = run_project(project)
        for one in ("documents", "sentences", "tokens", "candidates", "spans", "by_label"):
            assert newest.report[one] == again.report[one]
        assert (newest.rule_set_id, newest.tokenizer, newest.kept) == (again.rule_set_id, again.tokenizer, again.kept)
        assert [source.id for source in newest.sources] == [source.id for source in again.sources]
        assert project.runs.counts(newest.id) == project.runs.counts(again.id)
        stored, other = project.runs.load(newest.id), project.runs.load(again.id)
        for name in COLUMNS:
            np.testing.assert_array_equal(getattr(stored, name), getattr(other, name))
        assert project.check() == []


def test_texts_are_matched_once(matched: list[str]) -> None:
    annotate("b.txt", "a.txt")
    assert matched == ["b a", "b a"]  # for each of two lists
    check_run()
    assert main(["project", "export", "p.farspan", "-o", "p.jsonl", "-q"]) == 0
    assert Path("p.jsonl").read_bytes() == Path("o.jsonl").read_bytes()


def test_texts_that_were_there_are_matched_beside_them(matched: list[str]) -> None:
    annotate("b.txt")
    matched.clear()
    annotate("a.txt")
    assert matched == ["a", "a", "b", "b"]
    assert "Quijote" not in Path("o.jsonl").read_text("utf-8")
    check_run()
    matched.clear()
    annotate("a.txt", "b.txt", "--set", "case=ignore")  # in another order than the project has them
    assert matched == ["a b", "a b"]
    check_run()


def test_a_risk_looks_at_all_texts_of_the_project(matched: list[str]) -> None:
    annotate("b.txt", "--set", "max_risk=0.6")
    assert matched == ["b", "b"]
    matched.clear()
    annotate("a.txt", "--set", "max_risk=0.6")
    assert matched == ["a", "a", "b a", "b a"]
    check_run()


def test_the_log_has_one_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["farspan.annotate"], "BATCH_CHARACTERS", 1)
    annotate("b.txt", "a.txt", "--workers", "2")
    with Project.open("p.farspan") as project:
        entries = [entry.title for entry in project.history.entries() if entry.action == "add_documents"]
        assert entries == ["Import of 2 documents"]
        assert project.undo() is not None
        assert project.documents.all() == []
        assert project.redo() is not None
        assert [one.name for one in project.documents.all()] == ["b", "a"]
    check_run()
    assert main(["project", "replay", "p.farspan", "-o", "q.farspan", "-q"]) == 0


def test_a_text_in_which_nothing_was_found_counts_as_seen() -> None:
    Path("c.txt").write_text("Nada de nada.\n", encoding="utf-8")
    annotate("c.txt", "a.txt")
    with Project.open("p.farspan") as project:
        assert project.explain("c", 0).outcome == "no label"
    assert main(["project", "export", "p.farspan", "-o", "p.jsonl", "-q"]) == 0
    assert Path("p.jsonl").read_bytes() == Path("o.jsonl").read_bytes()
    annotate("b.txt")
    with Project.open("p.farspan") as project:
        assert project.explain("c", 0).run == 2
