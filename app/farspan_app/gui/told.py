"""What the engine says in words, told in the language of the window.

The engine speaks English and knows no Qt: reasons, causes, signs and the log come as finished sentences. Each kind of sentence is
listed here with names for what stands in it: ``{a}`` is data, ``{n}`` a number, ``{said}`` a sentence that is told in turn. What
is not listed, such as the message of an error, is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from farspan_app.gui.words import QT_TRANSLATE_NOOP

SENTENCES: Final = (
    # what became of a candidate
    QT_TRANSLATE_NOOP("Engine", "kept"),
    QT_TRANSLATE_NOOP("Engine", "kept, joined with the span before it"),
    QT_TRANSLATE_NOOP("Engine", "kept, and grown to {a}"),
    QT_TRANSLATE_NOOP("Engine", "kept inside a longer match"),
    QT_TRANSLATE_NOOP("Engine", "kept inside a longer match, and grown to {a}"),
    QT_TRANSLATE_NOOP("Engine", "blocked by {a} (its risk is {n}: {said})"),
    QT_TRANSLATE_NOOP("Engine", "blocked by {a}"),
    QT_TRANSLATE_NOOP("Engine", "lost to {a} of {b} by {said}"),
    QT_TRANSLATE_NOOP("Engine", "length"),
    QT_TRANSLATE_NOOP("Engine", "priority"),
    QT_TRANSLATE_NOOP("Engine", "source"),
    QT_TRANSLATE_NOOP("Engine", "score"),
    QT_TRANSLATE_NOOP("Engine", "left"),
    QT_TRANSLATE_NOOP("Engine", "order"),
    QT_TRANSLATE_NOOP("Engine", "total"),
    QT_TRANSLATE_NOOP("Engine", "no label"),
    # causes of errors, and the evidence for them
    QT_TRANSLATE_NOOP("Engine", "boundary"),
    QT_TRANSLATE_NOOP("Engine", "wrong type"),
    QT_TRANSLATE_NOOP("Engine", "common word"),
    QT_TRANSLATE_NOOP("Engine", "part of a longer name"),
    QT_TRANSLATE_NOOP("Engine", "case"),
    QT_TRANSLATE_NOOP("Engine", "inflected form"),
    QT_TRANSLATE_NOOP("Engine", "spelling variant"),
    QT_TRANSLATE_NOOP("Engine", "missing alias"),
    QT_TRANSLATE_NOOP("Engine", "not in any list"),
    QT_TRANSLATE_NOOP("Engine", "tokenisation"),
    QT_TRANSLATE_NOOP("Engine", "it begins or ends inside a token"),
    QT_TRANSLATE_NOOP("Engine", "{a} begins or ends inside a token"),
    QT_TRANSLATE_NOOP("Engine", "the right borders are those of {a}"),
    QT_TRANSLATE_NOOP("Engine", "it lies inside {a}"),
    QT_TRANSLATE_NOOP("Engine", "{a} stands there"),
    QT_TRANSLATE_NOOP("Engine", "only a part of the listed {a} stands there"),
    QT_TRANSLATE_NOOP("Engine", "the list has it as {a}, in another case"),
    QT_TRANSLATE_NOOP("Engine", "the list has it as {a}, with other accents or marks"),
    QT_TRANSLATE_NOOP("Engine", "the list has it as an alias, and aliases are off"),
    QT_TRANSLATE_NOOP("Engine", "the list has it, but the text is cut otherwise than the name"),
    QT_TRANSLATE_NOOP("Engine", "the list has {a}, spelled otherwise"),
    QT_TRANSLATE_NOOP("Engine", "the list has {a}, of which it is a form ({b})"),
    QT_TRANSLATE_NOOP("Engine", "the list has {a}, of which it is a form"),
    QT_TRANSLATE_NOOP("Engine", "the list has {a}, but not this part of it"),
    QT_TRANSLATE_NOOP("Engine", "the list has {a}, whose initials these are"),
    QT_TRANSLATE_NOOP("Engine", "it was taken for a form of the listed {a}"),
    QT_TRANSLATE_NOOP("Engine", "{n} of the uses of its words are lower-case"),
    QT_TRANSLATE_NOOP("Engine", "beside it stands {a}, capitalised too"),
    QT_TRANSLATE_NOOP("Engine", "it is also in list {a}, as {b}"),
    QT_TRANSLATE_NOOP("Engine", "it is as its list has it, and here it names nothing"),
    QT_TRANSLATE_NOOP("Engine", "it is labelled {a}"),
    QT_TRANSLATE_NOOP("Engine", "{a} is labelled instead"),
    QT_TRANSLATE_NOOP("Engine", "it was blocked by {a}"),
    QT_TRANSLATE_NOOP("Engine", "it lost to a match that overlaps it"),
    QT_TRANSLATE_NOOP("Engine", "no list has the name, or one like it, with this label"),
    QT_TRANSLATE_NOOP("Engine", "only list {a} has it, which is switched off"),
    QT_TRANSLATE_NOOP("Engine", "it is {a}"),
    QT_TRANSLATE_NOOP("Engine", "{a}={b} on all lists"),
    QT_TRANSLATE_NOOP("Engine", "{a}={b} on {c}"),
    # signs that something is wrong
    QT_TRANSLATE_NOOP("Engine", "{a} is written without a capital here"),
    QT_TRANSLATE_NOOP("Engine", "beside {a} stands another capitalised word here"),
    QT_TRANSLATE_NOOP("Engine", "no other list agrees on {a} here"),
    QT_TRANSLATE_NOOP("Engine", "a list of another label matches {a} here"),
    QT_TRANSLATE_NOOP("Engine", "{a} begins its sentence, where a capital says nothing"),
    QT_TRANSLATE_NOOP("Engine", "{a} is not exactly as in the list"),
    QT_TRANSLATE_NOOP("Engine", "the words of {a} are lower-case in {n} of their uses"),
    QT_TRANSLATE_NOOP("Engine", "{a} is lower-case in {n} of its uses"),
    QT_TRANSLATE_NOOP("Engine", "{a} has {n} characters"),
    QT_TRANSLATE_NOOP("Engine", "beside {a} stands another capitalised word in {n} of its matches"),
    QT_TRANSLATE_NOOP("Engine", "{n} of the uses of {a} do not match"),
    QT_TRANSLATE_NOOP("Engine", "no other list agrees in {n} of the matches of {a}"),
    QT_TRANSLATE_NOOP("Engine", "a list of another label says otherwise in {n} of the matches of {a}"),
    QT_TRANSLATE_NOOP("Engine", "{a} lies inside a longer match in {n} of its matches"),
    QT_TRANSLATE_NOOP("Engine", "{a} stands in lists of {n} labels"),
    QT_TRANSLATE_NOOP("Engine", "{a} is a stop word"),
    QT_TRANSLATE_NOOP("Engine", "{a} is also in {said}"),
    QT_TRANSLATE_NOOP("Engine", "list {a}"),
    # signs that something was missed
    QT_TRANSLATE_NOOP("Engine", "names are written like {a}, at the beginning of a sentence"),
    QT_TRANSLATE_NOOP("Engine", "names are written like {a}"),
    QT_TRANSLATE_NOOP("Engine", "names often have {n} characters"),
    QT_TRANSLATE_NOOP("Engine", "names begin with {a}"),
    QT_TRANSLATE_NOOP("Engine", "names end in {a}"),
    QT_TRANSLATE_NOOP("Engine", "names stand after {a}"),
    QT_TRANSLATE_NOOP("Engine", "names stand before {a}"),
    QT_TRANSLATE_NOOP("Engine", "it stands after {a}"),
    QT_TRANSLATE_NOOP("Engine", "it stands before {a}"),
    # why two mentions are, or are not, a relation
    QT_TRANSLATE_NOOP("Engine", "the relation is switched off"),
    QT_TRANSLATE_NOOP("Engine", "one mention stands inside the other"),
    QT_TRANSLATE_NOOP("Engine", "both mentions name the same entity"),
    QT_TRANSLATE_NOOP("Engine", "a mention may name several entities"),
    QT_TRANSLATE_NOOP("Engine", "the subject is of another type"),
    QT_TRANSLATE_NOOP("Engine", "the object is of another type"),
    QT_TRANSLATE_NOOP("Engine", "the two stand in the other order"),
    QT_TRANSLATE_NOOP("Engine", "they stand too near"),
    QT_TRANSLATE_NOOP("Engine", "they stand too far apart"),
    QT_TRANSLATE_NOOP("Engine", "other words stand between them"),
    QT_TRANSLATE_NOOP("Engine", "a forbidden word stands between them"),
    QT_TRANSLATE_NOOP("Engine", "no trigger word is there"),
    QT_TRANSLATE_NOOP("Engine", "this document itself is the only source of the triple"),
    QT_TRANSLATE_NOOP("Engine", "two mentions of the same entities that stand nearer are taken for them"),
    QT_TRANSLATE_NOOP("Engine", "they stand in different documents"),
    QT_TRANSLATE_NOOP("Engine", "the knowledge base says nothing of {a} ({b})"),
    QT_TRANSLATE_NOOP("Engine", "they stand {n} sentence(s) apart; looked at: {a}"),
    QT_TRANSLATE_NOOP("Engine", "no triple joins the two"),
    QT_TRANSLATE_NOOP("Engine", "hierarchy"),
    QT_TRANSLATE_NOOP("Engine", "symmetric"),
    QT_TRANSLATE_NOOP("Engine", "inverse"),
    # how a number came about
    QT_TRANSLATE_NOOP("Engine", "{said} of {said2} is not known: nothing was judged."),
    QT_TRANSLATE_NOOP("Engine", "{said} of {said2} is {n} ({said3}; rule set {a})."),
    QT_TRANSLATE_NOOP("Engine", "{said} of {said2} is {n} ({said3})."),
    QT_TRANSLATE_NOOP("Engine", "Precision"),
    QT_TRANSLATE_NOOP("Engine", "Recall"),
    QT_TRANSLATE_NOOP("Engine", "all labels"),
    QT_TRANSLATE_NOOP("Engine", "{said} from list {a}"),
    QT_TRANSLATE_NOOP("Engine", "{n} interval {a}"),
    QT_TRANSLATE_NOOP("Engine", "no interval: too few groups were judged to see how they differ"),
    QT_TRANSLATE_NOOP("Engine", "{n} spans judged"),
    QT_TRANSLATE_NOOP("Engine", "{n} entities judged"),
    QT_TRANSLATE_NOOP("Engine", "{n} spans and entities judged"),
    QT_TRANSLATE_NOOP("Engine", "{n} more unsure and left out"),
    QT_TRANSLATE_NOOP("Engine", "speaking for {n} of the present result"),
    QT_TRANSLATE_NOOP("Engine", "drawn from a run that is gone"),
    QT_TRANSLATE_NOOP("Engine", "texts were added or changed since the sample was drawn"),
    QT_TRANSLATE_NOOP("Engine", "stratified by risk"),
    QT_TRANSLATE_NOOP("Engine", "{n} random sentences read whole"),
    QT_TRANSLATE_NOOP("Engine", "{n} sentences with gold labels"),
    QT_TRANSLATE_NOOP("Engine", "taken as drawn at random"),
    QT_TRANSLATE_NOOP("Engine", "Wilson"),
    QT_TRANSLATE_NOOP("Engine", "corrected for clusters"),
    QT_TRANSLATE_NOOP("Engine", "unlabelled tokens stratified by score"),
    QT_TRANSLATE_NOOP("Engine", "posterior of what is missed"),
    QT_TRANSLATE_NOOP("Engine", "joined with that of precision"),
    QT_TRANSLATE_NOOP("Engine", "{n} tokens judged"),
    # what a person did, as the log of the project has it
    QT_TRANSLATE_NOOP("Engine", "Accepted {n}"),
    QT_TRANSLATE_NOOP("Engine", "Rejected {n}"),
    QT_TRANSLATE_NOOP("Engine", "Left {n} undecided"),
    QT_TRANSLATE_NOOP("Engine", "{n} now {a}"),
    QT_TRANSLATE_NOOP("Engine", "{n} labelled {a} by hand"),
    QT_TRANSLATE_NOOP("Engine", "Moved a border"),
    QT_TRANSLATE_NOOP("Engine", "Never here"),
    QT_TRANSLATE_NOOP("Engine", "Version {a}"),
    QT_TRANSLATE_NOOP("Engine", "Sample of {n} ({said})"),
    QT_TRANSLATE_NOOP("Engine", "spans"),
    QT_TRANSLATE_NOOP("Engine", "sentences"),
    QT_TRANSLATE_NOOP("Engine", "tokens"),
    QT_TRANSLATE_NOOP("Engine", "Estimate: {said}"),
    QT_TRANSLATE_NOOP("Engine", "Import of {said}"),
    QT_TRANSLATE_NOOP("Engine", "Removal of list {a}"),
    QT_TRANSLATE_NOOP("Engine", "Removal of {said}"),
    QT_TRANSLATE_NOOP("Engine", "Judgement of {said}"),
    QT_TRANSLATE_NOOP("Engine", "Withdrawal of {said}"),
    QT_TRANSLATE_NOOP("Engine", "Change of {said}"),
    QT_TRANSLATE_NOOP("Engine", "1 document"),
    QT_TRANSLATE_NOOP("Engine", "{n} documents"),
    QT_TRANSLATE_NOOP("Engine", "1 gold span"),
    QT_TRANSLATE_NOOP("Engine", "{n} gold spans"),
    QT_TRANSLATE_NOOP("Engine", "1 span"),
    QT_TRANSLATE_NOOP("Engine", "{n} spans"),
    QT_TRANSLATE_NOOP("Engine", "1 judgement"),
    QT_TRANSLATE_NOOP("Engine", "{n} judgements"),
    QT_TRANSLATE_NOOP("Engine", "1 manual edit"),
    QT_TRANSLATE_NOOP("Engine", "{n} manual edits"),
    QT_TRANSLATE_NOOP("Engine", "1 relation"),
    QT_TRANSLATE_NOOP("Engine", "{n} relations"),
    QT_TRANSLATE_NOOP("Engine", "Relations by the same triples"),
    QT_TRANSLATE_NOOP("Engine", "Relations by {a}"),
    QT_TRANSLATE_NOOP("Engine", "New list {a}"),
    QT_TRANSLATE_NOOP("Engine", "Names of {a}"),
    QT_TRANSLATE_NOOP("Engine", "List {a} is now {b}"),
    QT_TRANSLATE_NOOP("Engine", "List {a} is labelled {b}"),
    QT_TRANSLATE_NOOP("Engine", "New order of the lists"),
    QT_TRANSLATE_NOOP("Engine", "{a} merged into {b}"),
    QT_TRANSLATE_NOOP("Engine", "Files that came with the archive"),
    QT_TRANSLATE_NOOP("Engine", "{a} never anywhere ({b})"),
    QT_TRANSLATE_NOOP("Engine", "{a} never anywhere"),
    QT_TRANSLATE_NOOP("Engine", "Language {a}, tokenizer {b}"),
    QT_TRANSLATE_NOOP("Engine", "Language of the sample"),
    QT_TRANSLATE_NOOP("Engine", "Proposed rule: {said}"),
    QT_TRANSLATE_NOOP("Engine", "New rules"),
    # what the offsets of a format count
    QT_TRANSLATE_NOOP("Engine", "code point"),
    QT_TRANSLATE_NOOP("Engine", "token"),
)

_HOLE: Final = re.compile(r"\{(\w+)\}")
_BETWEEN: Final = ("; ", ", ")


def told(text: str) -> str:
    """`text` of the engine in the language of the window; as it is where no kind of sentence fits."""
    said = _told(text)
    if said is not None:
        return said
    return next((mark.join(map(told, text.split(mark))) for mark in _BETWEEN if mark in text), text)


def _told(text: str) -> str | None:
    """`text` in the language of the window, one sentence or several; None where it is not made of known ones alone."""
    for mark in _BETWEEN if text not in SENTENCES else ():
        parts = [_told(part) for part in text.split(mark)] if mark in text else [None]
        if None not in parts:
            return mark.join(map(str, parts))
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            held = {name: told(part) if name.startswith("said") else part for name, part in found.groupdict().items()}
            return QCoreApplication.translate("Engine", sentence).format(**held)
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every kind of sentence with what fits it; those that say more before their first hole, then those that say more, first."""
    ordered = sorted(SENTENCES, key=lambda sentence: (-len(sentence.partition("{")[0]), -len(_HOLE.sub("", sentence))))
    return tuple((sentence, _pattern(sentence)) for sentence in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    """What fits `sentence` with anything in its holes, numbers alone where it says so."""
    parts = _HOLE.split(sentence)
    holes = [rf"(?P<{name}>[\d.,]+%?)" if name == "n" else f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(re.escape(part) + hole for part, hole in zip(parts[::2], [*holes, ""], strict=True)), re.DOTALL)
