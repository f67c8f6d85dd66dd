"""`farspan lists import`, `farspan lists export` and `farspan kb import`."""

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from farspan.store.project import Project
from farspan_app.cli.main import main

DUMP = str(Path(__file__).resolve().parents[2] / "data" / "wikidata_small.json")


def run(capsys, *arguments):
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def rows(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").split("\n") if line]


def test_a_list_of_cities_in_amharic(capsys, tmp_path):
    out = tmp_path / "cities.jsonl"
    arguments = ["lists", "import", DUMP, "--type", "Q515", "--depth", "2", "--lang", "am", "--aliases", "--ids", "-o", str(out)]
    code, shown, _ = run(capsys, *arguments, "--json")
    result = json.loads(shown)
    assert code == 0
    assert (result["items"], result["names"], result["lines"], result["duplicates"]) == (4, 8, 24, 1)
    assert result["source"]["date"] == "2026-01-05"
    assert result["outputs"] == [str(out)]
    first, *others = rows(out)
    assert json.loads((tmp_path / "cities.jsonl.origin.json").read_text())["query"] == {
        "types": {"Q515": ""},
        "lang": ["am"],
        "depth": 2,
        "aliases": True,
        "best_rank": False,
    }
    assert first == {"name": "ለንደን", "id": "Q84", "aliases": ["ሎንዶን", "LDN"]}
    assert all(row.keys() == {"name", "id", "aliases"} for row in others)
    assert not (tmp_path / "cities.jsonl.resume").exists()


def test_the_list_annotates_and_keeps_its_origin_in_a_project(capsys, tmp_path):
    out, text = tmp_path / "cities.jsonl", tmp_path / "text.txt"
    assert run(capsys, "lists", "import", DUMP, "--type", "Q515=CITY", "--lang", "am", "-o", str(out), "-q")[0] == 0
    text.write_text("ለንደን ከተማ ነው")
    project, tagged = tmp_path / "p.farspan", tmp_path / "out.jsonl"
    assert run(capsys, "annotate", str(text), "--list", f"LOC={out}", "--project", str(project), "-o", str(tagged), "-q")[0] == 0
    assert rows(tagged)[0]["spans"][0] | {"score": 1} == {
        "start": 0, "end": 4, "label": "CITY", "source": "cities", "name": "ለንደን", "ids": ["Q84"], "kind": "kept", "score": 1,
    }  # fmt: skip
    with Project.open(project) as opened:
        origin = opened.lists.load("cities").origin
    assert origin["file"] == "wikidata_small.json"
    assert len(origin["sha256"]) == 64


def test_several_lists_by_a_specification(capsys, tmp_path):
    spec, folder = tmp_path / "spec.txt", tmp_path / "lists"
    spec.write_text("# ANEA\nQ5\tet\tPER\nQ11424\tes\tMOVIE\nQ999\tes\tNONE\n")
    code, shown, err = run(capsys, "lists", "import", DUMP, "--spec", str(spec), "-o", str(folder), "--json")
    assert code == 0
    assert [(item["name"], item.get("items")) for item in json.loads(shown)["lists"]] == [
        ("PER", 2),
        ("MOVIE", 1),
        ("NONE", None),
    ]
    assert "no item of class Q999 is in the dump" in err
    assert sorted(path.name for path in folder.glob("*.jsonl")) == ["MOVIE.jsonl", "PER.jsonl"]
    assert json.loads((folder / "PER.jsonl.origin.json").read_text())["file"] == "wikidata_small.json"
    assert rows(folder / "PER.jsonl")[1] == {"name": "Penélope Cruz", "id": "Q56", "aliases": [], "label": "PER"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--lang", "am"], 2, "name a class: --type Q515"),
        (["--type", "Q515"], 2, "say --lang am"),
        (["--type", "city", "--lang", "am"], 2, "no item of Wikidata"),
        (["--type", "Q515", "--lang", "am", "--form", "sql"], 2, "choose one of: wikidata, rdf"),
        (["--type", "Q516", "--lang", "am"], 1, "no item of class Q516"),
        (["--type", "Q4830453", "--lang", "am"], 1, "try --lang et"),
        (["--spec", DUMP, "--type", "Q5"], 2, "give one of the two"),
    ],
)
def test_what_is_missing_is_said(capsys, tmp_path, arguments, code, message):
    out = tmp_path / "x.jsonl"
    found, _, err = run(capsys, "lists", "import", DUMP, *arguments, "-o", str(out))
    assert found == code
    assert message in err
    assert not any(tmp_path.iterdir())


