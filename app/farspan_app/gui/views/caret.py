"""Moving through text by keys: by characters as readers see them, by words, lines, and to either end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtGui import QKeySequence, QTextLayout

from farspan_app.gui.views.block import Block
from farspan_app.gui.views.column import Column

_CHARACTERS: Final = QTextLayout.CursorMode.SkipCharacters
_WORDS: Final = QTextLayout.CursorMode.SkipWords


def moved(column: Column, point: int, how: str) -> int:
    """The code point that the caret goes to from `point` by the movement `how`, one of `MOVES`' values."""
    number = column.paragraphs.at(point)
    block = column.block(number)
    if how in ("left", "right"):
        return _sideways(column, block, point, how)
    if how in ("word_left", "word_right"):
        return _stepped(column, point, 1 if how == "word_right" else -1, _WORDS)
    if how in ("up", "down"):
        return _by_line(column, number, block, point, 1 if how == "down" else -1)
    if how in ("line_start", "line_end"):
        line, _x = block.place_of(point)
        units = line.textStart() + (line.textLength() if how == "line_end" else 0)
        return block.start + block.offsets.points(units)
    return 0 if how == "start" else len(column.paragraphs.text)


def clustered(column: Column, point: int, step: int) -> int:
    """The border of the character (as readers see it) after (step 1) or before (step -1) the code point, in reading order."""
    return _stepped(column, point, step, _CHARACTERS)


def word_at(column: Column, point: int) -> tuple[int, int]:
    """The word that the code point is in, `[start, end)`."""
    block = column.block(column.paragraphs.at(point))
    units = block.offsets.units(point - block.start)
    end = block.layout.nextCursorPosition(units, _WORDS)
    begin = block.layout.previousCursorPosition(end, _WORDS)
    found = block.text.encode("utf-16-le", "replace")[2 * begin : 2 * end].decode("utf-16-le", "replace")
    start = block.start + block.offsets.points(begin)
    return start, start + len(found.rstrip())


def _sideways(column: Column, block: Block, point: int, how: str) -> int:
    """One character to the left or right on the screen, whichever way the text runs there."""
    units = block.offsets.units(point - block.start)
    go = block.layout.leftCursorPosition if how == "left" else block.layout.rightCursorPosition
    reached = go(units)
    if reached != units:
        return block.start + block.offsets.points(reached)
    # At the edge of a piece reading goes on in the next one.
    return _stepped(column, point, 1 if units else -1, _CHARACTERS)


def _stepped(column: Column, point: int, step: int, mode: QTextLayout.CursorMode) -> int:
    number = column.paragraphs.at(point)
    block = column.block(number)
    units = block.offsets.units(point - block.start)
    go = block.layout.nextCursorPosition if step > 0 else block.layout.previousCursorPosition
    reached = go(units, mode)
    if reached != units:
        return block.start + block.offsets.points(reached)
    following = number + step
    if not 0 <= following < len(column.paragraphs):
        return point
    there = column.paragraphs
    return int(there.starts[following] if step > 0 else there.ends[following])


def _by_line(column: Column, number: int, block: Block, point: int, step: int) -> int:
    line, x = block.place_of(point)
    wanted = line.lineNumber() + step
    if not 0 <= wanted < block.layout.lineCount():
        number += step
        if not 0 <= number < len(column.paragraphs):
            return point
        block = column.block(number)
        wanted = 0 if step > 0 else block.layout.lineCount() - 1
    return block.point_at(x, block.layout.lineAt(wanted).y())


_KEYS: Final[Mapping[QKeySequence.StandardKey, str]] = {
    QKeySequence.StandardKey.MoveToPreviousChar: "left",
    QKeySequence.StandardKey.MoveToNextChar: "right",
    QKeySequence.StandardKey.MoveToPreviousWord: "word_left",
    QKeySequence.StandardKey.MoveToNextWord: "word_right",
    QKeySequence.StandardKey.MoveToPreviousLine: "up",
    QKeySequence.StandardKey.MoveToNextLine: "down",
    QKeySequence.StandardKey.MoveToStartOfLine: "line_start",
    QKeySequence.StandardKey.MoveToEndOfLine: "line_end",
    QKeySequence.StandardKey.MoveToStartOfDocument: "start",
    QKeySequence.StandardKey.MoveToEndOfDocument: "end",
}
_SELECTING: Final[Mapping[QKeySequence.StandardKey, str]] = {
    getattr(QKeySequence.StandardKey, key.name.replace("MoveTo", "Select")): how for key, how in _KEYS.items()
}


def movement(matches: Callable[[QKeySequence.StandardKey], bool]) -> tuple[str, bool] | None:
    """(how, whether it selects) for a key press, given what it matches; None: it moves nothing."""
    for table, selects in ((_KEYS, False), (_SELECTING, True)):
        for key, how in table.items():
            if matches(key):
                return how, selects
    return None
