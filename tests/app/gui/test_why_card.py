"""Given a selected word, when the Why? card is asked, then it tells every name's story and offers what would change it."""

import pytest
from PySide6.QtWidgets import QLabel

from farspan_app.gui.panels.why import WhyCard
from farspan_app.gui.workspace import Selection


@pytest.fixture
def card(qtbot, scripts):
    made = WhyCard(scripts)
    qtbot.addWidget(made)
    made.show()
    return made


def said(card):
    return " | ".join(label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card))


def select(card, workspace, settled, word, number=0):
    start = workspace.documents[number].text.index(word)
    workspace.select(Selection(number, start, start + len(word)))
    settled(workspace)
    card.grab()


def test_nothing_selected_is_an_invitation(card):
    assert "Select a word" in said(card)


def test_winner_and_loser_are_told_with_what_decided(card, scripts, settled):
    select(card, scripts, settled, "Addis")
    text = said(card)
    assert "Addis Ababa University" in text
    assert "lost to ORG 'Addis Ababa University' of org by length" in text
    assert any("org.active = no" in button.accessibleName() for button in card.buttons)


def test_a_flip_is_tried_at_a_press_of_its_button(card, qtbot, scripts, settled):
    select(card, scripts, settled, "القاهرة", 1)
    [button] = [button for button in card.buttons if "active" in button.accessibleName()]
    button.click()
    settled(scripts)
    assert scripts.has_pending
    assert {source.name: source.options.active for source in scripts.pending_sources}["loc"] is False
    assert len(scripts.preview.removed) > 0
    scripts.discard()


def test_a_word_of_no_list_says_so(card, scripts, settled):
    select(card, scripts, settled, "visited")
    assert "No name of any list stands here." in said(card)
