"""`farspan relate` and `farspan leakage` from the command line: what they write, print and refuse."""

import json
from pathlib import Path

import pytest

from farspan_app.cli.main import main

NEWS = "Tom Hanks protagonizó Forrest Gump. Robin Wright actúa en Forrest Gump. Tom Hanks no dirigió Toy Story.\n"
KB = "subject\trelation\tobject\tsource\ngump\tcast\tTom Hanks\tnews\ngump\tcast\tRobin Wright\telsewhere\n"
PUBTATOR = """1|t|Lithium toxicity.
1|a|Cyanosis after lithium carbonate. Lithium was stopped.
1\t0\t7\tLithium\tChemical\tD008094
1\t8\t16\ttoxicity\tDisease\tD064420
1\t18\t26\tCyanosis\tDisease\tD003490
1\t33\t50\tlithium carbonate\tChemical\tD016651|D008094
1\tCID\tD016651\tD003490
1\tCID\tD008094\tD064420

"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "news.txt": NEWS,
        "films.tsv": "name\tid\nForrest Gump\tgump\nToy Story\ttoy\n",
        "actors.txt": "Tom Hanks\nRobin Wright\n",
        "kb.tsv": KB,
        "dev.pubtator": PUBTATOR,
        "cid.tsv": "D016651\tCID\tD003490\nD008094\tCID\tD003490\n",
    }.items():
        Path(name).write_text(text, "utf-8", newline="")
    return tmp_path


TEXT = ["relate", "news.txt", "--lang", "es", "--list", "MOVIE=films.tsv", "--list", "PER=actors.txt", "--kb", "kb.tsv"]
LINKED = ["relate", "dev.pubtator", "--kb", "cid.tsv", "--level", "document"]


def run(arguments, capsys):
    """The object that --json prints."""
    code = main([*arguments, "--json", "-q"])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return json.loads(captured.out)


def relations(path):
    """(subject words, relation, object words) of every relation in a JSONL file."""
    found = []
    for line in Path(path).read_text("utf-8").split("\n"):
        document = json.loads(line) if line else {"relations": []}
        for one in document["relations"]:
            spans = [document["spans"][one[side]] for side in ("subject", "object")]
            subject, object_ = (document["text"][span["start"] : span["end"]] for span in spans)
            found.append((subject, one["relation"], object_))
    return found


def test_names_of_lists_are_related_by_triples(home, capsys):
    said = run([*TEXT, "-o", "out.jsonl"], capsys)
    assert relations("out.jsonl") == [("Forrest Gump", "cast", "Tom Hanks"), ("Forrest Gump", "cast", "Robin Wright")]
    assert (said["documents"], said["mentions"], said["linked"], said["relations"], said["bags"]) == (1, 6, 5, 2, 2)
    assert said["by_relation"] == {"cast": {"relations": 2, "bags": 2, "left_out": {}}}
    assert said["outputs"] == ["out.jsonl"]
    record = json.loads(Path("out.jsonl").read_text("utf-8"))["relations"][0]
    assert record == {
        "relation": "cast", "subject": 1, "object": 0, "subject_id": "gump", "object_id": "Tom Hanks", "source": "kb:kb.tsv",
    }  # fmt: skip


def test_options_for_one_relation(home, capsys):
    said = run([*TEXT, "-o", "out.jsonl", "--relation", "cast.triggers=actúa,director"], capsys)
    assert said["by_relation"]["cast"] == {"relations": 1, "bags": 1, "left_out": {"triggers": 1}}


def test_evidence_is_left_out_if_asked(home, capsys):
    said = run([*TEXT, "-o", "out.jsonl", "--exclude-evidence"], capsys)
    assert said["by_relation"]["cast"]["left_out"] == {"exclude_evidence": 1}


def test_negatives_and_their_seed(home, capsys):
    said = run([*TEXT, "-o", "out.jsonl", "--negatives", "same_types:0.5", "--seed", "3"], capsys)
    assert said["negatives"] == {"same_types:0.5": 1}
    assert [one for one in relations("out.jsonl") if one[1] == "NA"] == [("Toy Story", "NA", "Tom Hanks")]


def test_linked_mentions_against_gold_relations(home, capsys):
    said = run([*LINKED, "--gold", "dev.pubtator"], capsys)
    assert (said["tp"], said["fp"], said["fn"]) == (1, 1, 1)
    assert (said["precision"], said["recall"], said["f1"]) == (0.5, 0.5, 0.5)
    assert said["intervals"] == {"precision": None, "recall": None, "f1": None}  # one document says nothing of others
    assert said["gold_by_relation"]["CID"]["tp"] == 1


def test_scores_are_shown_to_people(home, capsys):
    assert main([*LINKED, "--gold", "dev.pubtator"]) == 0
    assert "all       50.00      50.00   50.00" in " ".join(capsys.readouterr().err.split("\n"))


def test_relations_of_a_corpus_are_a_knowledge_base(home, capsys):
    said = run(["relate", "dev.pubtator", "--kb", "dev.pubtator", "--level", "document", "-o", "out.jsonl"], capsys)
    assert (said["triples"], said["relations"]) == (2, 2)
    excluded = ["relate", "dev.pubtator", "--kb", "dev.pubtator", "--level", "document", "--exclude-evidence", "-o", "out.jsonl"]
    assert run(excluded, capsys)["relations"] == 0


def test_why_a_pair_is_a_relation_and_why_not(home, capsys):
    assert main([*TEXT, "--pair", "news:0:22"]) == 0
    out = capsys.readouterr().out
    assert "cast: Forrest Gump -> Tom Hanks: kept; triple gump cast Tom Hanks, source news" in out
    assert main([*TEXT, "--pair", "news:0:22", "--relation", "max_distance=0"]) == 0
    assert "they stand too far apart (max_distance=0)" in capsys.readouterr().out
    told = run([*TEXT, "--pair", "news:72:94"], capsys)
    assert told["relations"] == []
    assert told["why_none"] == "the knowledge base says nothing of Toy Story (toy)"


def test_a_split_writes_three_files_without_a_leak(home, capsys):
    names = [f"Ana{chr(97 + i)}" for i in range(20)]
    Path("many.txt").write_text("\n\n".join(f"{name} vive hoy en Lugo{name}, según dijo." for name in names), "utf-8")
    Path("people.txt").write_text("\n".join(names), "utf-8")
    Path("towns.txt").write_text("\n".join(f"Lugo{name}" for name in names), "utf-8")
    Path("lives.tsv").write_text("".join(f"{name}\tlives_in\tLugo{name}\n" for name in names), "utf-8")
    lists = ["--list", "PER=people.txt", "--list", "LOC=towns.txt"]
    arguments = ["relate", "many.txt", *lists, "--kb", "lives.tsv", "-o", "r.jsonl", "--split", "pair", "--train", "0.6"]
    said = run([*arguments, "--dev", "0.2", "--test", "0.2", "--seed", "4"], capsys)
    assert said["outputs"] == ["r.train.jsonl", "r.dev.jsonl", "r.test.jsonl"]
    counts = [len(relations(path)) for path in said["outputs"]]
    assert counts == [said["split"][part] for part in ("train", "dev", "test")]
    assert sum(counts) == 20
    assert min(counts) >= 3
    assert said["leakage"]["shared"]["pair"] == said["leakage"]["shared"]["sentence"] == 0
    leaks = run(["leakage", *said["outputs"]], capsys)
    assert {kind: leaks["shared"][kind] for kind in ("pair", "unordered_pair", "triple", "entity", "sentence")} == {
        "pair": 0, "unordered_pair": 0, "triple": 0, "entity": 0, "sentence": 0,
    }  # fmt: skip
    planted = run(["leakage", "r.train.jsonl", "r.train.jsonl"], capsys)
    assert planted["leaks"]["triple"][0]["shared"] == counts[0]
    assert planted["leaks"]["pair"][0]["from"] == "train"
    assert planted["leaks"]["pair"][0]["to"] == "test"


def test_a_part_that_got_nothing_leaks_nothing(home, capsys):
    said = run([*TEXT, "-o", "r.jsonl", "--split", "document", "--train", "1", "--dev", "0", "--test", "0"], capsys)
    assert (said["split"]["train"], said["split"]["test"]) == (2, 0)
    leaks = run(["leakage", *said["outputs"]], capsys)
    assert leaks["relations"] == {"train": 2, "dev": 0, "test": 0}
    assert set(leaks["shared"].values()) == {0}


def test_connectives_do_without_a_knowledge_base(home, capsys):
    Path("events.txt").write_text("huelga\nelecciones\n", "utf-8")
    Path("events-text.txt").write_text("La huelga empezó antes de las elecciones.\n", "utf-8")
    lists = ["--list", "EVENT=events.txt", "--lang", "es"]
    run(["relate", "events-text.txt", *lists, "--cues", "es", "-o", "out.jsonl"], capsys)
    assert relations("out.jsonl") == [("huelga", "BEFORE", "elecciones")]


def test_a_recipe_says_all_of_it(home, capsys):
    Path("recipe.toml").write_text(
        """farspan = 1
