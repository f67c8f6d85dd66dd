"""Pairs of mentions whose entities stand in a triple: the join, its options one by one, and a slow twin that must agree."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.model import Document, Span, Tokens, Triple
from farspan.relations.candidates import find, pairs_looked_at
from farspan.relations.facts import WAYS, facts_of
from farspan.relations.kb import knowledge_base
from farspan.relations.options import RelationOptions, RelationRules, parse_level, rules_from
from farspan.relations.table import REASONS

# Spanish film news (20minutos.es, 2019, CC BY-SA 3.0) and sentences in its manner.
TEXT = (
    "Tom Hanks protagonizó Forrest Gump en 1994. Robin Wright también trabajó en Forrest Gump. "
    "El director de Toy Story es John Lasseter. Tom Hanks no dirigió Toy Story."
)
NAMES = {
    "Tom Hanks": ("PER", ("hanks",)),
    "Forrest Gump": ("MOVIE", ("gump",)),
    "Robin Wright": ("PER", ("wright",)),
    "Toy Story": ("MOVIE", ("toy",)),
    "John Lasseter": ("PER", ("lasseter",)),
}
KB = (
    Triple("gump", "cast", "hanks", "film", "actor", "d"),
    Triple("gump", "cast", "wright", "film", "actor", "other"),
    Triple("toy", "cast", "hanks", "film", "actor", "d"),
    Triple("toy", "cast", "hanks", "film", "actor", "other"),
    Triple("toy", "director", "lasseter", "film", "director"),
)


def linked(text=TEXT, names=NAMES, name="d"):
    spans = [
        Span(found.start(), found.end(), label, "list", surface, ids)
        for surface, (label, ids) in names.items()
        for found in re.finditer(re.escape(surface), text)
    ]
    return Document(name, text, spans=sorted(spans, key=lambda span: span.start))


def related(rules=None, *, triples=KB, documents=None, why=False, **options):
    """(subject words, relation, object words[, reason]) of what is kept, or of all that stands in a triple."""
    rules = rules or RelationRules({"": RelationOptions().changed(options)})
    mentions, table = find(documents or [linked()], knowledge_base(triples), rules, lang="es")
    rows = range(len(table)) if why else table.kept.tolist()
    found = [
        (mentions.words(table.subjects[row]), table.names[table.relations[row]], mentions.words(table.objects[row]))
        for row in rows
    ]
    return [(*item, REASONS[table.reasons[row]]) for item, row in zip(found, rows, strict=True)] if why else found


HANKS_GUMP = ("Forrest Gump", "cast", "Tom Hanks")
WRIGHT_GUMP = ("Forrest Gump", "cast", "Robin Wright")
LASSETER = ("Toy Story", "director", "John Lasseter")
HANKS_TOY = ("Toy Story", "cast", "Tom Hanks")


def test_two_mentions_of_a_sentence_that_stand_in_a_triple_are_a_relation():
    assert related() == [HANKS_GUMP, WRIGHT_GUMP, LASSETER, HANKS_TOY]


def test_a_window_reaches_into_the_next_sentences_and_never_into_another_document():
    wide = related(level="window:1")
    assert wide.count(HANKS_GUMP) == 2
    assert wide.count(HANKS_TOY) == 2
    apart = [linked("Tom Hanks saluda.", name="a"), linked("Forrest Gump se estrena.", name="b")]
    assert related(documents=apart, level="window:3") == []


def test_at_document_level_a_pair_counts_once_by_its_nearest_mentions():
    assert sorted(related(level="document")) == sorted([HANKS_GUMP, WRIGHT_GUMP, LASSETER, HANKS_TOY])
    _, table = find([linked()], knowledge_base(KB), RelationRules(level="document"), lang="es")
    assert table.distances.tolist() == [1, 3, 1, 2]


def test_every_pair_that_stands_in_a_triple_and_is_left_out_has_its_reason():
    assert related(why=True, max_distance=2) == [
        (*HANKS_GUMP, ""), (*WRIGHT_GUMP, "max_distance"), (*LASSETER, ""), (*HANKS_TOY, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"direction": "forward"}, [LASSETER]),
        ({"direction": "backward"}, [HANKS_GUMP, WRIGHT_GUMP, HANKS_TOY]),
        ({"subject_types": ("MOVIE",)}, [HANKS_GUMP, WRIGHT_GUMP, LASSETER, HANKS_TOY]),
        ({"subject_types": ("PER",)}, []),
        ({"object_types": ("actor",)}, [HANKS_GUMP, WRIGHT_GUMP, HANKS_TOY]),
        ({"max_distance": 1}, [HANKS_GUMP, LASSETER]),
        ({"min_distance": 3}, [WRIGHT_GUMP]),
        ({"between": ("protagonizó", "es")}, [HANKS_GUMP, LASSETER]),
        ({"between": ("también trabajó en",)}, [WRIGHT_GUMP]),
        ({"not_between": ("no",)}, [HANKS_GUMP, WRIGHT_GUMP, LASSETER]),
        ({"not_between": ("trabajó en", "/^dirig/")}, [HANKS_GUMP, LASSETER]),
        ({"triggers": ("DIRECTOR",)}, [LASSETER]),
        ({"triggers": ("protagoniz*", "el director de")}, [HANKS_GUMP, LASSETER]),
        ({"triggers": ("director",), "trigger_scope": "between"}, []),
        ({"triggers": ("1994",)}, [HANKS_GUMP]),
        ({"active": False}, []),
    ],
)
def test_each_option_on_the_news(options, expected):
    assert related(**options) == expected


def test_options_are_for_one_relation_or_for_all():
    rules = rules_from(["cast.direction=forward", "max_distance=2"], RelationRules())
    assert related(rules) == [LASSETER]
    assert rules.of("cast") == RelationOptions(direction="forward", max_distance=2)
    assert RelationRules.from_dict(rules.as_dict()) == rules


def test_a_symmetric_relation_holds_both_ways_and_a_pair_counts_once():
    married = Triple("wright", "spouse", "hanks")
    text = linked("Tom Hanks y Robin Wright. Robin Wright y Tom Hanks.")
    assert related(triples=[married], documents=[text]) == [
        ("Robin Wright", "spouse", "Tom Hanks"), ("Robin Wright", "spouse", "Tom Hanks"),
    ]  # fmt: skip
    symmetric = related(triples=[married, Triple("hanks", "spouse", "wright")], documents=[text], symmetric=True)
    assert symmetric == [("Tom Hanks", "spouse", "Robin Wright"), ("Robin Wright", "spouse", "Tom Hanks")]


def test_triples_of_the_inverse_relation_count_for_both():
    rules = RelationRules({"cast": RelationOptions(inverse="acts_in")})
    found = related(rules, triples=[KB[0], Triple("wright", "acts_in", "gump")])
    both = [("Tom Hanks", "acts_in", "Forrest Gump"), HANKS_GUMP, ("Robin Wright", "acts_in", "Forrest Gump"), WRIGHT_GUMP]
    assert sorted(found) == sorted(both)


def test_the_types_of_an_inverse_are_turned_round_too():
    rules = RelationRules({"cast": RelationOptions(inverse="acts_in"), "acts_in": RelationOptions(subject_types=("actor",))})
    assert ("Tom Hanks", "acts_in", "Forrest Gump") in related(rules, triples=KB[:1])


def test_a_triple_holds_for_what_stands_below_its_subject_and_object():
    kinds = [
        Triple("gump", "kind_of", "drama"), Triple("drama", "kind_of", "film"), Triple("film", "kind_of", "drama"),
        Triple("hanks", "kind_of", "actor"), Triple("film", "played_by", "actor"),
    ]  # fmt: skip
    rules = RelationRules({"played_by": RelationOptions(hierarchy="kind_of")})
    assert related(triples=kinds) == []
    assert related(rules, triples=kinds) == [("Forrest Gump", "played_by", "Tom Hanks")]


def test_an_ambiguous_name_gives_a_pair_for_every_reading_unless_unique_is_asked_for():
    names = {**NAMES, "Forrest Gump": ("MOVIE", ("gump", "gump-novel"))}
    triples = [*KB, Triple("gump-novel", "hero", "hanks")]
    _, table = find([linked(names=names)], knowledge_base(triples), RelationRules(), lang="es")
    assert table.readings.tolist() == [2, 2, 2, 1, 1]
    assert related(triples=triples, documents=[linked(names=names)], unique=True) == [LASSETER, HANKS_TOY]


def test_a_triple_curated_from_the_document_itself_is_left_out_if_asked():
    rules = RelationRules(exclude_evidence=True)
    assert related(rules, why=True) == [
        (*HANKS_GUMP, "exclude_evidence"), (*WRIGHT_GUMP, ""), (*LASSETER, ""), (*HANKS_TOY, ""),
    ]  # fmt: skip
    assert related(rules, triples=KB[:1], documents=[linked(name="elsewhere")]) == [HANKS_GUMP]


def test_a_mention_inside_another_is_no_partner_of_it():
    names = {"Universidad de Madrid": ("ORG", ("uam",)), "Madrid": ("LOC", ("madrid",))}
    found = related(
        triples=[Triple("uam", "in", "madrid")], documents=[linked("La Universidad de Madrid abre.", names)], why=True
    )
    assert found == [("Universidad de Madrid", "in", "Madrid", "overlap")]


def test_spans_without_ids_are_linked_by_their_names():
    document = Document("d", "Ana vive en Lugo.", spans=[Span(0, 3, "PER"), Span(12, 16, "LOC", "list", "Lugo")])
    assert related(triples=[Triple("Ana", "lives_in", "Lugo")], documents=[document]) == [("Ana", "lives_in", "Lugo")]


def test_candidates_that_lost_or_were_blocked_are_no_mentions():
    document = linked("Tom Hanks protagonizó Forrest Gump.")
    lost = Document("d", document.text, spans=[document.spans[0], Span(22, 34, "MOVIE", ids=("gump",), kind="lost")])
    assert related(documents=[lost]) == []


@pytest.mark.parametrize("text", ["near", "window:0", "window:x", "window", "sentences"])
def test_a_level_that_does_not_exist(text):
    with pytest.raises(OptionError, match="choose sentence, window:k"):
        parse_level(text)


def test_the_ways_a_fact_comes_of_a_triple_are_told():
    rules = RelationRules({"spouse": RelationOptions(symmetric=True)})
    facts = facts_of(knowledge_base([Triple("a", "spouse", "b")]), rules)
    assert sorted(WAYS[way] for way in facts.ways.tolist()) == ["symmetric", "triple"]


# The slow twin: every pair of every two mentions, every triple, one after the other.

ENTITIES = [f"e{number}" for number in range(6)]
triples_of = st.lists(
    st.builds(Triple, st.sampled_from(ENTITIES), st.sampled_from(["r", "s", "up"]), st.sampled_from(ENTITIES)), max_size=12
)
mentions_drawn = st.lists(st.lists(st.sampled_from(ENTITIES), min_size=1, max_size=2, unique=True), max_size=7)


@st.composite
def corpora(draw):
    documents = []
    for number in range(draw(st.integers(1, 3))):
        ids = draw(mentions_drawn)
        words = [f"w{index}" for index in range(2 * len(ids) + 1)]
        text = " ".join(words)
        starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])]).astype(np.int32)
        ends = (starts + [len(word) for word in words]).astype(np.int32)
        cuts = sorted(draw(st.sets(st.integers(1, max(len(words) - 1, 1)), max_size=3)))
        sentences = np.array([0, *(cut for cut in cuts if cut < len(words))], np.int32)
        spans = [Span(int(starts[2 * i]), int(ends[2 * i]), "X", ids=tuple(item)) for i, item in enumerate(ids)]
        documents.append(Document(str(number), text, tokens=Tokens(starts, ends, sentences), spans=spans))
    return documents


def said(triples, rules, mentioned):
    """Every (subject, relation, object) that holds."""
    above = {(t.subject, t.object) for t in triples if t.relation == "up"}
    while more := {(a, d) for a, b in above for c, d in above if b == c} - above:
        above |= more
    holds = set()
    for t in triples:
        lower = {t.subject}, {t.object}
        if rules.of(t.relation).hierarchy:
            lower = [{t.subject}, {t.object}]
            for side, entity in enumerate((t.subject, t.object)):
                lower[side] |= {low for low, high in above if high == entity and low in mentioned}
        holds |= {(s, t.relation, o) for s in lower[0] for o in lower[1]}
    for s, r, o in list(holds):
        if rules.inverse_of(r):
            holds.add((o, rules.inverse_of(r), s))
    return holds


def slow(documents, triples, rules):  # noqa: C901  (as plain as it gets)
    mentioned = {name for document in documents for span in document.spans for name in span.ids}
    holds = said(triples, rules, mentioned)
    found = []
    for document in documents:
        tokens = document.tokens
        place = [int(np.searchsorted(tokens.starts, span.start)) for span in document.spans]
        sentence = [int(np.searchsorted(tokens.sentences, at, "right")) for at in place]
        best = {}
        for i, one in enumerate(document.spans):
            for j, other in enumerate(document.spans):
                for s, r, o in holds:
                    options, level = rules.of(r), rules.level_of(r)
                    if i == j or s not in one.ids or o not in other.ids or s == o:
                        continue
                    if level.sentences is not None and abs(sentence[i] - sentence[j]) > level.sentences:
                        continue
                    distance = abs(place[i] - place[j]) - 1
                    if options.symmetric and i > j:
                        continue
                    if options.direction != "any" and (i < j) != (options.direction == "forward"):
                        continue
                    if options.max_distance >= 0 and distance > options.max_distance:
                        continue
                    if options.unique and (len(one.ids) > 1 or len(other.ids) > 1):
                        continue
                    row = (document.id, i, j, s, r, o)
                    if not level.is_document:
                        found.append(row)
                        continue
                    key = (r, *(sorted((s, o)) if options.symmetric else (s, o)))
                    rank = (distance, i, j)
                    if key not in best or rank < best[key][0]:
                        best[key] = (rank, row)
        found += [row for _, row in best.values()]
    return sorted(found)


rules_drawn = st.builds(
    lambda level, **options: RelationRules({"r": RelationOptions(**options)}, level=level),
    level=st.sampled_from(["sentence", "window:1", "document"]),
    symmetric=st.booleans(),
    inverse=st.sampled_from(["", "s"]),
    direction=st.sampled_from(["any", "forward", "backward"]),
    max_distance=st.sampled_from([-1, 1, 3]),
    unique=st.booleans(),
    hierarchy=st.sampled_from(["", "up"]),
)


@settings(max_examples=150, deadline=None)
@given(corpora(), triples_of, rules_drawn)
def test_the_join_equals_its_slow_twin(documents, triples, rules):
    kb = knowledge_base(triples)
    mentions, table = find(documents, kb, rules, tokenizer="whitespace")
    fast = [
        (
            mentions.document(table.subjects[row]).id,
            int(mentions.spans[table.subjects[row]]),
            int(mentions.spans[table.objects[row]]),
            mentions.entities[table.subject_ids[row]],
            table.names[table.relations[row]],
            mentions.entities[table.object_ids[row]],
        )
        for row in table.kept.tolist()
    ]
    assert sorted(fast) == slow(documents, triples, rules)
    assert len(set(fast)) == len(fast)


@settings(max_examples=30, deadline=None)
@given(corpora(), st.sampled_from(["sentence", "window:1", "document"]))
def test_as_many_pairs_are_looked_at_as_there_are(documents, level):
    mentions, _ = find(documents, knowledge_base([Triple("e0", "r", "e1")]), RelationRules(level=level), tokenizer="whitespace")
    reach = parse_level(level).sentences
    pairs = [
        (i, j)
        for i in range(len(mentions))
        for j in range(i + 1, len(mentions))
        if mentions.documents[i] == mentions.documents[j]
        and (reach is None or mentions.sentences[j] - mentions.sentences[i] <= reach)
    ]
    assert pairs_looked_at(mentions, RelationRules(level=level)) == len(pairs)
