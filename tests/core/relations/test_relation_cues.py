"""Relations from connectives, the files that ship, and what contradicts what."""

import pytest

from farspan.errors import InputError, OptionError
from farspan.model import Document, Span
from farspan.relations.contradictions import check, implied
from farspan.relations.cues import load_cues, parse_cues
from farspan.relations.options import RelationOptions, RelationRules
from farspan.relations.relating import Relater, RelationPlan
from farspan_resources import cue_languages


def found(text, events, lang, **options):
    spans = [Span(text.index(words), text.index(words) + len(words), "EVENT") for words in events]
    rules = RelationRules({"": RelationOptions().changed(options)} if options else {})
    relater = Relater(None, RelationPlan(rules, cues=(load_cues(lang),), lang=lang))
    [related] = relater.relate([Document("d", text, spans=spans)])
    pairs = [
        (related.mentions.words(related.table.subjects[row]), related.table.names[related.table.relations[row]],
         related.mentions.words(related.table.objects[row]))
        for row in related.table.kept.tolist()
    ]  # fmt: skip
    return pairs, relater.report.contradictions


@pytest.mark.parametrize(
    ("lang", "text", "events", "expected"),
    [
        ("en", "The strike began shortly before the election.", ("strike", "election"), ("strike", "BEFORE", "election")),
        ("en", "After the war, the trials began.", ("war", "trials"), ("trials", "AFTER", "war")),
        ("en", "The riots broke out during the siege.", ("riots", "siege"), ("riots", "DURING", "siege")),
        ("en", "The flood was caused by the storm.", ("flood", "storm"), ("flood", "CAUSED_BY", "storm")),
        ("es", "La huelga empezó poco antes de las elecciones.", ("huelga", "elecciones"), ("huelga", "BEFORE", "elecciones")),
        ("es", "Tras la guerra empezaron los juicios.", ("guerra", "juicios"), ("juicios", "AFTER", "guerra")),
        ("es", "El rodaje siguió durante el verano.", ("rodaje", "verano"), ("rodaje", "DURING", "verano")),
        ("de", "Der Streik begann kurz vor der Wahl.", ("Streik", "Wahl"), ("Streik", "BEFORE", "Wahl")),
        ("de", "Nach dem Krieg begannen die Prozesse.", ("Krieg", "Prozesse"), ("Prozesse", "AFTER", "Krieg")),
        ("de", "Während der Messe fiel der Strom aus.", ("Messe", "Strom"), ("Strom", "DURING", "Messe")),
    ],
)
def test_connectives_of_three_languages(lang, text, events, expected):
    assert found(text, events, lang)[0] == [expected]


def test_a_connective_counts_only_between_mentions_that_follow_one_another():
    text = "The strike came before the vote and long before the war."
    assert found(text, ("strike", "vote", "war"), "en")[0] == [("strike", "BEFORE", "vote"), ("vote", "BEFORE", "war")]


def test_the_types_and_the_distance_of_a_pair_are_held_against_the_options():
    text = "The strike began shortly before the election."
    assert found(text, ("strike", "election"), "en", max_distance=1)[0] == []
    assert found(text, ("strike", "election"), "en", subject_types=("TIME",))[0] == []


def test_a_circle_in_time_is_reported():
    text = "The strike came before the vote. The vote came before the war. The war came before the strike."
    names = {"strike": "S", "vote": "V", "war": "W"}
    spans = [
        Span(at, at + len(words), "EVENT", ids=(key,))
        for words, key in names.items()
        for at in range(len(text))
        if text.startswith(words, at)
    ]
    relater = Relater(None, RelationPlan(cues=(load_cues("en"),), lang="en"))
    list(relater.relate([Document("d", text, spans=sorted(spans, key=lambda span: span.start))]))
    [circle] = relater.report.contradictions
    assert relater.report.implied == 9  # S before W and so on, and each of the six the other way round as AFTER
    assert (circle.kind, set(circle.entities)) == ("circle", {"S", "V", "W"})
    assert str(circle).startswith("d: ")


@pytest.mark.parametrize("language", cue_languages())
def test_every_file_that_ships_is_whole(language):
    cues = load_cues(language)
    assert {"BEFORE", "AFTER", "DURING", "SIMULTANEOUS", "CAUSES", "CAUSED_BY"} <= set(cues.relations)
    assert cues.options["BEFORE"].inverse == "AFTER"
    assert cues.options["BEFORE"].transitive
    assert len({(cue.phrase.casefold(), cue.place) for cue in cues.cues}) == len(cues.cues)


TIME = RelationRules(
    {
        "BEFORE": RelationOptions(transitive=True, inverse="AFTER", excludes=("AFTER", "DURING")),
        "AFTER": RelationOptions(transitive=True),
    }
)


@pytest.mark.parametrize(
    ("edges", "kinds"),
    [
        ([("a", "BEFORE", "b"), ("b", "BEFORE", "c")], []),
        ([("a", "BEFORE", "b"), ("a", "AFTER", "b")], ["circle", "excluded"]),
        ([("a", "BEFORE", "b"), ("a", "DURING", "b")], ["excluded"]),
        ([("a", "BEFORE", "b"), ("b", "DURING", "a")], []),
        ([("a", "BEFORE", "b"), ("c", "AFTER", "b"), ("c", "BEFORE", "a")], ["circle"]),
        ([("a", "BEFORE", "a")], ["circle", "excluded"]),
    ],
)
def test_what_contradicts_what(edges, kinds):
    assert sorted({one.kind for one in check(edges, TIME)}) == kinds


def test_what_follows_from_transitive_relations():
    assert implied([("a", "BEFORE", "b"), ("c", "AFTER", "b")], TIME) == {
        ("a", "BEFORE", "c"), ("b", "BEFORE", "c"), ("b", "AFTER", "a"), ("c", "AFTER", "a"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.tsv: there is no connective in it"),
        ("BEFORE\n", "x.tsv:1: this is no connective: 'BEFORE'"),
        ("BEFORE\tbefore\tbehind\tfirst\n", "x.tsv:1"),
        ("# ok\n@inverse BEFORE\n", "x.tsv:2: @inverse BEFORE says nothing of a relation"),
        ("@opposite A B\n", "x.tsv:1"),
    ],
)
def test_a_file_of_connectives_that_is_wrong_says_where(text, message):
    with pytest.raises(InputError, match=message.replace(".", r"\.")):
        parse_cues(text, "x.tsv")


def test_connectives_that_do_not_exist():
    with pytest.raises(OptionError, match="choose one of de, en, es"):
        load_cues("xx")
