"""The story of a word out of a stored run: the same as that of a fresh one, with what people did since."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, ProjectError
from farspan.explain import explain
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan.store.running import run_project
from farspan.store.work import Edit, GoldSpan, Judgement
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

TEXTS = [
    Document("quijote", "En un lugar de la Mancha vivía don Quijote. Sancho Panza vivía también en la Mancha.\n"),
    Document("vacío", "Nada de nada.\n"),
    Document("novia", "Ayer Sancho Panza Gil y quijote, SanchoMancha.\n"),
]
PEOPLE = EntityList.from_names("PER", [{"name": "Quijote", "id": "Q204784"}, "Sancho", "Sancho Panza", "Panza"], name="people")
PLACES = EntityList.from_names("LOC", ["la Mancha", "Mancha", "Panza vivía"], name="places")


def filled(path, policy, people, places, texts=TEXTS):
    project = Project.create(path)
    project.add_documents(texts)
    project.add_source(PEOPLE, people)
    project.add_source(PLACES, places)
    project.rules.put_in_force(Rules(project.rules.in_force().options, policy, lang="es", tokenizer="unicode"))
    return project


@pytest.fixture
def project(tmp_path):
    with filled(tmp_path / "q.farspan", ConflictPolicy(), MatchingOptions(), MatchingOptions(min_length=7)) as made:
        run_project(made)
        yield made


def fresh(policy, sources, document, character):
    tokenizer = make_tokenizer("unicode", "es", Vocabulary())
    session = Session(build_corpus(TEXTS, tokenizer, "es"), Lexicon(tokenizer, "es"))
    return explain(session.run(sources, policy), session, sources, document, character)


OPTIONS = st.sampled_from(
    [{}, {"join": True}, {"extend": 1}, {"join": True, "extend": 2}, {"boundary": "anywhere"}, {"case": "ignore"}, {"active": False}]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=OPTIONS, places=OPTIONS, nested=st.booleans(), scope=st.sampled_from(["greedy", "optimal", "cluster"]), data=st.data()
)
def test_a_stored_story_is_that_of_a_fresh_run(tmp_path_factory, people, places, nested, scope, data):
    policy = ConflictPolicy(scope=scope, nested=nested)
    options = MatchingOptions().changed(people), MatchingOptions(min_length=7).changed(places)
    number = data.draw(st.integers(0, len(TEXTS) - 1))
    character = data.draw(st.integers(0, len(TEXTS[number].text) - 2))
    with filled(tmp_path_factory.mktemp("p") / "q.farspan", policy, *options) as project:
        if not any(one.active for one in options):
            return
        run_project(project)
        stored = project.explain(TEXTS[number].id, character)
    found = fresh(policy, [Source(PEOPLE, options[0]), Source(PLACES, options[1])], number, character)
    assert (stored.start, stored.end, stored.text, stored.outcome) == (found.start, found.end, found.text, found.outcome)
    assert sorted(map(str, stored.stories)) == sorted(map(str, found.stories))
    assert stored.flips == found.flips
    assert (stored.by_rules, stored.remarks) == (stored.outcome, [])


def test_several_words_are_told_together(project):
    found = project.explain("quijote", 15, 42)
    assert (found.text, found.outcome) == ("la Mancha vivía don Quijote", "LOC 'la Mancha', PER 'Quijote'")
    assert [story.reason for story in found.stories] == ["kept", "blocked by min_length", "kept"]


def test_the_only_document_needs_no_name(tmp_path):
    with filled(tmp_path / "q.farspan", ConflictPolicy(), MatchingOptions(), MatchingOptions(), TEXTS[:1]) as project:
        run_project(project)
        assert project.explain("", 35).outcome == "PER 'Quijote'"


def test_what_a_person_did_is_told_and_the_rules_are_told_apart(project):
    first, third = (project.documents.all()[number].id for number in (0, 2))
    project.work.judge([Judgement(first, 15, 24, "wrong", "LOC", right_label="REGION", judge="Ana", note="a region")])
    project.work.edit([Edit(first, 35, 42, "never_here"), Edit(first, 0, 2, "add", "LOC")])
    project.work.edit([Edit(third, 5, 17, "move", "PER", new_start=5, new_end=21)])
    project.work.add_gold([GoldSpan(first, 44, 50, "PER")])
    judged = project.explain("quijote", 15)
    assert [one.text for one in judged.remarks] == ["LOC 'la Mancha' judged wrong by Ana; rightly REGION (a region)"]
    assert judged.remarks[0].made_at.startswith("20")
    never = project.explain("quijote", 35)
    assert (never.outcome, never.by_rules) == ("no label", "PER 'Quijote'")
    assert [one.text for one in never.remarks] == ["never here: no list labels 'Quijote' at this place"]
    assert [story.reason for story in never.stories] == ["kept"]
    assert project.explain("quijote", 0).outcome == "LOC 'En'"
    assert [one.text for one in project.explain("quijote", 44).remarks] == ["gold: PER 'Sancho' (a person labelled it)"]
    moved = project.explain("novia", 18)
    assert (moved.text, moved.outcome, moved.by_rules) == ("Gil", "PER 'Sancho Panza Gil'", "no label")
    assert [one.text for one in moved.remarks] == ["PER 'Sancho Panza' moved by hand to 'Sancho Panza Gil'"]


def test_an_old_run_is_told_by_the_rules_and_names_it_had(project):
    before = project.explain("quijote", 44)
    project.lists.replace_names("people", EntityList.from_names("PER", ["Gil"]))
    project.lists.rename("places", "orte")
    project.rules.never_anywhere("orte", "la Mancha")
    run_project(project)
    assert project.explain("quijote", 44, run=1) == before
    assert project.explain("quijote", 44).outcome == "no label"
    assert [story.reason for story in project.explain("quijote", 15).stories] == ["blocked by exclude"]


def test_a_list_that_came_later_is_offered_to_be_switched_on(project):
    project.add_source(EntityList.from_names("MISC", ["lugar"], name="words"))
    assert [str(flip) for flip in project.explain("quijote", 6).flips] == ["MISC 'lugar' if words.active = yes"]


def test_a_name_that_the_run_found_too_risky_stays_so(tmp_path):
    with filled(tmp_path / "q.farspan", ConflictPolicy(), MatchingOptions(max_risk=0.4), MatchingOptions()) as project:
        run_project(project)
        blocked = project.candidates().query("blocked == 'max_risk'")
        assert len(blocked)
        row = blocked.iloc[0]
        found = project.explain(row["document"], int(row["start"]))
        assert "blocked by max_risk" in [story.reason for story in found.stories]
        assert any(flip.option == "max_risk" and flip.value == 1.0 for flip in found.flips)


def test_texts_that_the_run_has_not_seen_are_refused(project):
    changed = Document("vacío", "Nada de Quijote.\n")
    project.add_documents([changed, Document("nuevo", "Sancho.\n")])
    for name in ("vacío", "nuevo"):
        with pytest.raises(ProjectError, match="added or changed since run 1"):
            project.explain(name, 0)
    assert project.explain("quijote", 35).outcome == "PER 'Quijote'"
    project.undo()
    assert project.explain("vacío", 0).outcome == "no label"
    project.redo()
    with pytest.raises(ProjectError, match="added or changed since run 1"):
        project.explain("vacío", 0)
    run_project(project)
    assert project.explain("vacío", 8).outcome == "PER 'Quijote'"


def test_what_is_not_there_is_said(project, tmp_path):
    with pytest.raises(InputError, match="there are: quijote, vacío, novia"):
        project.explain("", 0)
    with pytest.raises(InputError, match="has no word at character 90"):
        project.explain("quijote", 90)
    with pytest.raises(ProjectError, match="no run has the number 9"):
        project.explain("quijote", 0, run=9)
    with (
        filled(tmp_path / "neu.farspan", ConflictPolicy(), MatchingOptions(), MatchingOptions()) as new,
        pytest.raises(ProjectError, match="no run yet"),
    ):
        new.explain("quijote", 0)


def test_a_story_is_told_though_a_file_of_the_rules_is_gone(tmp_path):
    lemmas = tmp_path / "lemmas.tsv"
    lemmas.write_text("Sanchos\tSancho\n", encoding="utf-8")
    rules = MatchingOptions(lemma=str(lemmas))
    with filled(tmp_path / "q.farspan", ConflictPolicy(), rules, MatchingOptions()) as project:
        run_project(project)
        before = project.explain("quijote", 35)
        lemmas.unlink()
        after = project.explain("quijote", 35)
    assert before.flips
    assert (after.flips, after.stories, after.outcome) == ([], before.stories, before.outcome)
    assert "lemmas.tsv" in after.untried
