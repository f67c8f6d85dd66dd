"""`farspan evaluate` on small files, as a linguist would use it."""

import json

import pytest

from farspan_app.cli.main import main

GOLD = "Tartu\tB-LOC\nÜlikool\tO\n.\tO\n\nKersti\tB-PER\nKaljulaid\tI-PER\nelab\tO\nTallinnas\tB-LOC\n"
PRED = "Tartu\tB-ORG\nÜlikool\tI-ORG\n.\tO\n\nKersti\tB-PER\nKaljulaid\tI-PER\nelab\tO\nTallinnas\tB-LOC\n"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(gold, pred, *flags, suffix="conll"):
        for name, content in (("gold", gold), ("pred", pred)):
            (tmp_path / f"{name}.{suffix}").write_text(content, encoding="utf-8", newline="")
        code = main(["evaluate", "--gold", f"gold.{suffix}", "--pred", f"pred.{suffix}", *flags])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_json_has_the_agreed_keys_and_fractions(run):
    code, out, _ = run(GOLD, PRED, "--json")
    result = json.loads(out)

    assert code == 0
    assert list(result) == [
        "strict",
        "by_label",
        "partial",
        "type",
        "exact_boundary",
        "token_accuracy",
        "tokens",
        "sentences",
    ]
    assert result["strict"] == {
        "precision": 2 / 3,
        "recall": 2 / 3,
        "f1": 2 / 3,
        "tp": 2,
        "fp": 1,
        "fn": 1,
        "support": 3,
    }
    assert list(result["by_label"]) == ["LOC", "ORG", "PER"]
    assert result["partial"]["tp"] == 2.5
    assert (result["token_accuracy"], result["tokens"], result["sentences"]) == (5 / 7, 7, 2)


def test_people_get_a_table(run):
    code, out, _ = run(GOLD, PRED)

    assert code == 0
    assert "66.67" in out
    assert out.count("\n") == 8


def test_labels_can_be_renamed_in_both_files(run):
    result = json.loads(run(GOLD.replace("B-LOC", "B-GPE"), PRED, "--map", "GPE=LOC", "--json")[1])

    assert result["by_label"]["LOC"]["tp"] == 1


@pytest.mark.parametrize(
    "pred",
    [
        "Tartu\tI-ORG\nÜlikool\tI-ORG\n.\tO\n\nKersti\tI-PER\nKaljulaid\tI-PER\nelab\tO\nTallinnas\tI-LOC\n",
        "Tartu\tB-ORG\nÜlikool\tE-ORG\n.\tO\n\nKersti\tB-PER\nKaljulaid\tE-PER\nelab\tO\nTallinnas\tS-LOC\n",
        "Tartu\tB-ORG\nÜlikool\tL-ORG\n.\tO\n\nKersti\tB-PER\nKaljulaid\tL-PER\nelab\tO\nTallinnas\tU-LOC\n",
        "Tartu\tORG\nÜlikool\tORG\n.\tO\n\nKersti\tPER\nKaljulaid\tPER\nelab\tO\nTallinnas\tLOC\n",
    ],
    ids=["IOB1", "BIOES", "BILOU", "IO"],
)
def test_the_scheme_of_either_file_does_not_matter(run, pred):
    reference = json.loads(run(GOLD, PRED, "--json")[1])
    result = json.loads(run(GOLD, pred, "--json")[1])

    assert {key: result[key] for key in result if key != "token_accuracy"} == {
        key: reference[key] for key in reference if key != "token_accuracy"
    }


def test_a_token_that_differs_is_named_in_both_files(run):
    code, out, err = run("-DOCSTART- O\n\n" + GOLD.replace("\t", " "), PRED.replace("elab", "elas"), "--json")

    assert (code, out) == (1, "")
    assert "gold.conll:9: 'elab' stands here, but 'elas' in pred.conll:7" in err


@pytest.mark.parametrize(("gold", "pred"), [(GOLD, PRED + "veel\tO\n"), (GOLD + "veel\tO\n", PRED)])
def test_a_file_that_ends_early_is_an_error(run, gold, pred):
    code, _, err = run(gold, pred)

    assert code == 1
    assert "'veel'" in err
    assert "the end of the file" in err


def test_documents_and_sentences_may_be_cut_differently(run):
    joined = PRED.replace("\n\n", "\n")
    result = json.loads(run("-DOCSTART-\tO\n\n" + GOLD.replace("\n\n", "\n\n-DOCSTART-\tO\n\n"), joined, "--json")[1])

    assert (result["tokens"], result["sentences"], result["strict"]["tp"]) == (7, 2, 2)


