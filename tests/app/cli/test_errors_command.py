"""`farspan errors` on small files."""

import json

import pytest

from farspan_app.cli.main import main

GOLD = (
    "They\tO\nsaw\tO\nus\tO\nin\tO\nNew\tB-LOC\nYork\tI-LOC\nCity\tI-LOC\n.\tO\n\n"
    "The\tO\nUS\tB-LOC\nis\tO\nnot\tO\nus\tO\n.\tO\n\n"
    "We\tO\nmet\tO\nus\tO\nin\tO\nTallinnas\tB-LOC\n.\tO\n\n"
)
PRED = GOLD.replace("us\tO", "us\tB-LOC").replace("City\tI-LOC", "City\tO").replace("Tallinnas\tB-LOC", "Tallinnas\tO")


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.conll").write_text(GOLD, encoding="utf-8", newline="")
    (tmp_path / "pred.conll").write_text(PRED, encoding="utf-8", newline="")
    (tmp_path / "places.txt").write_text("New York\nUS\nTallinn\n", encoding="utf-8", newline="")

    def call(*flags):
        code = main(["errors", *flags])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_two_files_give_anea_s_lists_and_causes(run):
    code, out, _ = run("--gold", "gold.conll", "--pred", "pred.conll", "--json")
    found = json.loads(out)

    assert code == 0
    assert (found["right"], found["wrong"], found["missed"]) == (1, 4, 2)
    assert found["precision_errors"] == [{"token": "us", "given": "LOC", "true": "O", "count": 3}]
    assert {(e["token"], e["given"], e["true"]) for e in found["recall_errors"]} == {
        ("City", "O", "LOC"),
        ("Tallinnas", "O", "LOC"),
    }
    assert found["tokens"] == {"wrong": 3, "missed": 2}
    causes = {row["cause"]: (row["wrong"], row["missed"]) for row in found["causes"]}
    assert causes["boundary"] == (1, 1)
    assert causes["common word"] == (3, 0)
    assert found["proposals"] is None
    assert sum(sum(counts) for counts in causes.values()) == len(found["errors"]) == 6


def test_lists_give_proposals_with_their_measured_effect(run):
    code, out, _ = run("--gold", "gold.conll", "--list", "LOC=places.txt", "--set", "case=ignore", "--json")
    found = json.loads(out)

    assert code == 0
    assert {row["cause"]: (row["wrong"], row["missed"]) for row in found["causes"]} == {
        "boundary": (1, 1),
        "case": (3, 0),
        "inflected form": (0, 1),
    }
    exact = next(p for p in found["proposals"] if (p["option"], p["value"]) == ("case", "exact"))
    assert (exact["list"], exact["effect"]["wrong"], exact["effect"]["right"]) == ("places", -3, 0)
    assert exact["effect"]["precision"]["difference"] == pytest.approx(1 / 2 - 1 / 5)
    assert exact["effect"]["precision"]["lower"] < 0.3 < exact["effect"]["precision"]["upper"]
    extend = next(p for p in found["proposals"] if (p["option"], p["value"]) == ("extend", 1))
    assert (extend["effect"]["wrong"], extend["effect"]["right"]) == (-1, 1)


def test_people_read_causes_examples_tokens_and_changes(run):
    code, out, err = run("--gold", "gold.conll", "--list", "LOC=places.txt", "--set", "case=ignore", "-n", "4")

    assert code == 0
    assert not err
    assert out.startswith("Entities: 1 right, 4 wrong, 2 missed.")
    assert "case, wrong: 'us' (LOC, true O)" in out
    assert "the list has 'Tallinn', of which it is a form (-as)" in out
    assert "case=exact on places" in out
    assert len(out.split("Rule changes")[1].strip().split("\n")) == 2 + 4


def test_without_an_error_there_is_nothing_to_mend(run):
    code, out, _ = run("--gold", "gold.conll", "--pred", "gold.conll")

    assert (code, out) == (0, "Entities: 3 right, 0 wrong, 0 missed.\n")


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        (["--gold", "gold.conll"], 2, "--pred"),
        (["--gold", "gold.conll", "--pred", "pred.conll", "--list", "LOC=places.txt"], 2, "leave one of the two out"),
        (["--gold", "gold.conll", "--pred", "places.txt"], 1, "places.txt: the texts are not those of gold.conll"),
        (["--gold", "none.conll", "--pred", "pred.conll"], 1, "none.conll"),
        (["--gold", "gold.conll", "places.txt", "--list", "LOC=places.txt"], 1, "not among the texts"),
    ],
)
def test_what_is_wrong_with_the_request_is_said_with_what_to_do(run, flags, code, said):
    found, out, err = run(*flags)

    assert found == code
    assert said in err
    assert not out
    assert "Traceback" not in err


def test_names_are_cut_as_annotate_cuts_them(tmp_path, capsys):
    gold, names = tmp_path / "gold.conll", tmp_path / "names.txt"
    gold.write_text("Spider\tB-MOVIE\n-\tI-MOVIE\nMan\tI-MOVIE\nvuela\tO\n\nSpider\tB-MOVIE\n-\tI-MOVIE\nMan\tI-MOVIE\n", "utf-8")
    names.write_text("Spider-Man\n", "utf-8")
    arguments = ["errors", "--gold", str(gold), "--list", f"MOVIE={names}", "--json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["right"] == 0
    assert main([*arguments, "--name-tokenizer", "unicode"]) == 0
    assert json.loads(capsys.readouterr().out)["right"] == 2
    assert main([*arguments, "--name-tokenizer", "nothing"]) == 2
