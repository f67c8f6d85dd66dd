"""Running a project: what is stored is what the pipeline finds, and it is the same when it comes back."""

import numpy as np
import pytest

from farspan.annotate import Annotator, Source
from farspan.errors import ProjectError
from farspan.job import Cancelled
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan.store.running import ProjectRunner, labelled_documents, run_project
from farspan.store.work import Edit

TEXTS = [
    Document("quijote", "En un lugar de la Mancha vivía don Quijote. Sancho Panza vivía también en la Mancha.\n"),
    Document("vacío", "Nada de nada.\n"),
    Document("viaje", "Don Quijote y Sancho salieron de la Mancha; Quijote de la Mancha le llaman.\n"),
]
PEOPLE = ["Quijote", "Sancho", "Sancho Panza", "Quijote de la Mancha", "Panza"]
PLACES = ["la Mancha", "Mancha", "Panza", "Panza vivía"]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "quijote.farspan") as project:
        project.add_documents(TEXTS)
        project.add_source(EntityList.from_names("PER", PEOPLE), MatchingOptions(priority=1))
        project.add_source(EntityList.from_names("LOC", PLACES), MatchingOptions(min_length=6))
        project.rules.put_in_force(
            Rules(project.rules.in_force().options, ConflictPolicy(nested=True), lang="es", tokenizer="unicode")
        )
        yield project


def directly():
    sources = [
        Source(EntityList.from_names("PER", PEOPLE), MatchingOptions(priority=1)),
        Source(EntityList.from_names("LOC", PLACES), MatchingOptions(min_length=6)),
    ]
    annotator = Annotator(sources, policy=ConflictPolicy(nested=True), lang="es", tokenizer="unicode")
    return annotator, list(annotator.annotate(TEXTS))


def test_a_stored_run_labels_what_the_pipeline_labels(project):
    run_project(project)
    annotator, documents = directly()
    stored = list(labelled_documents(project))
    assert [list(document.spans) for document in stored] == [list(document.spans) for document in documents]
    assert [document.tokens.starts.tolist() for document in stored] == [document.tokens.starts.tolist() for document in documents]
    assert project.runs.latest().candidates == annotator.report.candidates


def test_every_candidate_keeps_its_fate(project):
    run = run_project(project)
    frame = project.candidates()
    assert len(frame) == run.candidates == 18
    fates = frame.set_index(["document", "start", "source"])["status"]
    assert set(frame["status"]) == {"kept", "nested", "lost", "blocked"}
    blocked = frame[frame["status"] == "blocked"]
    assert set(blocked["blocked"]) == {"min_length"}
    assert set(blocked["text"]) == {"Panza"}
    lost = frame[frame["status"] == "lost"].iloc[0]
    winner = frame[(frame["document"] == lost["document"]) & (frame["number"] == lost["winner"])].iloc[0]
    assert winner["status"] in {"kept", "nested"}
    assert winner["start"] < lost["end"]
    assert lost["start"] < winner["end"]
    assert fates.notna().all()


def test_sources_and_names_count_what_was_found(project):
    run_project(project)
    sources = project.sources().set_index("source")
    _, documents = directly()
    assert sources.loc["PER", "kept"] == sum(span.source == "PER" for document in documents for span in document.spans)
    assert sources.loc["LOC", "blocked"] == 1
    names = project.names().set_index(["source", "name"])
    assert names.loc[("PER", "Sancho Panza"), "candidates"] == 1
    assert names.loc[("LOC", "la Mancha"), "candidates"] == 4
    assert names["candidates"].sum() == sources["candidates"].sum()
    assert names["kept"].sum() == sources["kept"].sum()


def test_frames_of_an_empty_project_have_their_columns(tmp_path):
    with Project.create(tmp_path / "leer.farspan") as project:
        assert [len(frame) for frame in (project.spans(), project.candidates(), project.sources(), project.names())] == [0] * 4
        assert list(project.spans().columns[:4]) == ["document", "start", "end", "text"]


def test_pages_of_any_size_make_up_the_run(project):
    run = run_project(project)
    whole = project.runs.load(run.id)
    for limit in (1, 2, 3, 7, 200):
        starts, documents, key = [], [], None
        while True:
            page = project.runs.page(run.id, key, limit)
            assert len(page) <= limit
            for first, columns in page.columns:
                starts += columns.starts.tolist()
                documents += [int(columns.documents[0])] * len(columns)
                assert project.runs.candidates_of(run.id, int(columns.documents[0])).starts[first] == columns.starts[0]
            if page.next is None:
                break
            key = page.next
        assert starts == whole.starts.tolist()
        assert documents == np.repeat(whole.documents, np.diff(whole.offsets)).tolist()


def test_a_run_stays_readable_after_its_lists_have_moved_on(project):
    run = run_project(project)
    before = project.candidates(run.id)
    project.lists.rename("PER", "Personen")
    project.lists.reorder(["LOC", "Personen"])
    project.lists.replace_names("LOC", EntityList.from_names("LOC", ["Barcelona"]))
    project.lists.remove("Personen")
    assert project.candidates(run.id).equals(before)


