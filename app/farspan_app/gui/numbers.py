"""Numbers as people write them in the language of the window: 13,688 and 0.87, or 13.688 and 0,87."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from farspan_app.gui.words import QT_TRANSLATE_NOOP

_LANGUAGE: Final = QT_TRANSLATE_NOOP("Numbers", "en")
"""Whose translation is the code of the language itself: numbers are written in the language of the words beside them."""
_NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numeral(value: float, decimals: int | None = None) -> str:
    """`value` with its thousands set apart: a whole number, or one with so many `decimals`."""
    locale = numeral_locale()
    return locale.toString(int(value)) if decimals is None else locale.toString(float(value), "f", decimals)


def counted(said: str, count: int) -> str:
    """`said`, the form of a text that Qt chose for `count` and put it in, with the count as `numeral` writes it."""
    return said.replace(str(count), numeral(count), 1)


def percent(share: float) -> str:
    """`share` of 1 as a whole percentage."""
    return f"{numeral(round(100 * share))}%"


def numeral_range(lower: float, upper: float, decimals: int = 2, dash: str = "-") -> str:
    """``0.80-0.92``."""
    return f"{numeral(lower, decimals)}{dash}{numeral(upper, decimals)}"


def renumbered(text: str) -> str:
    """`text` of the engine, such as ``1,234``, ``87%`` or ``0.80-0.92``, with the numbers in it written as `numeral` does."""
    return _NUMBER.sub(_rewritten, text)


def numeral_locale() -> QLocale:
    """How numbers are written, and typed, in the window."""
    return _locale_of(QCoreApplication.translate("Numbers", _LANGUAGE))


def _rewritten(found: re.Match[str]) -> str:
    whole, point, rest = found[0].replace(",", "").partition(".")
    return numeral(float(f"{whole}.{rest}"), len(rest)) if point else numeral(int(whole))


@cache
def _locale_of(code: str) -> QLocale:
    locale = QLocale(code)
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)  # of no known language it would set nothing apart
    return locale
