"""Relations in a recipe: locked with the files they rest on, hashed with what they say."""

from pathlib import Path

from farspan.recipe import load_recipe, lock_recipe, parse_recipe

RECIPE = """farspan = 1
[text]
inputs = ["news.txt"]
[relations]
kb = "kb.tsv"
cues = ["es", "own.tsv"]
aliases = "same.tsv"
"""


def test_the_lock_holds_the_files_that_relations_rest_on(tmp_path):
    for name in ("news.txt", "kb.tsv", "own.tsv", "same.tsv"):
        (tmp_path / name).write_text("x\n", "utf-8")
    path = tmp_path / "r.toml"
    path.write_text(RECIPE, "utf-8")
    lock_recipe(path)
    assert set(load_recipe(path).lock.files) == {"news.txt", "kb.tsv", "own.tsv", "same.tsv"}


def test_recipes_without_relations_keep_their_hash():
    plain = parse_recipe("farspan = 1\n", Path("a.toml"))
    spelled = parse_recipe('farspan = 1\n[relations]\nlevel = "sentence"\n', Path("a.toml"))
    other = parse_recipe('farspan = 1\n[relations]\nlevel = "document"\n', Path("a.toml"))
    assert plain.hash == spelled.hash != other.hash