def test_manual_edits_hold_through_another_run(project):
    run_project(project)
    first = project.documents.all()[0].id
    project.work.edit(
        [
            Edit(first, 35, 42, "move", "PER", new_start=31, new_end=42),
            Edit(first, 15, 24, "never_here"),
            Edit(first, 18, 24, "never_here"),
            Edit(first, 0, 5, "add", "LOC"),
        ]
    )
    for _ in range(2):
        spans = project.results().spans(first)
        assert [(span.start, span.end, span.label, span.source) for span in spans][:2] == [
            (0, 5, "LOC", "manual"),
            (31, 42, "PER", "PER"),
        ]
        project.rules.never_anywhere("PER", "Panza")
        run_project(project)
    assert "Panza" in set(project.candidates().query("blocked == 'exclude'")["text"])


def test_a_cancelled_run_leaves_nothing(project):
    class Impatient:
        def progress(self, done, total, note):
            if note == "storing the run":
                raise Cancelled

    with pytest.raises(Cancelled):
        run_project(project, Impatient())
    assert project.runs.all() == []
    assert project.check() == []
    run_project(project)


def test_texts_are_tokenised_once(project, monkeypatch):
    run_project(project)

    class Refusing:
        words_hold_points = False

        def __init__(self, vocabulary):
            self.vocabulary = vocabulary

        def __call__(self, texts):
            assert not texts
            return self.inner(texts)

    from farspan.store import running

    real = running.make_tokenizer

    def make(name, lang, vocabulary):
        tokenizer = Refusing(vocabulary)
        tokenizer.inner = real(name, lang, vocabulary)
        return tokenizer

    monkeypatch.setattr(running, "make_tokenizer", make)
    runner = ProjectRunner(project, project.rules.in_force())
    assert [len(corpus) for corpus in runner.corpora()] == [runner.report.tokens]


def test_a_project_without_texts_or_lists_says_what_to_add(tmp_path):
    with Project.create(tmp_path / "leer.farspan") as project:
        with pytest.raises(ProjectError, match="no documents yet"):
            run_project(project)
        project.add_documents(TEXTS)
        with pytest.raises(ProjectError, match="no lists yet"):
            run_project(project)
        with pytest.raises(ProjectError, match="no run yet"):
            next(labelled_documents(project))


def test_documents_keep_their_own_tokens(tmp_path):
    from farspan.model import Tokens

    tokens = Tokens(
        np.array([0, 3], np.int32), np.array([2, 9], np.int32), np.array([0], np.int32), columns={"pos": ["IN", "NP"]}
    )
    with Project.create(tmp_path / "conll.farspan") as project:
        project.add_documents([Document("uno", "En Sevilla", tokens=tokens)])
        project.add_source(EntityList.from_names("LOC", ["Sevill"]))
        run_project(project)
        (document,) = labelled_documents(project)
        assert document.tokens.columns == {"pos": ["IN", "NP"]}
        assert document.tokens.ends.tolist() == [2, 9]
        assert [(span.start, span.end) for span in document.spans] == [(3, 9)]


@pytest.mark.parametrize(
    "values", [{"join": True}, {"extend": 2}, {"join": True, "extend": 1}, {"boundary": "anywhere", "extend": 1}]
)
@pytest.mark.parametrize("nested", [False, True])
def test_spans_inside_tokens_and_grown_ones_come_back_as_they_were(tmp_path, values, nested):
    texts = [
        *TEXTS,
        Document("compuesto", "Quijotesancho, SanchoMancha Panza. Don Quijote Sancho Panza Gil ManchaMancha\n"),
        Document("otro", "Panza\n"),
    ]
    policy = ConflictPolicy(nested=nested)
    sources = [
        Source(EntityList.from_names("PER", PEOPLE, name="people"), MatchingOptions().changed(values)),
        Source(EntityList.from_names("LOC", PLACES, name="places"), MatchingOptions(join=True)),
    ]
    annotator = Annotator(sources, policy=policy, lang="es", tokenizer="unicode")
    expected = [list(document.spans) for document in annotator.annotate(texts)]
    with Project.create(tmp_path / "p.farspan") as project:
        project.add_documents(texts)
        for source in sources:
            project.add_source(source.entity_list, source.options)
        project.rules.put_in_force(Rules(project.rules.in_force().options, policy, lang="es", tokenizer="unicode"))
        run_project(project)
        assert [list(document.spans) for document in labelled_documents(project)] == expected
        frame = project.candidates()
        lost = frame[frame["status"] == "lost"]
        for _, row in lost.iterrows():
            winner = frame[(frame["document"] == row["document"]) & (frame["number"] == row["winner"])].iloc[0]
            assert winner["start"] < row["end"]
            assert row["start"] < winner["end"]
