"""Relations in a project: stored, paged through, judged, estimated, undone, replayed, exported."""

import json

import numpy as np
import pytest

from farspan.errors import ProjectError
from farspan.model import Document, Triple
from farspan.noise.intervals import proportion
from farspan.relations.browsing import ProjectRelations
from farspan.relations.kb import knowledge_base
from farspan.relations.negative_plans import parse_negatives
from farspan.relations.options import RelationOptions, RelationRules
from farspan.relations.project import plan_as_dict, plan_from_dict, project_story, put_plan, relate_project
from farspan.relations.relating import RelationPlan
from farspan.relations.stories import lines
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.replay import replay
from farspan.store.rules import Rules
from farspan.store.running import labelled_documents, run_project

FILMS = {"Forrest Gump": "gump", "Toy Story": "toy"}
PEOPLE = {"Tom Hanks": "hanks", "Robin Wright": "wright", "John Lasseter": "lasseter"}
TEXTS = (
    Document("a", "Tom Hanks protagonizó Forrest Gump con Robin Wright.\nTom Hanks saludó. Toy Story no es de Robin Wright."),
    Document("b", "En Forrest Gump, Tom Hanks corre. A Tom Hanks le gusta Forrest Gump."),
)
KB = (Triple("gump", "cast", "hanks", "film", "actor"), Triple("gump", "cast", "wright"), Triple("toy", "director", "lasseter"))
PLAN = RelationPlan(RelationRules({"cast": RelationOptions(max_distance=4)}), (parse_negatives("same_types:2"),), seed=5)


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "films.farspan") as made:
        made.add_documents(TEXTS)
        made.add_source(EntityList.from_names("MOVIE", FILMS))
        made.add_source(EntityList.from_names("PER", PEOPLE))
        made.rules.put_in_force(Rules(lang="es"))
        run_project(made)
        yield made


@pytest.fixture
def related(project):
    put_plan(project, PLAN, knowledge_base(KB, "films.tsv"))
    relate_project(project)
    return project


def words(found, row):
    shown = found.shown(row)
    return shown.text[slice(*shown.subject)], shown.relation, shown.text[slice(*shown.object)]


HANKS, WRIGHT = ("Forrest Gump", "cast", "Tom Hanks"), ("Forrest Gump", "cast", "Robin Wright")


def test_pairs_are_stored_and_shown_with_their_sentences(related):
    found = ProjectRelations(related)
    kept = found.rows(relation="cast").tolist()
    assert [words(found, row) for row in kept] == [HANKS, WRIGHT, HANKS, HANKS]
    first = found.shown(kept[0])
    assert (first.text, first.start, first.name) == ("Tom Hanks protagonizó Forrest Gump con Robin Wright.", 0, "a")
    assert (first.distance, first.source, first.way, first.verdict) == (1, "kb", "triple", "")
    assert found.triple(kept[0]) == KB[0]
    assert found.shown(kept[3]).text == "A Tom Hanks le gusta Forrest Gump."
    assert found.run.report["by_relation"]["cast"]["relations"] == 4


def test_bags_gather_the_sentences_of_a_pair(related):
    found = ProjectRelations(related)
    cast = [bag for bag in range(len(found.bags)) if found.run.names[found.bags.relations[bag]] == "cast"]
    assert [found.bags.sizes[bag] for bag in cast] == [3, 1]
    assert {words(found, row) for row in found.bags.members(cast[0]).tolist()} == {HANKS}


def test_negatives_stand_beside_positives_and_say_nothing_known(related):
    found = ProjectRelations(related)
    pairs = {tuple(sorted(words(found, row)[::2])) for row in found.rows(relation="NA").tolist()}
    assert pairs == {("Robin Wright", "Toy Story")}


def test_facets_count_relations_types_and_reasons(related):
    put_plan(related, RelationPlan(RelationRules({"cast": RelationOptions(max_distance=1)})), 1)
    relate_project(related)
    facets = ProjectRelations(related).facets()
    assert facets["relation"] == {"cast": 3}
    assert facets["types"] == {"MOVIE - PER": 3}
    assert facets["reason"] == {"": 3, "max_distance": 1}
    assert facets["status"] == {"": 3}


def test_a_verdict_is_kept_undone_and_carried_over_to_the_next_run(related):
    found = ProjectRelations(related)
    row = found.rows(relation="cast").tolist()[2]
    found.judge(row, "right", judge="Ana")
    assert found.judged(row).judge == "Ana"
    assert found.rows(status="right").tolist() == [row]
    relate_project(related)
    again = ProjectRelations(related)
    assert [words(again, each) for each in again.rows(status="right").tolist()] == [HANKS]
    related.undo()
    again.refresh()
    assert not again.status.any()
    related.redo()
    again.refresh()
    assert again.status.sum() == 1


def test_a_verdict_replaces_the_one_before(related):
    found = ProjectRelations(related)
    found.judge(0, "right")
    found.judge(0, "wrong", right_relation="director")
    assert len(related.relations.judgements()) == 1
    assert found.judged(0).right_relation == "director"


def test_only_verdicts_of_a_queue_count_for_an_estimate(related):
    found = ProjectRelations(related)
    found.judge(found.rows(relation="cast").tolist()[0], "wrong")
    assert found.estimates().sentences == {}
    verdicts = []
    while (row := found.next("sentence")) is not None:
        verdicts.append(words(found, row) == HANKS)
        found.judge(row, "right" if verdicts[-1] else "wrong", purpose="sentence")
    assert len(verdicts) == 4
    assert found.estimates().sentences == {"": proportion(3, 4), "cast": proportion(3, 4)}