[text]
inputs = ["news.txt"]
lang = "es"
[[list]]
label = "MOVIE"
file = "films.tsv"
[[list]]
label = "PER"
file = "actors.txt"
[relations]
kb = "kb.tsv"
negatives = ["same_types:0.5"]
seed = 3
output = "from-recipe.jsonl"
[relations.options.cast]
triggers = ["protagonizó"]
""",
        "utf-8",
    )
    said = run(["relate", "--recipe", "recipe.toml"], capsys)
    assert relations("from-recipe.jsonl")[0] == ("Forrest Gump", "cast", "Tom Hanks")
    assert (said["relations"], said["by_relation"]["cast"]["left_out"], said["seed"]) == (1, {"triggers": 1}, 3)
    assert run(["relate", "--recipe", "recipe.toml", "--relation", "cast.triggers=", "-o", "x.jsonl"], capsys)["relations"] == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('level = "near"', "no level is called 'near'"),
        ('negatives = ["some:1"]', "no way to draw negatives is called 'some'"),
        ("options = { cast = { max_distance = -2 } }", "max_distance=-2 is not possible"),
        ("options = { cast = { colour = 1 } }", "no option is called 'colour'"),
        ('split = "word"', "no split is called 'word'"),
    ],
)
def test_a_wrong_recipe_says_where(home, capsys, line, message):
    Path("r.toml").write_text(f'farspan = 1\n[text]\ninputs = ["news.txt"]\n[relations]\nkb = "kb.tsv"\n{line}\n', "utf-8")
    assert main(["relate", "--recipe", "r.toml", "-o", "x.jsonl"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("r.toml:6: ")
    assert message in err


def test_relations_are_kept_in_a_project_and_exported_from_it(home, capsys):
    said = run([*TEXT, "--project", "p.farspan"], capsys)
    assert (said["relation_run"], said["relations"], said["outputs"]) == (1, 2, ["p.farspan"])
    assert main(["project", "export", "p.farspan", "-o", "out.jsonl", "-q"]) == 0
    assert relations("out.jsonl") == [("Forrest Gump", "cast", "Tom Hanks"), ("Forrest Gump", "cast", "Robin Wright")]
    told = run(["relate", "--project", "p.farspan", "--pair", "news:0:22"], capsys)
    assert [(one["relation"], one["reason"]) for one in told["relations"]] == [("cast", "kept")]
    again = run(["relate", "--project", "p.farspan"], capsys)
    assert (again["relation_run"], again["relations"]) == (2, 2)
    other = run(
        ["relate", "--project", "p.farspan", "--kb", "kb.tsv", "--relation", "cast.direction=forward", "-o", "o.jsonl"], capsys
    )
    assert other["relations"] == 0


def test_flags_change_the_plan_that_a_project_has(home, capsys):
    run([*LINKED[:4], "--project", "p.farspan"], capsys)
    assert run(["relate", "--project", "p.farspan"], capsys)["level"] == "sentence"
    said = run(["relate", "--project", "p.farspan", "--level", "document", "--seed", "7"], capsys)
    assert (said["level"], said["seed"], said["relations"]) == ("document", 7, 2)
    said = run(["relate", "--project", "p.farspan", "--relation", "CID.max_distance=0"], capsys)
    assert (said["level"], said["seed"], said["relations"]) == ("document", 7, 0)


def test_one_of_each_is_called_one(home, capsys):
    assert main([*TEXT, "-o", "out.jsonl"]) == 0
    assert capsys.readouterr().err.startswith("1 document, 3 sentences, 6 mentions (5 in")


def test_linked_texts_go_into_a_project_too(home, capsys):
    assert run([*LINKED, "--project", "cdr.farspan", "--gold", "dev.pubtator"], capsys)["tp"] == 1
    assert run(["relate", "--project", "cdr.farspan"], capsys)["relations"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["relate", "news.txt", "-o", "x.jsonl"], 2, "no knowledge base (--kb KB) given"),
        (["relate", "--kb", "kb.tsv", "-o", "x.jsonl"], 2, "no texts (INPUT...) given"),
        (["relate", "news.txt", "--kb", "kb.tsv"], 2, "no output (-o OUT) given"),
        ([*TEXT, "-o", "x.jsonl", "--level", "page"], 2, "choose sentence, window:k"),
        ([*TEXT, "-o", "x.jsonl", "--relation", "cast.colour=red"], 2, "no option of a relation is called 'colour'"),
        ([*TEXT, "-o", "x.jsonl", "--negatives", "many"], 2, "choose one of: random"),
        ([*TEXT, "-o", "x.jsonl", "--split", "word"], 2, "choose one of: pair, entity, document"),
        ([*TEXT, "--split", "pair", "--gold", "news.txt"], 2, "--split writes three files"),
        ([*TEXT, "-o", "x.jsonl", "--split", "pair", "--train", "0.9"], 2, "add up to 1"),
        ([*TEXT, "-o", "x.jsonl", "--split", "pair", "--train", "nan"], 2, "add up to 1"),
        ([*TEXT, "-o", "x.jsonl", "--train", "0.9"], 2, "add --split pair"),
        ([*TEXT, "-o", "x.jsonl", "--relation", "casts.unique=true"], 2, "no relation is called 'casts'; choose one of: cast"),
        ([*TEXT, "-o", "kb.tsv", "--format", "jsonl"], 2, "is also an input"),
        ([*TEXT, "-o", "x.jsonl", "--cues", "xx"], 2, "no connectives are called 'xx'"),
        ([*TEXT[:-1], "none.tsv", "-o", "x.jsonl"], 1, "none.tsv: there is no such file"),
        (["relate", "news.txt", "--kb", "actors.txt", "-o", "x.jsonl"], 1, "actors.txt: there is no triple in it"),
        ([*TEXT, "--pair", "news:5"], 2, "--pair 'news:5' is no pair"),
        (["leakage", "news.txt"], 2, "name two or three"),
        (["relate", "--project", "none.farspan"], 2, "none.farspan is not there"),
    ],
)
def test_what_is_refused_and_why(home, capsys, arguments, code, message):
    assert main(arguments) == code
    assert message in capsys.readouterr().err
    assert not Path("x.jsonl").exists()


def test_rows_of_a_knowledge_base_that_are_no_triple_are_told(home, capsys):
    Path("kb.tsv").write_text(KB + "gump\tcast\n", "utf-8")
    assert main([*TEXT, "-o", "out.jsonl", "-q"]) == 0
    assert "kb.tsv:4: no object in this row of 2 columns; skipped" in capsys.readouterr().err
