"""A project written as plain files: the recipe in it makes the same labels again."""

import json

from farspan.formats import read_documents
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.portable import write_portable
from farspan.recipe.reading import load_recipe
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.running import labelled_documents, run_project
from farspan_app.cli.main import main


def spans(documents):
    return [(document.id, [(s.start, s.end, s.label, s.ids) for s in document.spans]) for document in documents]


def test_the_recipe_labels_the_texts_as_the_project_does(tmp_path):
    places = [{"name": "Seoul", "id": "Q8684", "aliases": ["Hanyang"]}, {"name": "አዲስ አበባ", "id": "Q3624"}]
    (tmp_path / "stop.txt").write_text("the\n", encoding="utf-8")
    with Project.create(tmp_path / "places.farspan") as project:
        project.add_documents(
            [Document("am", "አዲስ አበባ የኢትዮጵያ ዋና ከተማ ናት።"), Document("en", "The seoul of Bong Joon-ho, once Hanyang.")]
        )
        options = MatchingOptions(case="ignore", stopwords=str(tmp_path / "stop.txt"), exclude=("@home",))
        project.add_source(EntityList.from_names("LOC", [*places, "the", "@home"], name="places"), options)
        project.add_source(EntityList.from_names("PER", ["Bong Joon-ho"], name="people / directors"))
        run_project(project)
        write_portable(project, tmp_path / "out")
        wanted = spans(labelled_documents(project))
    recipe = load_recipe(tmp_path / "out" / "recipe.toml")
    assert [table.title for table in recipe.lists] == ["places", "people / directors"]
    assert main(["annotate", "--recipe", str(tmp_path / "out" / "recipe.toml"), "--quiet"]) == 0
    assert spans(read_documents([str(tmp_path / "out" / "corpus.jsonl")])) == wanted
    assert sum(len(found) for _, found in wanted) == 4


def test_a_project_is_packed_and_unpacked_by_command(tmp_path, capsys):
    with Project.create(tmp_path / "places.farspan") as project:
        project.add_documents([Document("en", "Lima")])
        project.add_source(EntityList.from_names("LOC", ["Lima"], name="places"))
    assert main(["project", "pack", str(tmp_path / "places.farspan"), "-o", str(tmp_path / "sent.zip"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert "places.farspan" in said["files"]
    (tmp_path / "there").mkdir()
    assert main(["project", "unpack", str(tmp_path / "sent.zip"), "-o", str(tmp_path / "there"), "--json"]) == 0
    opened = json.loads(capsys.readouterr().out)["project"]
    with Project.open(opened) as project:
        assert [one.name for one in project.documents.all()] == ["en"]
    assert main(["project", "pack", opened, "-o", opened]) == 2
    assert main(["project", "unpack", opened]) == 1
    assert "no sound ZIP" in capsys.readouterr().err