def test_without_a_source_the_forms_are_shown(capsys):
    code, out, _ = run(capsys, "lists", "import")
    assert code == 0
    assert all(word in out for word in ("wikidata", "SKOS", "OBO", "GeoNames", "ESCO", "GATE", "SPARQL"))
    assert run(capsys, "lists", "import", DUMP, "--type", "Q5", "--lang", "es")[0] == 2
    assert run(capsys, "lists", "import", DUMP, "--type", "Q5", "--lang", "es", "-o", DUMP)[0] == 2


def test_lists_in_other_forms(capsys, tmp_path):
    gate, ruler = tmp_path / "x.lst", tmp_path / "x.patterns"
    gate.write_text("London\tid=Q84\nParis\n")
    assert run(capsys, "lists", "import", str(gate), "--label", "LOC", "-o", str(tmp_path / "x.jsonl"), "-q")[0] == 0
    assert run(capsys, "lists", "export", str(tmp_path / "x.jsonl"), "-o", str(ruler), "-q")[0] == 0
    assert rows(ruler) == [{"label": "LOC", "pattern": "London", "id": "Q84"}, {"label": "LOC", "pattern": "Paris"}]
    code, out, _ = run(capsys, "lists", "export", str(tmp_path / "x.jsonl"), "-o", str(tmp_path / "x.txt"), "--json")
    assert code == 0
    assert json.loads(out)["lost"] == {"ids": 1, "labels": 2}
    assert run(capsys, "lists", "export", str(gate), "-o", "-", "--format", "txt")[1].startswith("London")


def test_triples_and_their_names(capsys, tmp_path):
    out, names = tmp_path / "kb.tsv", tmp_path / "names.jsonl"
    asked = ["--property", "P57=director", "--lang", "es", "--type", "Q5=PER", "--names", str(names), "-o", str(out)]
    code, shown, _ = run(capsys, "kb", "import", DUMP, *asked, "--json")
    assert code == 0
    assert json.loads(shown)["triples"] == 4
    header, first, *_ = out.read_text(encoding="utf-8").split("\n")
    assert header.split("\t") == [
        "subject",
        "relation",
        "object",
        "subject_type",
        "object_type",
        "source",
        "subject_name",
        "object_name",
    ]
    assert first.split("\t") == ["Q60", "director", "Q55", "", "PER", "Wikidata 2026-01-05", "Volver", "Pedro Almodóvar"]
    assert rows(names)[0]["name"] == "Pedro Almodóvar"
    assert run(capsys, "kb", "import", DUMP, "-o", str(out))[0] == 2
    assert run(capsys, "kb", "import", DUMP, "--property", "P57", "--names", str(names), "-o", str(out))[0] == 2
    back = tmp_path / "kb.jsonl"
    assert run(capsys, "kb", "import", str(out), "-o", str(back), "-q")[0] == 0
    assert rows(back)[0]["relation"] == "director"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_leaves_no_half_written_list(tmp_path):
    out = tmp_path / "x.jsonl"
    command = [
        sys.executable,
        "-m",
        "farspan_app.cli.main",
        "lists",
        "import",
        "-",
        "--type",
        "Q515",
        "--lang",
        "am",
        "-o",
        str(out),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # More than a pipe holds: when all is written, the command is reading.
        process.stdin.write(Path(DUMP).read_bytes()[:5000] + b"\n" * (1 << 19))
        process.stdin.flush()
        for _ in range(20):  # one that comes just before a read waits for the next
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
                break
        assert process.wait(1) == 130
    assert not any(tmp_path.iterdir())


def test_show_says_where_a_list_comes_from(capsys, tmp_path):
    out = tmp_path / "x.jsonl"
    assert run(capsys, "lists", "import", DUMP, "--type", "Q5", "--lang", "es", "-o", str(out), "-q")[0] == 0
    assert "imported: from Wikidata, file wikidata_small.json, date 2026-01-05" in run(capsys, "lists", "show", str(out))[1]
    assert json.loads(run(capsys, "lists", "show", str(out), "--json")[1])["origin"]["query"]["types"] == {"Q5": ""}
