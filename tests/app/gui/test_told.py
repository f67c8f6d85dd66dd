"""Given a sentence of the engine, when the window shows it, then it is told in the person's language, and its data stay as they are."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTranslator

from farspan.decide.conflicts import CRITERIA
from farspan.explain import blocked, kept, lost, said
from farspan.formats import FORMATS
from farspan.matching.risk import REASONS
from farspan.model import Span
from farspan.noise.causes import Cause
from farspan.noise.signals import HERE
from farspan.relations.facts import WAYS
from farspan.relations.stories import TOLD
from farspan.store.project import Project
from farspan.store.work import GoldSpan
from farspan_app.gui.told import SENTENCES, told


class Marked(QTranslator):
    """Every text between brackets."""

    def translate(self, context, text, disambiguation=None, number=-1):
        return f"⟦{text}⟧"


@pytest.fixture
def marked(qapp):
    translator = Marked()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


SPAN = Span(3, 12, "LOC", "places", "New York", (), "kept", 1.0)


def sentences_of_the_engine():
    yield from (reason("O'Hara", 0.5) for reason in REASONS.values())
    yield from (reason("York; Pa") for reason in HERE.values())
    yield from (str(cause) for cause in Cause)
    yield from (words for words in TOLD.values())
    yield from (way for way in WAYS if way != "triple")
    yield from CRITERIA
    yield said([])
    yield kept(SPAN, "York", "York").reason
    yield kept(SPAN, "York", "New York").reason
    yield kept(SPAN, "York", "").reason
    yield blocked(SPAN, "York", "min_length").reason
    yield lost(SPAN, "York", 0, SPAN, "New York").reason


def test_every_sentence_that_the_engine_keeps_in_a_table_is_known(marked):
    unknown = [text for text in sentences_of_the_engine() if not told(text).startswith("⟦")]
    assert not unknown


def test_the_log_of_a_project_can_be_told(marked, film_news):
    with Project.open(film_news) as project:
        project.work.add_gold([GoldSpan(1, 0, 4, "MOVIE"), GoldSpan(1, 5, 9, "MOVIE")])
        project.lists.rename("film_titles", "films")
        project.history.undo()
        titles = [entry.title for entry in project.history.entries()]
    assert "2 gold spans" in titles
    assert [title for title in titles if not told(title).startswith("⟦")] == []


def test_what_the_offsets_of_a_format_count_is_known(spanish):
    assert {told(item.unit) for item in FORMATS.values()} <= {"puntos de código", "tokens", "UTF-16"}


@pytest.mark.parametrize(
    ("english", "spanish_words"),
    [
        ("kept", "conservado"),
        ("lost to LOC 'New York' of places by length", "superado por LOC 'New York' de places según longitud"),
        (
            "blocked by max_risk (its risk is 0.91: 'May' is a stop word; 'May' has 3 characters)",
            "bloqueado por max_risk (su riesgo es 0,91: 'May' es una palabra vacía; 'May' tiene 3 caracteres)",
        ),
        ("'May' is also in list months, list people", "'May' está también en lista months, lista people"),
        (
            "Recall of LOC from list places is 0.80 (95% interval 0.49-0.95, 1,010 entities judged, Wilson; rule set c32774).",
            "Cobertura de LOC de la lista places: 0,80 (intervalo del 95%: 0,49-0,95, 1010 entidades juzgadas, Wilson;"  # noqa: ISC004
            " conjunto de reglas c32774).",
        ),
        (
            "3 sentences with gold labels, taken as drawn at random",
            "3 oraciones con etiquetas de referencia, tomadas como extraídas al azar",
        ),
        ("Removal of 2 gold spans", "Eliminación de 2 segmentos de referencia"),
        ("Proposed rule: exclude=May on all lists", "Regla propuesta: exclude=May en todas las listas"),
        ("texts/a.txt:3: no such thing; do another", "texts/a.txt:3: no such thing; do another"),
    ],
)
def test_it_is_told_in_spanish_with_its_data(spanish, english, spanish_words):
    assert told(english) == spanish_words


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SENTENCES), WORDS)
def test_in_english_nothing_changes(qapp, sentence, word):
    text = re.sub(r"\{(\w+)\}", lambda hole: "12" if hole[1][0] == "n" else word, sentence)
    assert told(text) == text
    assert told(word) == word


def test_no_sentence_is_hidden_behind_one_before_it(marked):
    for sentence in SENTENCES:
        text = re.sub(r"\{(\w+)\}", lambda hole: "12" if hole[1][0] == "n" else "Zyx", sentence)
        expected = re.sub(r"\{(\w+)\}", lambda hole: "12" if hole[1][0] == "n" else "Zyx", f"⟦{sentence}⟧")
        assert told(text) == expected, text
