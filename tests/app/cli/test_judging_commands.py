"""`farspan sample`, `judge` and `report`: from "how good is it" to a number with a sentence to quote it in."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from farspan.store.project import Project
from farspan_app.cli.main import main

TEXT = "Ann met Rose in Bath. Rose, a rose of May, left in May. May Bath see Ann again? The bath was cold.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = tmp_path_factory.mktemp("judging")
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    (home / "per.txt").write_text("Ann\nRose\nMay\n", encoding="utf-8")
    (home / "loc.txt").write_text("Bath\n", encoding="utf-8")
    project, lists = str(home / "p.farspan"), [f"--list=PER={home}/per.txt", f"--list=LOC={home}/loc.txt"]
    assert main(["project", "new", project, "-q"]) == 0
    assert main(["project", "add", project, str(home / "a.txt"), *lists, "--lang", "en", "-q"]) == 0
    assert main(["project", "run", project, "-q"]) == 0
    return home / "p.farspan"


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    shutil.copy(made, tmp_path / "p.farspan")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    """What a command prints with --json."""
    capsys.readouterr()
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def answer(monkeypatch, *answers):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in answers)))


def sheet(path="s.csv"):
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(rows, path="s.csv", delimiter=","):
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def spans_in_order():
    """The units of the sample, as (text, label), in the order to judge them."""
    with Project.open("p.farspan", read_only=True) as project:
        [design] = project.audits.designs()
        return [(TEXT[unit.start : unit.end], unit.label) for unit in project.audits.units(design.id)]


def test_a_sample_is_drawn_of_what_the_run_keeps(folder, capsys):
    said = run(capsys, "sample", "p.farspan", "-n", "5", "--seed", "3")
    assert (said["sample"], said["method"], said["population"], said["drawn"], said["seed"]) == (1, "spans", 9, 5, 3)
    more = run(capsys, "sample", "p.farspan", "-n", "100")
    assert (more["sample"], more["extends"], more["drawn"], more["units"]) == (1, 1, 4, 9)
    only = run(capsys, "sample", "p.farspan", "--label", "LOC")
    assert (only["sample"], only["population"], only["label"]) == (3, 2, "LOC")


def test_answers_from_a_pipe_are_judged_and_counted(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, "a", "", "r", "u", "b", "a")
    said = run(capsys, "judge", "p.farspan")
    assert (said["sample"], said["judged"], said["done"], said["open"]) == (1, 4, 4, 4)
    overall = next(one for one in said["estimates"] if not one["label"] and not one["list"])
    assert (overall["n"], overall["unsure"], overall["open"]) == (4, 0, 4)
    assert overall["estimate"] == pytest.approx(0.75)
    assert overall["lower"] < 0.75 < overall["upper"]
    assert overall["sentence"].startswith("Precision of all labels is 0.75 (95% interval 0.3")


def test_another_label_and_other_borders_are_kept_with_the_verdict(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    _text, label = spans_in_order()[0]
    with Project.open("p.farspan", read_only=True) as project:
        unit = project.audits.units(1)[1]
    wider = TEXT[unit.start : unit.end + 4].strip()
    answer(monkeypatch, "2" if label == "PER" else "1", f"m {wider}")
    assert main(["judge", "p.farspan", "--judge", "Ana", "-q"]) == 0
    with Project.open("p.farspan", read_only=True) as project:
        first, second = sorted(project.work.judgements(), key=lambda one: one.id)
    assert (first.verdict, first.label, first.right_label, first.judge) == (
        "wrong",
        label,
        {"PER": "LOC", "LOC": "PER"}[label],
        "Ana",
    )
    assert (second.verdict, second.right_start, second.right_end) == ("wrong", unit.start, unit.start + len(wider))
    assert first.draw is not None


def test_borders_that_are_no_others_are_refused(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, f"m {spans_in_order()[0][0]}")
    assert main(["judge", "p.farspan"]) == 1
    assert "these are the borders it has; answer A if they are right" in capsys.readouterr().err


def test_stopping_by_ctrl_c_keeps_every_verdict(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])

    class Stopped(io.StringIO):
        def readline(self, *_):
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr("sys.stdin", Stopped("a\nr\n"))
    assert main(["judge", "p.farspan"]) == 130
    with Project.open("p.farspan") as project:
        assert [one.verdict for one in sorted(project.work.judgements(), key=lambda one: one.id)] == ["right", "wrong"]


def test_an_answer_that_means_nothing_is_named_by_its_line(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, "a", "z")
    assert main(["judge", "p.farspan"]) == 1
    assert "<stdin>:2: the answer 'z' means nothing; A right  R wrong" in capsys.readouterr().err
    with Project.open("p.farspan", read_only=True) as project:
        assert len(project.work.judgements()) == 1


def test_a_terminal_shows_context_reasons_and_the_running_estimate(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, "?", "s", "a", "q")
    capsys.readouterr()
    assert main(["judge", "p.farspan"]) == 0
    out = capsys.readouterr().out
    text, _label = spans_in_order()[1]
    assert "Signals, not estimates:" in out
    assert f"[{text}]" in out
    assert re.search(r"so far 1\.00 \(0\.21-1\.00\) from 1 judged; 10 more: ±0\.\d\d to 0\.\d\d", out)
    assert "Precision of all labels is 1.00" in out


def test_sentences_are_read_whole_and_give_recall(folder, capsys, monkeypatch):
    said = run(capsys, "sample", "p.farspan", "--sentences", "-n", "10")
    assert (said["method"], said["population"], said["drawn"]) == ("sentences", 4, 4)
    corrections = {"Rose, a": "+ PER=rose", "May Bath see": "- Bath", "Ann met": "", "The bath": "e"}
    with Project.open("p.farspan", read_only=True) as project:
        order = [TEXT[unit.start : unit.end] for unit in project.audits.units(1)]
    answers = []
    for sentence in order:
        key = next(key for key in corrections if sentence.startswith(key))
        answers += [corrections[key], ""] if corrections[key] else [""]
    answer(monkeypatch, *answers)
    said = run(capsys, "judge", "p.farspan")
    recall = {one["label"]: one for one in said["estimates"] if one["quantity"] == "recall"}
    assert recall["PER"]["n"] == 8
    assert recall["PER"]["estimate"] == pytest.approx(7 / 8)
    assert recall["LOC"]["n"] == 1
    assert recall["PER"]["design"] == "4 random sentences read whole"
    assert main(["judge", "p.farspan", "--sample", "1"]) == 0
    assert "Nothing is left to judge" in capsys.readouterr().out


def test_a_sheet_is_judged_elsewhere_and_taken_back(folder, capsys):
    main(["sample", "p.farspan", "-n", "8", "-o", "s.csv", "-q"])
    rows = sheet()
    assert [(row["text"], row["label"]) for row in rows] == spans_in_order()
    for row, verdict in zip(rows, ("right", "Wrong", "u", "r", "rihgt", "right", "wrong", ""), strict=True):
        row["verdict"] = verdict
    rows[1]["right_label"] = "LOC"
    rows[5]["right_label"] = "LOC"
    rows[6]["right_text"] = "nowhere"
    write(rows, delimiter=";")
    capsys.readouterr()
    assert main(["judge", "p.farspan", "--from", "s.csv", "--json"]) == 0
    captured = capsys.readouterr()
    said = json.loads(captured.out)
    assert (said["judged"], said["open"], said["problems"]) == (4, 1, 3)
    assert "s.csv:6: the verdict 'rihgt' means nothing; write right, wrong or unsure" in captured.err
    assert "s.csv:7: it is judged right, and yet corrected" in captured.err
    assert "s.csv:8: 'nowhere' does not stand there" in captured.err
    again = run(capsys, "judge", "p.farspan", "--from", "s.csv")
    assert (again["judged"], again["unchanged"]) == (0, 4)


def test_a_sheet_of_sentences_holds_their_entities(folder, capsys):
    main(["sample", "p.farspan", "--sentences", "-n", "4", "-o", "s.csv", "-q"])
    rows = sheet()
    first = next(row for row in rows if row["text"].startswith("Ann met"))
    assert first["entities"] == "PER=Ann | PER=Rose | LOC=Bath"
    first["verdict"] = "read"
    first["entities"] = "PER=Ann | PER=Rose"
    write(rows)
    assert main(["judge", "p.farspan", "--from", "s.csv", "-q"]) == 0
    with Project.open("p.farspan", read_only=True) as project:
        assert [(TEXT[gold.start : gold.end], gold.label) for gold in project.work.gold()] == [("Ann", "PER"), ("Rose", "PER")]
        assert len(project.work.regions()) == 1


def test_a_sheet_of_another_project_is_refused_row_by_row(folder, capsys):
    main(["sample", "p.farspan", "-n", "8", "-o", "s.csv", "-q"])
    rows = sheet()
    for row in rows:
        row["unit"] = str(int(row["unit"]) + 100)
        row["verdict"] = "right"
    write(rows)
    capsys.readouterr()
    assert main(["judge", "p.farspan", "--from", "s.csv"]) == 1
    assert "s.csv:2: no sample of the project has a unit '101'; do not change the first column" in capsys.readouterr().err
    (folder / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["judge", "p.farspan", "--from", "no.csv"]) == 1
    assert "no.csv:1: no column 'unit'" in capsys.readouterr().err


def test_no_cell_of_a_sheet_is_a_formula(folder, capsys):
    (folder / "b.txt").write_text("= Ann () + 1 and - Rose and @ May .\n", encoding="utf-8")
    assert main(["project", "add", "p.farspan", "b.txt", "-q"]) == 0
    assert main(["project", "run", "p.farspan", "-q"]) == 0
    assert main(["sample", "p.farspan", "-n", "100", "-o", "s.csv", "-q"]) == 0
    cells = [cell for row in sheet() for cell in row.values()]
    assert any(cell.startswith("'=") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_commands_say_what_is_missing(folder, capsys):
    assert main(["judge", "p.farspan"]) == 1
    assert "no sample was drawn yet; draw one with `farspan sample p.farspan -n 100`" in capsys.readouterr().err
    assert main(["sample", "p.farspan", "--label", "ORG"]) == 1
    assert "the run keeps nothing of the label 'ORG'; choose one of: PER, LOC" in capsys.readouterr().err
    assert main(["sample", "p.farspan", "--sentences", "--label", "PER"]) == 2
    assert main(["project", "new", "q.farspan"]) == 0
    assert main(["sample", "q.farspan"]) == 1
    assert "no run yet; make one with `farspan project run q.farspan`" in capsys.readouterr().err


def test_estimates_are_kept_and_become_stale(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, "a", "r", "a")
    main(["judge", "p.farspan", "-q"])
    with Project.open("p.farspan", read_only=True) as project:
        [kept] = project.audits.estimates()
    assert (kept.method, kept.stale, kept.figures["estimates"][0]["n"]) == ("precision from judged spans", False, 3)
    assert main(["project", "add", "p.farspan", "--set", "min_length=4", "-q"]) == 0
    with Project.open("p.farspan", read_only=True) as project:
        assert project.audits.estimates()[0].stale


def test_a_report_holds_the_same_in_three_forms(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, *"arara")
    main(["judge", "p.farspan", "-q"])
    for name in ("r.html", "r.md", "r.json", "again.html"):
        assert main(["report", "p.farspan", "-o", name, "-q"]) == 0
    page, text, values = ((folder / name).read_text("utf-8") for name in ("r.html", "r.md", "r.json"))
    assert page == (folder / "again.html").read_text("utf-8")
    content = json.loads(values)
    for one in content["measured"]["estimates"]:
        if not one["list"]:
            assert one["sentence"] in page
            assert one["sentence"].replace("*", r"\*") in text
    for name in ("per", "loc"):
        assert f"list {name}" in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_report_without_a_verdict_shows_no_interval(folder, capsys):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    said = run(capsys, "report", "p.farspan", "-o", "r.html")
    assert said["estimates"] == []
    page = (folder / "r.html").read_text("utf-8")
    assert "Nobody has judged anything yet" in page
    measured = page[page.index("<h2>Measured") : page.index("<h2>Signals")]
    assert "<table" not in measured
    assert "interval" not in page[page.index("<h2>Signals") :]
    assert page.count("Not an estimate") >= 2


def test_a_report_shows_texts_of_any_kind_as_text(folder, capsys):
    (folder / "c.txt").write_text("<b>Ann</b> & <script>Rose</script> | `May` in Bath.\n", encoding="utf-8")
    (folder / "odd.txt").write_text("<script>Rose</script>\n", encoding="utf-8")
    assert main(["project", "add", "p.farspan", "c.txt", "--list", "<X>=odd.txt", "-q"]) == 0
    assert main(["project", "run", "p.farspan", "-q"]) == 0
    assert main(["report", "p.farspan", "-o", "r.html", "-q"]) == 0
    assert main(["report", "p.farspan", "-o", "r.md", "-q"]) == 0
    assert "<script" not in (folder / "r.html").read_text("utf-8")
    assert "<script" not in (folder / "r.md").read_text("utf-8").replace("\\<script", "")


def test_work_of_judging_is_rebuilt_from_the_log(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, "a", "r", "b", "u")
    main(["judge", "p.farspan", "-q"])
    said = run(capsys, "project", "replay", "p.farspan", "-o", "again.farspan")
    assert said["differing"] == []
    for name in ("p", "again"):
        assert main(["report", f"{name}.farspan", "-o", f"{name}.json", "-q"]) == 0
    first, second = (json.loads((folder / f"{name}.json").read_text()) for name in ("p", "again"))
    assert {**first, "project": ""} == {**second, "project": ""}


def test_confidence_is_for_jsonl_and_needs_verdicts(folder, capsys):
    assert main(["project", "export", "p.farspan", "-o", "c.conll", "--confidence"]) == 2
    assert "--confidence is for the newest run as JSONL" in capsys.readouterr().err
    assert main(["project", "export", "p.farspan", "-o", "c.jsonl", "--confidence"]) == 1
    assert "judge more with `farspan judge`, or leave out --confidence" in capsys.readouterr().err
    assert not (folder / "c.jsonl").exists()


def test_info_lists_samples_and_estimates(folder, capsys, monkeypatch):
    main(["sample", "p.farspan", "-n", "8", "-q"])
    answer(monkeypatch, "a", "r", "a")
    main(["judge", "p.farspan", "-q"])
    said = run(capsys, "project", "info", "p.farspan")
    assert said["samples"] == [{"sample": 1, "title": "spans stratified by risk", "drawn": 8, "judged": 3}]
    assert said["estimates"][0]["method"] == "precision from judged spans"
    assert main(["project", "info", "p.farspan"]) == 0
    out = capsys.readouterr().out
    assert "sample 1: spans stratified by risk, 3 of 8 judged" in out
    assert "Precision of all labels is 0.67" in out
