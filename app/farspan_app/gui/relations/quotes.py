"""What judgements of relations say, as sentences to quote."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from farspan.noise.intervals import Estimate
from farspan_app.gui.numbers import numeral, numeral_range
from farspan_app.gui.words import QT_TRANSLATE_NOOP

_SENTENCES = {
    "sentence": QT_TRANSLATE_NOOP("Quotes", "Sentence precision of {} is {}{}: {} pairs judged, drawn at random."),
    "bag": QT_TRANSLATE_NOOP("Quotes", "Bag precision of {} is {}{}: {} bags judged to their first right sentence, at random."),
    "negative": QT_TRANSLATE_NOOP("Quotes", "The share of false negatives among {} is {}{}: {} judged, drawn at random."),
}
_ALL = {
    "sentence": QT_TRANSLATE_NOOP("Quotes", "all relations"),
    "bag": QT_TRANSLATE_NOOP("Quotes", "all relations"),
    "negative": QT_TRANSLATE_NOOP("Quotes", "the negatives"),
}


def quoted(purpose: str, relation: str, estimate: Estimate) -> str:
    """The sentence for what one queue says of `relation` ("": of all); nothing where nothing is judged."""
    if estimate.value is None:
        return ""
    interval = ""
    if estimate.interval is not None:
        said = QCoreApplication.translate("Quotes", " (95% interval {})")
        interval = said.format(numeral_range(estimate.interval.lower, estimate.interval.upper, dash="–"))
    sentence = QCoreApplication.translate("Quotes", _SENTENCES[purpose])
    return sentence.format(relation or QCoreApplication.translate("Quotes", _ALL[purpose]), numeral(estimate.value, 2), interval,
                           numeral(estimate.n))  # fmt: skip
