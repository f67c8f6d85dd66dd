"""Splits keep what must not be on two sides apart, and the leakage report finds every leak that is planted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.model import Document, Relation, Span, Triple
from farspan.relations.alike import near_groups, near_pairs
from farspan.relations.bags import bags_of
from farspan.relations.candidates import find
from farspan.relations.kb import knowledge_base
from farspan.relations.leakage import find_leaks, read_sides
from farspan.relations.options import RelationRules
from farspan.relations.splits import LEFT_OUT, SplitPlan, sentence_wordings, split_relations


def corpus_of(pairs, per_document=2):
    """Documents with a sentence for each pair of names, and the triples that join them."""
    documents = []
    for start in range(0, len(pairs), per_document):
        text, spans = "", []
        for number, (one, other) in enumerate(pairs[start : start + per_document]):
            begin = len(text)
            text += f"{one} met {other} on day {start + number} at {one}x {start * 7 + number}y {other}z {start}w{number} . "
            spans += [Span(begin, begin + len(one), "PER"), Span(begin + len(one) + 5, begin + len(one) + 5 + len(other), "PER")]
        documents.append(Document(f"d{start}", text, spans=spans))
    return documents, knowledge_base([Triple(one, "met", other) for one, other in dict.fromkeys(pairs)])


def split_of(pairs, by, seed=0, shares=(0.6, 0.2, 0.2)):
    documents, kb = corpus_of(pairs)
    mentions, table = find(documents, kb, RelationRules(), tokenizer="whitespace", lang="en")
    table = table.take(table.kept)
    groups = np.arange(len(kb.entities), dtype=np.int32)
    return mentions, table, split_relations(table, mentions, SplitPlan(by, shares), seed, groups)


PAIRS = [(f"P{i % 20}", f"Q{i % 17}") for i in range(120)]


@pytest.mark.parametrize("by", ["pair", "document"])
def test_a_split_comes_near_the_shares_and_is_the_same_for_a_seed(by):
    _, table, split = split_of(PAIRS, by)
    counts = split.counts()
    assert sum(counts.values()) + split.left_out == len(table) == 120
    assert abs(counts["train"] - 72) <= 12
    assert min(counts["dev"], counts["test"]) >= 12
    assert split_of(PAIRS, by)[2].rows.tolist() == split.rows.tolist()
    assert split_of(PAIRS, by, seed=1)[2].rows.tolist() != split.rows.tolist()


drawn_pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(9, 16)), min_size=1, max_size=40).map(
    lambda pairs: [(f"P{one}", f"Q{other}") for one, other in pairs]
)


@settings(max_examples=60, deadline=None)
@given(drawn_pairs, st.sampled_from(["pair", "entity", "document"]), st.integers(0, 9))
def test_no_unit_is_on_two_sides(pairs, by, seed):
    mentions, table, split = split_of(pairs, by, seed)
    sides = {}
    wordings = sentence_wordings(mentions)
    for row, part in enumerate(split.rows.tolist()):
        if part == LEFT_OUT:
            continue
        s, o = int(table.subject_ids[row]), int(table.object_ids[row])
        units = {
            "pair": [(s, o)],
            "entity": [s, o],
            "document": [int(mentions.documents[table.subjects[row]])],
        }[by]
        if by != "document":
            units += [f"sentence {wordings[mentions.sentences[table.subjects[row]]]}"]
        for unit in units:
            assert sides.setdefault(unit, part) == part
    if by == "document":
        assert split.left_out == 0


def test_chains_of_entities_stay_together_where_they_are_short():
    pairs = [(f"P{i}", f"Q{i}") for i in range(60)]
    _, _, split = split_of(pairs, "entity")
    assert split.left_out == 0
    assert min(split.counts().values()) >= 10


def test_one_long_chain_is_cut_and_what_crosses_is_left_out():
    pairs = [(f"E{i}", f"E{i + 1}") for i in range(200)]
    _, _, split = split_of(pairs, "entity")
    assert split.left_out > 0
    assert min(split.counts().values()) > 0


def test_shares_that_do_not_add_up():
    with pytest.raises(OptionError, match="add up to 1"):
        SplitPlan("pair", (0.8, 0.1, 0.2))
    with pytest.raises(OptionError, match="choose one of: pair, entity, document"):
        SplitPlan("sentence")


def test_bags_hold_all_rows_of_a_pair_in_the_order_of_the_text():
    documents, kb = corpus_of([("A", "B"), ("C", "D"), ("A", "B"), ("A", "B")])
    _, table = find(documents, kb, RelationRules(), tokenizer="whitespace")
    bags = bags_of(table)
    assert bags.sizes.tolist() == [3, 1]
    assert [bags.members(number).tolist() for number in range(2)] == [[0, 2, 3], [1]]
    assert bags.bag_of_rows(len(table)).tolist() == [0, 1, 0, 0]


# Leakage

TRAIN = "Rutger Hauer trabajó con Ridley Scott en aquella película de 1982 que nadie olvidará."


def one(text, subject, object_, relation="worked_with", ids=(None, None), name="d"):
    spans = [Span(text.index(words), text.index(words) + len(words), "PER") for words in (subject, object_)]
    return Document(name, text, spans=spans, relations=[Relation(relation, 0, 1, *ids)])


def leaks_between(train, test, **options):
    sides = read_sides({"train": [train], "test": [test]}, lang="es", **options)
    return {leak.kind: leak.keys for leak in find_leaks(sides)}


TRAINED = one(TRAIN, "Rutger Hauer", "Ridley Scott", ids=("Q213574", "Q56005"))
NOTHING = {"pair": 0, "unordered_pair": 0, "triple": 0, "entity": 0, "sentence": 0, "near_sentence": 0}


def test_two_sides_with_nothing_in_common_have_no_leak():
    other = one("Tom Hanks vive en Málaga desde hace años.", "Tom Hanks", "Málaga", ids=("Q2263", "Q8851"))
    assert leaks_between(TRAINED, other) == NOTHING


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        (one("Scott (Ridley Scott) y Rutger Hauer se vieron.", "Rutger Hauer", "Ridley Scott", "met", ("Q213574", "Q56005")),
         {"pair": 1, "unordered_pair": 1, "entity": 2}),
        (one("Ridley Scott llamó a Rutger Hauer ayer.", "Ridley Scott", "Rutger Hauer", "called", ("Q56005", "Q213574")),
         {"unordered_pair": 1, "entity": 2}),
        (one("Otra vez Rutger Hauer, y Ridley Scott detrás.", "Rutger Hauer", "Ridley Scott", ids=("Q213574", "Q56005")),
         {"pair": 1, "unordered_pair": 1, "triple": 1, "entity": 2}),
        (one("El actor Hauer nació en Breukelen.", "Hauer", "Breukelen", "born_in", ("Q213574", "Q9999")), {"entity": 1}),
        (one(TRAIN, "Rutger", "1982", "when", ("R", "Y")), {"sentence": 1}),
        (one("RUTGER HAUER trabajó  con Ridley Scott en aquella película de 1982 que nadie olvidará.", "RUTGER", "1982", "when",
             ("R", "Y")), {"sentence": 1}),
        (one(TRAIN.replace("nadie", "siempre"), "Rutger", "1982", "when", ("R", "Y")), {"near_sentence": 1}),
        (one(TRAIN.replace(" con ", ", con ").replace(".", "!"), "Rutger", "1982", "when", ("R", "Y")), {"near_sentence": 1}),
    ],
)  # fmt: skip
def test_a_planted_leak_of_each_kind_is_found(planted, expected):
    assert leaks_between(TRAINED, planted) == NOTHING | expected


def test_aliases_are_merged():
    other = one("El holandés Rutger Hauer y Sir Ridley.", "Rutger Hauer", "Sir Ridley", "met", ("wd:213574", "wd:56005"))
    assert leaks_between(TRAINED, other) == NOTHING
    known = [("Q213574", "wd:213574"), ("Q56005", "wd:56005")]
    assert leaks_between(TRAINED, other, aliases=known) == NOTHING | {"pair": 1, "unordered_pair": 1, "entity": 2}


def test_a_name_without_an_id_is_the_entity_that_bears_it():
    other = one("Luego vino Ridley Scott con Tom.", "Ridley Scott", "Tom", "met")
    assert leaks_between(TRAINED, other) == NOTHING | {"entity": 1}


def test_pairs_without_a_relation_leak_as_pairs_and_not_as_triples():
    train = one(TRAIN, "Rutger Hauer", "Ridley Scott", "NA")
    test = one("Rutger Hauer y luego Ridley Scott.", "Rutger Hauer", "Ridley Scott", "NA")
    assert leaks_between(train, test) == NOTHING | {"pair": 1, "unordered_pair": 1, "entity": 2}


words = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=8).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(st.lists(words, max_size=6), st.lists(words, max_size=6), st.sampled_from([0.5, 0.8, 1.0]))
def test_alike_sentences_equal_the_slow_twin(theirs, mine, near):
    def bag(text):
        return {(word, text.split()[:at].count(word)) for at, word in enumerate(text.split())}

    def alike(one, other):
        both = bag(one) | bag(other)
        return one != other and bool(both) and len(bag(one) & bag(other)) / len(both) >= near

    expected = {text for text in mine if any(alike(text, other) for other in theirs)}
    found = near_pairs(list(dict.fromkeys(theirs)), list(dict.fromkeys(mine)), near)
    assert {text for _, text in found} == expected
    assert all(alike(one, other) for one, other in found)
    every = list(dict.fromkeys([*theirs, *mine]))
    groups = near_groups(every, near)
    chains = {text: {text} for text in every}
    for one in every:
        for other in every:
            if alike(one, other) and chains[one] is not chains[other]:
                chains[one] |= chains[other]
                for text in chains[one]:
                    chains[text] = chains[one]
    for i, one in enumerate(every):
        for j, other in enumerate(every):
            assert (groups[i] == groups[j]) == (other in chains[one])
