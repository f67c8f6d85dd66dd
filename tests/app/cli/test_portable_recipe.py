"""A project written as plain files: the recipe in it makes the same labels again."""

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
