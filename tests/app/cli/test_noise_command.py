"""`farspan noise` on small files."""

import csv
import json

import numpy as np
import pytest

from farspan_app.cli.main import main

# Five sentences; LOC is right twice and taken for PER once, DATE is only ever predicted, MISC stands in one sentence.
GOLD = "Riia\tB-LOC\n.\tO\n\nPärnu\tB-LOC\n.\tO\n\nMari\tB-PER\nTamm\tI-PER\n\nTartu\tB-LOC\n.\tO\n\nEesti\tB-MISC\nkeel\tO\n"
PRED = "Riia\tB-LOC\n.\tO\n\nPärnu\tB-LOC\n.\tO\n\nMari\tB-PER\nTamm\tI-PER\n\nTartu\tB-PER\n.\tB-DATE\n\nEesti\tO\nkeel\tO\n"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.conll").write_text(GOLD, encoding="utf-8", newline="")
    (tmp_path / "pred.conll").write_text(PRED, encoding="utf-8", newline="")

    def call(*flags):
        code = main(["noise", "--gold", "gold.conll", "--pred", "pred.conll", *flags])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_json_has_the_agreed_keys(run):
    code, out, _ = run("--json")
    result = json.loads(out)

    assert code == 0
    assert list(result) == [
        "labels",
        "unit",
        "counts",
        "matrix",
        "lower",
        "upper",
        "expected_error",
        "precision",
        "recall",
        "f1",
        "plan",
    ]
    assert (result["labels"], result["unit"]) == (["O", "DATE", "LOC", "MISC", "PER"], "sentence")
    assert result["counts"] == [[3, 1, 0, 0, 0], [0] * 5, [0, 0, 2, 0, 1], [1, 0, 0, 0, 0], [0, 0, 0, 0, 2]]
    assert set(result["expected_error"]) == {"random_tokens", "clustered"}
    assert result["expected_error"]["random_tokens"] == pytest.approx((1 - 10 / 16) / 4 + (1 - 5 / 9) / 3)


def test_null_stands_where_nothing_can_be_estimated(run):
    result = json.loads(run("--json")[1])

    assert result["matrix"][1] == [None] * 5  # DATE never occurs
    assert result["recall"]["DATE"] == {"estimate": None, "lower": None, "upper": None, "n": 0}
    assert result["matrix"][3][0] == 1.0  # MISC occurs in one sentence: an estimate without an interval
    assert result["lower"][3] == [None] * 5
    assert result["precision"]["MISC"]["estimate"] is None
    assert 0 < result["lower"][2][2] < 2 / 3 < result["upper"][2][2] < 1
    needs = {need["label"]: need for need in result["plan"]}
    assert needs["DATE"]["sentences"] is None
    assert needs["LOC"]["sentences"][0] < needs["LOC"]["sentences"][1]


def test_every_interval_has_a_judgement_behind_it(run):
    for unit in ("token", "sentence", "document"):
        result = json.loads(run("--json", "--unit", unit)[1])
        for kind in ("precision", "recall", "f1"):
            for item in result[kind].values():
                assert item["n"] > 0 or item["lower"] is None
        for counts, lower in zip(result["counts"], result["lower"], strict=True):
            assert sum(counts) > 0 or lower == [None] * 5


def test_one_document_has_no_interval_and_says_so(run):
    code, out, err = run("--json", "--unit", "document")
    result = json.loads(out)

    assert code == 0
    assert "no intervals" in err
    assert result["expected_error"]["clustered"] is None
    assert result["f1"]["LOC"]["estimate"] is not None
    assert result["f1"]["LOC"]["lower"] is None


def test_random_tokens_need_no_correction_and_a_large_share_of_the_corpus_narrows(run):
    def width(*flags):
        result = json.loads(run("--json", *flags)[1])
        return result["upper"][2][2] - result["lower"][2][2]

    assert width("--unit", "token") < width()
    assert width("--corpus-units", "6") <= width()


def test_people_get_tables(run):
    code, out, _ = run()

    assert code == 0
    assert "Noise matrix" in out
    assert "66.7" in out


def test_a_corpus_smaller_than_the_sample_is_wrong_usage(run):
    code, _, err = run("--corpus-units", "3")

    assert code == 2
    assert "the sample has 5" in err


def test_the_matrix_is_written_for_other_programs_by_suffix(run, tmp_path):
    results = {suffix: run("-o", f"matrix{suffix}", "--json") for suffix in (".json", ".csv", ".npz")}

    shown = json.loads(results[".json"][1])
    assert json.loads((tmp_path / "matrix.json").read_text(encoding="utf-8")) == shown
    with (tmp_path / "matrix.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = {(row["true"], row["given"]): row for row in rows}
    assert cells["LOC", "PER"]["tokens"] == "1"
    assert float(cells["LOC", "PER"]["share"]) == pytest.approx(1 / 3)
    assert cells["DATE", "DATE"]["share"] == ""
    arrays = np.load(tmp_path / "matrix.npz", allow_pickle=False)
    assert arrays["labels"].tolist() == shown["labels"]
    assert arrays["counts"].tolist() == shown["counts"]
    first = (tmp_path / "matrix.npz").read_bytes()
    run("-o", "matrix.npz")
    assert (tmp_path / "matrix.npz").read_bytes() == first


@pytest.mark.parametrize(("name", "said"), [("matrix.xlsx", "choose one of: .json, .csv, .npz"), ("gold.conll", "also an input")])
def test_a_matrix_is_not_written_under_an_unknown_suffix_or_over_an_input(run, tmp_path, name, said):
    code, _, err = run("-o", name)

    assert code == 2
    assert said in err
    assert (tmp_path / "gold.conll").read_text(encoding="utf-8") == GOLD
