"""Negatives: never what the knowledge base says, in any direction or of an alias; each strategy as it is described."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.model import Document, Span, Triple
from farspan.relations.kb import knowledge_base
from farspan.relations.negative_plans import STRATEGIES, NegativePlan, parse_negatives
from farspan.relations.options import RelationOptions, RelationRules
from farspan.relations.relating import Relater, RelationPlan
from farspan.relations.table import NEGATIVE

CITIES = {"Sevilla": "sevilla", "Málaga": "malaga", "Toronto": "toronto"}
PEOPLE = {"Ana Ruiz": "ruiz", "Ana Ruano": "ruano", "Luis Paz": "paz"}


def text_of(*sentences, name="d"):
    """A document of sentences with people (PER) and cities (LOC) linked, tokens given by white space and stops."""
    text = " ".join(sentences)
    spans = []
    for label, names in (("LOC", CITIES), ("PER", PEOPLE)):
        for surface, key in names.items():
            at = text.find(surface)
            while at >= 0:
                spans.append(Span(at, at + len(surface), label, ids=(key,)))
                at = text.find(surface, at + 1)
    return Document(name, text, spans=sorted(spans, key=lambda span: span.start))


def related(documents, triples, *plans, seed=0, aliases=(), **options):
    rules = RelationRules({"": RelationOptions().changed(options)})
    plan = RelationPlan(rules, tuple(map(parse_negatives, plans)), aliases=aliases, seed=seed, lang="es")
    relater = Relater(knowledge_base(triples), plan)
    [found] = relater.relate(documents)
    return found


def negatives(*arguments, **options):
    found = related(*arguments, **options)
    return [
        (found.mentions.entities[found.table.subject_ids[row]], found.mentions.entities[found.table.object_ids[row]])
        for row in found.table.kept.tolist()
        if found.table.names[found.table.relations[row]] == NEGATIVE
    ]


BORN = [Triple("ruiz", "born_in", "sevilla")]
TEXT = text_of("Ana Ruiz nació en Sevilla.", "Ana Ruano y Luis Paz viven en Sevilla, no en Málaga ni en Toronto.")


def test_negatives_are_pairs_of_one_sentence_without_a_triple():
    found = negatives([TEXT], BORN, "random:100")
    assert len(found) == 10  # all pairs of the five mentions of the second sentence
    assert ("ruiz", "sevilla") not in found
    assert ("sevilla", "ruiz") not in found


def test_the_same_types_as_positives_have():
    found = negatives([TEXT], BORN, "same_types:100")
    assert sorted(set(found)) == [
        ("paz", "malaga"), ("paz", "sevilla"), ("paz", "toronto"), ("ruano", "malaga"), ("ruano", "sevilla"), ("ruano", "toronto"),
    ]  # fmt: skip


def test_a_corrupted_subject_keeps_the_object_of_a_positive():
    assert sorted(negatives([TEXT], BORN, "corrupt_subject:100")) == [("paz", "sevilla"), ("ruano", "sevilla")]


def test_a_corrupted_object_keeps_the_subject_of_a_positive():
    text = text_of("Ana Ruiz nació en Sevilla.", "Ana Ruiz y Luis Paz viajan a Málaga.")
    assert negatives([text], BORN, "corrupt_object:100") == [("ruiz", "malaga")]


def test_a_sibling_has_a_parent_in_common_with_the_positive():
    kinds = [
        Triple("sevilla", "kind_of", "andalusian"),
        Triple("malaga", "kind_of", "andalusian"),
        Triple("toronto", "kind_of", "x"),
    ]
    text = text_of("Ana Ruiz nació en Sevilla.", "Ana Ruiz vio Málaga y Toronto.")
    rules = {"hierarchy": "kind_of"}
    assert negatives([text], [*BORN, *kinds], "sibling:100", **rules) == [("ruiz", "malaga")]
    with pytest.raises(OptionError, match="siblings need a hierarchy"):
        negatives([text], BORN, "sibling")


def test_a_near_name_begins_as_that_of_the_positive():
    names = text_of("Luis Paz nació en Sevilla.", "Luis Paz no conoce Sevillana ni Toronto.")
    near = Document(
        "d", names.text, spans=[*names.spans, Span(names.text.find("Sevillana"), names.text.find("Sevillana") + 9, "LOC")]
    )
    spans = [span for span in near.spans if near.text[span.start : span.start + 9] != "Sevillana" or span.end - span.start == 9]
    spans.sort(key=lambda span: span.start)
    found = negatives([Document("d", near.text, spans=spans)], [Triple("paz", "born_in", "sevilla")], "near:100")
    assert found == [("paz", "Sevillana")]


def test_neither_the_inverse_nor_an_alias_of_a_positive_is_drawn():
    turned = [Triple("ruiz", "born_in", "sevilla"), Triple("malaga", "mayor", "ruano")]
    found = negatives([TEXT], turned, "same_types:100")
    assert not {("ruano", "malaga"), ("malaga", "ruano")} & set(found)
    assert {("paz", "toronto"), ("toronto", "paz")} & set(found)
    same = negatives([TEXT], [*BORN, Triple("LP", "born_in", "toronto")], "same_types:100", aliases=(("LP", "paz"),))
    assert ("paz", "toronto") not in same


def test_ids_that_share_a_name_are_taken_for_aliases():
    text = "Ana Ruiz nació en Sevilla. Luis Paz vive en Toronto."
    spans = [Span(0, 8, "PER", ids=("ruiz",)), Span(18, 25, "LOC", ids=("sevilla",)), Span(27, 35, "PER", ids=("paz",)),
             Span(44, 51, "LOC", ids=("toronto-ohio",))]  # fmt: skip
    triples = [*BORN, Triple("paz", "lives_in", "toronto")]
    elsewhere = Document("e", "Toronto.", spans=[Span(0, 7, "LOC", ids=("toronto",))])
    assert negatives([Document("d", text, spans=spans)], triples, "same_types:9") == [("paz", "toronto-ohio")]
    assert negatives([Document("d", text, spans=spans), elsewhere], triples, "same_types:9") == []


def test_the_ratio_and_the_seed_decide_and_nothing_is_drawn_twice():
    many = [text_of("Ana Ruiz nació en Sevilla.", "Luis Paz vio Málaga, Toronto y Sevilla.", name=str(i)) for i in range(30)]
    one = negatives(many, BORN, "random:2", seed=1)
    assert len(one) == 60
    assert one == negatives(many, BORN, "random:2", seed=1)
    assert one != negatives(many, BORN, "random:2", seed=2)
    both = related(many, BORN, "random:2", "same_types:9", seed=1)
    pairs = [(min(a, b), max(a, b)) for a, b in zip(both.table.subjects.tolist(), both.table.objects.tolist(), strict=True)]
    assert len(set(pairs)) == len(pairs)


def test_at_document_level_a_negative_pair_of_entities_counts_once():
    plan = RelationPlan(RelationRules(level="document"), (NegativePlan("same_types", 99),), lang="es")
    [found] = Relater(knowledge_base(BORN), plan).relate([TEXT])
    rows = [
        (int(s), int(o))
        for s, o, name in zip(found.table.subject_ids, found.table.object_ids, found.table.relations, strict=True)
    ]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("text", ["rnd", "random:0", "random:-1", "random:x", "random:inf", ""])
def test_a_plan_that_is_none(text):
    with pytest.raises(OptionError):
        parse_negatives(text)


names = st.sampled_from(sorted(PEOPLE) + sorted(CITIES))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(names, min_size=1, max_size=5), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(["ruiz", "paz"]), st.sampled_from(["sevilla", "malaga"])), min_size=1, max_size=3),
    st.sampled_from([name for name in STRATEGIES if name != "sibling"]),
    st.integers(0, 5),
)
def test_a_negative_is_never_a_known_pair_whatever_the_strategy(sentences, pairs, strategy, seed):
    text = text_of(*(" y ".join(words) + " ." for words in sentences))
    triples = [Triple(*(pair[0], "r", pair[1])) for pair in pairs]
    found = related([text], triples, f"{strategy}:5", seed=seed)
    is_negative = np.array(found.table.names)[found.table.relations] == NEGATIVE
    known = {frozenset(pair) for pair in pairs}
    entities = found.mentions.entities
    for row in np.flatnonzero(is_negative).tolist():
        pair = frozenset((entities[found.table.subject_ids[row]], entities[found.table.object_ids[row]]))
        assert pair not in known
        assert len(pair) == 2
    assert is_negative.sum() <= 5 * (~is_negative).sum()
