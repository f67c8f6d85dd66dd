"""A project goes into one ZIP file and comes out of it elsewhere, whole."""

import hashlib
import zipfile

import pytest

from farspan.errors import InputError
from farspan.job import Cancelled
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.portable import write_portable
from farspan.project_archive import is_project_archive, pack_project, unpack_project
from farspan.recipe.reading import load_recipe
from farspan.sources.lists import EntityList, load_list
from farspan.store.project import Project
from farspan.store.running import labelled_documents, run_project

TEXTS = ("አዲስ አበባ የኢትዮጵያ ዋና ከተማ ናት።", "The film Parasite was shown in Seoul; the seoul of 2019.", "In Seoul, Bong Joon-ho spoke.")


@pytest.fixture
def project(tmp_path):
    (tmp_path / "home").mkdir()
    stop = tmp_path / "home" / "stop.txt"
    stop.write_text("the\n", encoding="utf-8")
    with Project.create(tmp_path / "home" / "places.farspan") as made:
        made.add_documents([Document(f"text {number}", text) for number, text in enumerate(TEXTS)])
        places = [{"name": "Seoul", "id": "Q8684", "aliases": ["Hanyang"]}, {"name": "አዲስ አበባ", "id": "Q3624"}, "the"]
        made.add_source(EntityList.from_names("LOC", places, name="places"), MatchingOptions(case="ignore", stopwords=str(stop)))
        made.add_source(EntityList.from_names("PER", ["Bong Joon-ho"], name="people / directors"))
        run_project(made)
        yield made


def spans(project):
    return [(document.id, [(s.start, s.end, s.label, s.ids) for s in document.spans]) for document in labelled_documents(project)]


def test_a_project_opens_on_another_machine_as_it_was(project, tmp_path):
    packed = pack_project(project, tmp_path / "places.zip")
    with zipfile.ZipFile(tmp_path / "places.zip") as file:
        assert {"places.farspan", "recipe.toml", "texts.jsonl", "README.txt", "SHA256SUMS"} <= set(file.namelist())
        for name, digest in packed.hashes.items():
            assert hashlib.sha256(file.read(name)).hexdigest() == digest
            assert digest in file.read("README.txt").decode()
    (tmp_path / "home" / "stop.txt").unlink()  # the other machine does not have it
    (tmp_path / "elsewhere").mkdir()
    opened = unpack_project(tmp_path / "places.zip", tmp_path / "elsewhere")
    assert opened == tmp_path / "elsewhere" / "places" / "places.farspan"
    with Project.open(opened) as there:
        assert there.check() == []
        assert spans(there) == spans(project)
        assert there.rules.in_force().of("places").stopwords == str(opened.parent / "files" / "01-stop.txt")
        run_project(there)
        assert spans(there) == spans(project)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rules.regex", "\\d{4}\n[A-Z]{2,}\n"),
        ("theirs.labels", "GPE\tLOC\nFAC\tFAC\n"),
        ("ruler.jsonl", '{"label":"LOC","pattern":[{"LOWER":"seoul"}],"id":"Q8684"}\n{"label":"PER","pattern":"Bong"}\n'),
        ("plain.csv", "name,id,aliases,label\nSeoul,Q8684,Hanyang|Keijō,LOC\nBong,,,PER\n"),
    ],
)
def test_every_kind_of_list_is_the_same_list_afterwards(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with Project.create(tmp_path / "p.farspan") as project:
        project.add_source(load_list(tmp_path / name, "THING"))
        write_portable(project, tmp_path / "out")
        before = project.lists.load((tmp_path / name).stem)
    recipe = load_recipe(tmp_path / "out" / "recipe.toml")
    after = load_list(recipe.resolve(recipe.lists[0].file), recipe.lists[0].label)
    assert (after.surfaces, after.ids, after.is_alias.tolist()) == (before.surfaces, before.ids, before.is_alias.tolist())
    labels = [[(one.labels[row] if one.labels else "") or one.label for row in range(len(one))] for one in (before, after)]
    assert labels[0] == labels[1]
    for row, pattern in before.patterns.items():
        other = after.patterns[row]
        assert (other.expression, other.label, list(other.tokens)) == (pattern.expression, pattern.label, list(pattern.tokens))


def test_a_second_unpacking_leaves_the_first_alone(project, tmp_path):
    pack_project(project, tmp_path / "places.zip")
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "mine.txt").write_text("mine", encoding="utf-8")
    assert unpack_project(tmp_path / "places.zip").parent.name == "places 2"
    assert unpack_project(tmp_path / "places.zip").parent.name == "places 3"
    assert [file.name for file in (tmp_path / "places").iterdir()] == ["mine.txt"]


def test_work_goes_on_while_it_is_packed(project, tmp_path):
    class Writing:
        done = False

        def progress(self, _done, _total, note):
            if note == "copying the project" and not self.done:
                self.done = True
                project.add_documents([Document("late", "Seoul")])

    job = Writing()
    pack_project(project, tmp_path / "places.zip", job)
    assert job.done
    with Project.open(unpack_project(tmp_path / "places.zip")) as there:
        assert there.check() == []
        assert "late" not in {one.name for one in there.documents.all()}


def test_cancelled_nothing_is_left(project, tmp_path):
    class Stopping:
        def progress(self, _done, _total, note):
            if note == "texts.jsonl":
                raise Cancelled

    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Cancelled):
        pack_project(project, tmp_path / "places.zip", Stopping())
    assert sorted(tmp_path.rglob("*")) == before


def rewritten(source, target, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            for put, data in change(name, old.read(name)):
                new.writestr(put, data)


@pytest.mark.parametrize("evil", ["../evil.txt", "/evil.txt", "lists/../../evil.txt", "a\\..\\..\\evil.txt", "C:evil.txt"])
def test_what_leads_out_of_the_folder_is_refused(project, tmp_path, evil):
    pack_project(project, tmp_path / "good.zip")
    rewritten(
        tmp_path / "good.zip",
        tmp_path / "bad.zip",
        lambda name, data: [(name, data), (evil, b"x")][: 2 if name == "recipe.toml" else 1],
    )
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match="leads out"):
        unpack_project(tmp_path / "bad.zip")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_changed_file_is_told(project, tmp_path):
    pack_project(project, tmp_path / "good.zip")
    rewritten(
        tmp_path / "good.zip", tmp_path / "bad.zip", lambda name, data: [(name, data + b"x" if name == "recipe.toml" else data)]
    )
    with pytest.raises(InputError, match="SHA-256"):
        unpack_project(tmp_path / "bad.zip")
    assert not (tmp_path / "bad").exists()


def test_what_is_no_archive_of_a_project_is_told(project, tmp_path):
    with zipfile.ZipFile(tmp_path / "texts.zip", "w") as file:
        file.writestr("a.txt", "Seoul")
    assert not is_project_archive(tmp_path / "texts.zip")
    with pytest.raises(InputError, match="no project"):
        unpack_project(tmp_path / "texts.zip")
    (tmp_path / "no.zip").write_bytes(b"PK no")
    assert not is_project_archive(tmp_path / "no.zip")
    with pytest.raises(InputError, match="no sound ZIP"):
        unpack_project(tmp_path / "no.zip")
    with zipfile.ZipFile(tmp_path / "fake.zip", "w") as file:
        file.writestr("a.farspan", "Seoul")
    assert is_project_archive(tmp_path / "fake.zip")
    with pytest.raises(Exception, match="project"):
        unpack_project(tmp_path / "fake.zip")
    assert not (tmp_path / "fake").exists()
    pack_project(project, tmp_path / "good.zip")
    assert is_project_archive(tmp_path / "good.zip")