def test_a_bag_is_judged_until_one_sentence_supports_it(related):
    found = ProjectRelations(related)
    asked = []
    while (row := found.next("bag")) is not None:
        asked.append(words(found, row))
        is_last = asked.count(HANKS) == 2
        found.judge(row, "right" if asked[-1] == HANKS and is_last else "wrong", purpose="bag")
    assert sorted(asked) == sorted([HANKS, HANKS, WRIGHT])
    assert found.estimates().bags[""] == proportion(1, 2)
    assert found.estimates().sentences == {}


def test_the_share_of_false_negatives_is_measured(related):
    found = ProjectRelations(related)
    assert found.estimates().false_negatives.value is None
    row = found.next("negative")
    found.judge(row, "wrong", right_relation="cast", purpose="negative")
    assert found.estimates().false_negatives.value == 1
    assert found.next("negative") is None


def test_the_order_of_a_queue_is_drawn_by_its_seed(related):
    orders = {tuple(ProjectRelations(related, seed=seed).queue("sentence").tolist()) for seed in range(12)}
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(orders.pop()))}
    one, two = (ProjectRelations(related, seed=3).queue("bag") for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_export_leaves_out_what_was_judged_wrong(related):
    found = ProjectRelations(related)
    first, second, *_ = found.rows(relation="cast").tolist()
    found.judge(first, "wrong")
    found.judge(second, "wrong", right_relation="co-star")
    one, _ = labelled_documents(related)
    spans = one.spans
    said = [
        (
            one.text[spans[r.subject].start : spans[r.subject].end],
            r.relation,
            one.text[spans[r.object].start : spans[r.object].end],
        )
        for r in one.relations
    ]
    assert ("Forrest Gump", "co-star", "Robin Wright") in said
    assert HANKS not in said


def test_equal_knowledge_bases_are_kept_once_and_plans_never_change(related):
    put_plan(related, PLAN, knowledge_base(KB, "films.tsv"))
    assert [one.triples for one in related.relations.triple_lists()] == [3]
    assert related.relations.in_force().id == 1
    assert list(related.relations.triples(1)) == list(KB)
    assert related.check() == []


def test_a_plan_comes_back_as_it_was(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("@transitive NEAR\nNEAR\tcerca de\tbetween\tfirst\n", "utf-8")
    from farspan.relations.cues import load_cues

    plan = RelationPlan(PLAN.rules, PLAN.negatives, (load_cues("es"), load_cues(str(own))), (("a", "b"),), 9)
    said = plan_as_dict(plan)
    assert plan_as_dict(plan_from_dict(json.loads(json.dumps(said)))) == said
    assert plan_from_dict(said).cues == plan.cues


def test_a_plan_can_be_undone_and_everything_replays(related, tmp_path):
    found = ProjectRelations(related)
    found.judge(0, "right", purpose="sentence")
    put_plan(related, RelationPlan(RelationRules(level="document")), 1)
    related.undo()
    assert related.relations.in_force().plan == plan_as_dict(PLAN)
    related.close()
    done = replay(related.path, tmp_path / "again.farspan")
    assert done.differing == ()
    with Project.open(tmp_path / "again.farspan") as again:
        copied = ProjectRelations(again)
        assert len(copied) == len(found)
        assert copied.judged(0).verdict == "right"


def test_a_changed_text_takes_its_judgements_along(related):
    found = ProjectRelations(related)
    row = found.rows(relation="cast").tolist()[3]
    found.judge(row, "right")
    longer = Document("b", "Estreno. " + TEXTS[1].text)
    related.add_documents([longer])
    run_project(related)
    relate_project(related)
    again = ProjectRelations(related)
    assert [again.shown(each).start for each in again.rows(status="right").tolist()] == [43]


def test_the_story_of_a_pair(related):
    story = project_story(related, 1, TEXTS[0].text.index("Tom"), TEXTS[0].text.index("Forrest"))
    assert [(one.relation, one.subject, one.reason) for one in story.relations] == [("cast", 1, "kept")]
    assert lines(story)[-1].endswith("kept; triple gump cast hanks")
    none = project_story(related, 1, TEXTS[0].text.index("Toy"), TEXTS[0].text.rindex("Robin"))
    assert none.why_none == "no triple joins the two"
    put_plan(related, RelationPlan(RelationRules({"cast": RelationOptions(subject_types=("PER",))})), 1)
    wrong = project_story(related, 1, TEXTS[0].text.index("Tom"), TEXTS[0].text.index("Forrest"))
    assert [(one.option, one.value) for one in wrong.relations] == [("subject_types", "PER")]


def test_without_a_plan_or_a_relation_run_it_says_what_to_do(project):
    with pytest.raises(ProjectError, match="farspan relate --project"):
        relate_project(project)
    with pytest.raises(ProjectError, match="no relations yet"):
        ProjectRelations(project)


def test_mentions_that_came_with_the_texts_do_without_a_run(tmp_path):
    from farspan.model import Span

    spans = [Span(0, 9, "PER", ids=("hanks",)), Span(22, 34, "MOVIE", ids=("gump",))]
    with Project.create(tmp_path / "linked.farspan") as made:
        made.add_documents([Document("a", TEXTS[0].text, spans=spans)])
        put_plan(made, RelationPlan(), knowledge_base(KB))
        relate_project(made)
        assert [words(ProjectRelations(made), 0)] == [HANKS]
