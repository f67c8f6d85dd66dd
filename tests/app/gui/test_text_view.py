"""Given text on the screen, when a person moves, selects, corrects borders and zooms by keys and mouse, then the text follows."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from farspan_app.gui import theme
from farspan_app.gui.theme import found_colour, label_colour
from farspan_app.gui.views.ink import Ink
from farspan_app.gui.views.paragraphs import split_paragraphs
from farspan_app.gui.views.spans import ShownSpans
from farspan_app.gui.views.text_view import LARGEST, SMALLEST, TextView

ARABIC = "القاهرة عاصمة مصر"


def spans_at(text, *words):
    places = sorted((text.index(word), text.index(word) + len(word)) for word in words)
    columns = np.array(places, np.int32)
    zeros = np.zeros(len(places), np.uint8)
    numbers = np.arange(len(places))
    return ShownSpans(columns[:, 0], columns[:, 1], np.zeros(len(places), np.int32), zeros, zeros.copy(), numbers, ["LOC"])


@pytest.fixture
def view(qtbot):
    made = TextView(lambda: Ink(made.palette(), label_colour, found_colour()))
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.setFocus()
    return made


def show(view, text, *words):
    view.set_text(split_paragraphs(text), spans_at(text, *words) if words else ShownSpans())
    view.grab()


def test_arrows_go_by_characters_as_readers_see_them(view, qtbot):
    show(view, "e\u0301👩‍👩‍👧z")
    places = []
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        places.append(view.selection[0])
    assert places == [2, 7, 8]


def test_in_arabic_the_left_arrow_goes_on(view, qtbot):
    show(view, ARABIC)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.selection == (1, 1)


def test_shift_selects_and_copying_gives_the_very_text(view, qtbot):
    show(view, "𝔅𝔢𝔯𝔩𝔦𝔫 lies\nin the east")
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text.strip() == "𝔅𝔢𝔯𝔩𝔦𝔫"
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "𝔅𝔢𝔯𝔩𝔦𝔫 lies\nin the east"


def test_the_caret_crosses_paragraphs(view, qtbot):
    show(view, "ab\ncd")
    for key, expected in (
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Up, 2),
    ):
        qtbot.keyClick(view, key)
        assert view.selection[0] == expected


def test_going_through_spans_frames_one_after_the_other(view):
    text = "አዲስ አበባ የኢትዮጵያ ዋና ከተማ ናት።"
    show(view, text, "አዲስ አበባ", "የኢትዮጵያ")
    seen = []
    view.current_changed.connect(seen.append)
    assert view.go(1)
    assert view.go(1)
    assert not view.go(1)
    assert view.go(-1)
    assert seen == [0, 1, 0]
    assert "አዲስ አበባ" in view.accessibleDescription()


def test_a_click_looks_at_the_innermost_span_there(view, qtbot):
    text = "Addis Ababa University"
    show(view, text, "Addis Ababa University", "Ababa")
    block = view._column.block(0)
    line, x = block.place_of(8)
    at = QPoint(int(view._left + x), int(line.y() + line.height() / 2))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.current == 1


def test_a_border_dragged_by_the_mouse_is_asked_for(view, qtbot):
    show(view, "Addis Ababa lies high", "Addis")
    view.set_current(0)
    block = view._column.block(0)
    line, x = block.place_of(5)
    _line, goal = block.place_of(11)
    y = int(line.y() + line.height() / 2)
    with qtbot.waitSignal(view.borders_asked) as asked:
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(view._left + x), y))
        qtbot.mouseMove(view.viewport(), QPoint(int(view._left + goal), y))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(view._left + goal), y))
    assert asked.args == [0, 0, 11]


def test_borders_move_by_characters_and_are_taken_or_left(view):
    show(view, "Sa\u0303o Paulo", "Sa\u0303o")
    asked = []
    view.borders_asked.connect(lambda *place: asked.append(place))
    view.set_current(0)
    view.move_border("end", -1)
    view.move_border("end", -1)
    assert view.settle_borders(take=False)
    assert asked == []
    view.move_border("end", -1)
    view.move_border("end", -1)
    assert view.settle_borders(take=True)
    assert asked == [(0, 0, 1)]


def test_the_size_stays_between_its_limits(view):
    show(view, ARABIC)
    view.set_point_size(4)
    assert view.point_size == SMALLEST
    view.set_point_size(90)
    assert view.point_size == LARGEST


def test_scrolling_there_and_back_shows_the_same_place(view):
    show(view, "\n".join(f"{number} " + "wort " * (number % 40) for number in range(3_000)))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = view._column.piece, view._column.inside
    for step in [170] * 25 + [-170] * 25:
        bar.setValue(bar.value() + step)
    assert (view._column.piece, view._column.inside) == (before[0], pytest.approx(before[1]))


def test_only_what_is_on_the_screen_is_laid_out(view):
    show(view, "ውሃ ጤና ነው።\n" * 200_000)
    view.select(1_200_000, 1_200_002)
    view.grab()
    assert len(view._column._blocks) < 100
    assert view._column.visible(400)[0][0] > 100_000


def test_other_spans_leave_place_and_current_span_alone(view):
    text = "Berlin\n" * 400
    show(view, text)
    view.set_spans(spans_at(text, "Berlin"))
    view.set_current(0)
    view.select(7 * 300, 7 * 300 + 6)
    place = view._column.piece
    view.set_spans(spans_at(text, "Berlin"))
    assert view._column.piece == place
    assert view.current == 0


def test_what_is_searched_for_is_marked_on_the_screen(view):
    show(view, "Berlin und Bern")
    plain = view.grab().toImage()
    view.set_finder(lambda text: [(0, 6)])
    assert view.grab().toImage() != plain


def test_the_text_grows_with_the_letters_of_the_window(view):
    show(view, ARABIC)
    theme.use("light", 20)
    try:
        QGuiApplication.processEvents()
        large = view.point_size
    finally:
        theme.use("light")
    QGuiApplication.processEvents()
    assert large > view.point_size
    assert large - view.point_size == 20 - theme.DEFAULT_TEXT_SIZE