def line(id, text, *spans, **more):
    rows = [{"start": start, "end": end, "label": label, **extra} for start, end, label, extra in spans]
    return json.dumps({"id": id, "text": text, "spans": rows, **more}, ensure_ascii=False) + "\n"


def test_jsonl_documents_are_paired_by_id_and_compared_by_characters(run):
    gold = line("a", "Tartu 😀 Riia", (0, 5, "LOC", {}), (8, 12, "LOC", {})) + line("b", "Ei midagi")
    pred = line("b", "Ei midagi", (0, 2, "LOC", {})) + line("a", "Tartu 😀 Riia", (8, 12, "LOC", {}))
    result = json.loads(run(gold, pred, "--json", suffix="jsonl")[1])

    assert (result["strict"]["tp"], result["strict"]["fp"], result["strict"]["fn"]) == (1, 1, 1)
    assert (result["tokens"], result["token_accuracy"]) == (None, None)


def test_only_spans_that_were_kept_count_and_nested_ones_on_request(run):
    gold = line("a", "New York City", (0, 13, "LOC", {"kind": "gold"}))
    pred = line("a", "New York City", (0, 13, "LOC", {}), (4, 8, "LOC", {"kind": "nested"}), (0, 8, "LOC", {"kind": "lost"}))

    assert json.loads(run(gold, pred, "--json", suffix="jsonl")[1])["strict"]["fp"] == 0
    assert json.loads(run(gold, pred, "--json", "--nested", suffix="jsonl")[1])["strict"]["fp"] == 1


def test_jsonl_with_other_text_or_without_a_partner_is_an_error(run):
    code, _, err = run(line("a", "Tartu"), line("a", "Tarto"), suffix="jsonl")
    assert code == 1
    assert "gold.jsonl:1: the text of document 'a' differs at code point 4" in err

    code, _, err = run(line("a", "x") + line("b", "Tartu"), line("a", "x"), suffix="jsonl")
    assert code == 1
    assert "gold.jsonl:2: document 'b' does not stand in pred.jsonl" in err


def test_jsonl_is_compared_with_a_token_file_by_its_tokens(run, tmp_path):
    text = "Tartu Ülikool ."
    (tmp_path / "p.jsonl").write_text(
        line("a", text, (0, 5, "LOC", {}), (6, 9, "LOC", {}), tokens=[[0, 5], [6, 13], [14, 15]]), encoding="utf-8"
    )
    code, out, _ = run(GOLD.split("\n\n", maxsplit=1)[0] + "\n", PRED, "--json", "--pred", "p.jsonl")
    result = json.loads(out)["strict"]

    assert code == 0
    assert (result["tp"], result["fp"], result["fn"]) == (1, 1, 0)


def test_wrong_usage_exits_with_2(run):
    assert run(GOLD, PRED, "--map", "GPE")[0] == 2
    assert run(GOLD, PRED, "--gold-column", "0")[0] == 2


def test_a_file_without_tags_says_which_flag_helps(run):
    code, _, err = run(GOLD, "Tartu\tx\nÜlikool\tx\n")

    assert code == 1
    assert "--pred-column" in err


def test_the_column_of_tags_can_be_chosen(run):
    rows = ["\t".join([*parts, "O"]) if len(parts := line.split("\t")) > 1 else line for line in PRED.split("\n")]
    result = json.loads(run(GOLD, "\n".join(rows), "--pred-column", "2", "--json")[1])

    assert result["strict"]["tp"] == 2


def test_plain_text_has_no_labels_to_compare(run):
    code, _, err = run("Tartu on linn.\nJa Riia ka.\n", "Tartu on linn.\nJa Riia ka.\n", suffix="txt")

    assert code == 1
    assert "gold.txt: plain text has no labels" in err


def test_a_file_that_is_not_there_is_named(run):
    code, _, err = run(GOLD, PRED, "--pred", "nowhere.conll")

    assert code == 1
    assert "nowhere.conll" in err


def test_a_repaired_tag_is_told_with_its_line(run):
    code, _, err = run(GOLD, PRED.replace("B-PER", "I-PER"), "--json")

    assert code == 0
    assert "pred.conll:5" in err


def test_standard_input_may_be_one_of_the_files_but_not_both(run):
    code, _, err = run(GOLD, PRED, "--gold", "-", "--pred", "-")

    assert code == 2
    assert "standard input" in err
