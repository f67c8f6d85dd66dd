"""What the engine says in words, told in the language of the window.

The engine speaks English and knows no Qt: reasons, causes, signs and the log come as finished sentences. Each kind of sentence is
listed here with names for what stands in it: ``{a}`` is data, ``{n}`` a number, ``{said}`` a sentence that is told in turn. What
is not listed is shown as it is. `IN_THE_WINDOW` has those that speak of a command line, which nobody here has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from farspan.errors import FarspanError
from farspan_app.gui.numbers import renumbered
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
    QT_TRANSLATE_NOOP("Engine", "{n} interval {n2}"),
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
    # what was wrong with the rows of a list
    QT_TRANSLATE_NOOP("Engine", "skipped"),
    QT_TRANSLATE_NOOP("Engine", "repaired"),
    QT_TRANSLATE_NOOP("Engine", "blank row"),
    QT_TRANSLATE_NOOP("Engine", "blank line"),
    QT_TRANSLATE_NOOP("Engine", "blank name"),
    QT_TRANSLATE_NOOP("Engine", "the name {a} is all punctuation"),
    QT_TRANSLATE_NOOP("Engine", "a line break or tab inside the name"),
    QT_TRANSLATE_NOOP("Engine", "invisible characters around the name"),
    QT_TRANSLATE_NOOP("Engine", "{n} columns where the header has {n2}"),
    QT_TRANSLATE_NOOP("Engine", "1 column where the header has {n}"),
    QT_TRANSLATE_NOOP("Engine", "the label {a} contains white space"),
    QT_TRANSLATE_NOOP("Engine", "the label {a} begins with a dash"),
    QT_TRANSLATE_NOOP("Engine", "the label {a} contains a character that cannot be shown"),
    QT_TRANSLATE_NOOP("Engine", "choose one like PER, MOVIE or CREATIVE-WORK"),
    QT_TRANSLATE_NOOP("Engine", "no usable name"),
    QT_TRANSLATE_NOOP("Engine", "give at least one name"),
    QT_TRANSLATE_NOOP("Engine", "the list is empty"),
    QT_TRANSLATE_NOOP("Engine", "the file is empty"),
    QT_TRANSLATE_NOOP("Engine", "no column {a}"),
    QT_TRANSLATE_NOOP("Engine", "byte {a} at offset {n} is not {b} text"),
    QT_TRANSLATE_NOOP("Engine", "its encoding cannot be made out"),
    QT_TRANSLATE_NOOP("Engine", "the rest of the file is left out"),
    # what the offsets of a format count
    QT_TRANSLATE_NOOP("Engine", "code point"),
    QT_TRANSLATE_NOOP("Engine", "token"),
)

_GUESSED: Final = QT_TRANSLATE_NOOP("Engine", "not UTF-8; read as {a}, which is a guess: if it is wrong, choose another encoding")
_OPEN_AGAIN: Final = QT_TRANSLATE_NOOP("Engine", "close the project and open it again")
_RELATE: Final = "`farspan relate --project P --kb KB`"
IN_THE_WINDOW: Final = {
    # files, their encodings and formats
    "not UTF-8; read as {a}, name another with --encoding if that is wrong": _GUESSED,
    "not UTF-8; read as {a}, which is a guess": _GUESSED,
    "repair it, or name the encoding with --encoding ({a})": QT_TRANSLATE_NOOP(
        "Engine", "repair it, or choose another encoding ({a})"
    ),
    "give a text file; if it is UTF-16 without a byte order mark, say --encoding utf-16-le": QT_TRANSLATE_NOOP(
        "Engine", "give a text file; if it is UTF-16 without a byte order mark, choose the encoding utf-16"
    ),
    "name it with --encoding, if this is a text file": QT_TRANSLATE_NOOP("Engine", "if this is a text file, choose its encoding"),
    "name another with --input-format": QT_TRANSLATE_NOOP("Engine", "choose another format"),
    '"{a}" looks like spans and is kept as meta; only "spans" is read, --input-format names another tool': QT_TRANSLATE_NOOP(
        "Engine", '"{a}" looks like spans and is kept as meta; only "spans" is read: choose the format of another tool'
    ),
    "save its text as a .txt file; --input-format text takes it as is": QT_TRANSLATE_NOOP(
        "Engine", "save its text as a .txt file; as the format text it is taken as it is"
    ),
    'give one object a line with a "text", or name its form with --input-format': QT_TRANSLATE_NOOP(
        "Engine", 'give one object a line with a "text", or choose its format'
    ),
    "say with --token-column and --tag-column (0: none) which hold the words and the tags": QT_TRANSLATE_NOOP(
        "Engine", "choose the columns of the token and of the tag"
    ),
    "put the line right, or say with --tag-column which column has the names": QT_TRANSLATE_NOOP(
        "Engine", "put the line right, or choose the column of the tag"
    ),
    "say --format with one of: {a}": QT_TRANSLATE_NOOP("Engine", "choose one of these formats: {a}"),
    # lists, knowledge bases and triples
    "there is {a}: choose one with '{b}?{c}=COLUMN'": QT_TRANSLATE_NOOP("Engine", "there is {a}: choose one of these columns"),
    "there is {a}: choose, 'FILE?subject=COLUMN&object=COLUMN', --property": QT_TRANSLATE_NOOP(
        "Engine", "there is {a}: choose one of these columns"
    ),
    "give --type the whole address or id": QT_TRANSLATE_NOOP("Engine", "give the whole address or id of the class"),
    "give --type an id, a code or a label that is there": QT_TRANSLATE_NOOP(
        "Engine", "give an id, a code or a label of a class that is there"
    ),
    "name it: --alternate-names alternateNamesV2.txt": QT_TRANSLATE_NOOP(
        "Engine", "choose it, for example alternateNamesV2.txt, as the names by language"
    ),
    "--synonyms {a} is not possible": QT_TRANSLATE_NOOP("Engine", "there are no synonyms of the kind {a}"),
    "fetch it again, or take what is there with --partial": QT_TRANSLATE_NOOP(
        "Engine", "fetch it again, or tick that the dump may be cut off"
    ),
    "wait longer with --timeout, or take a part of the file": QT_TRANSLATE_NOOP("Engine", "take a part of the file"),
    "write --type Q515, or Q515=LOC; wikidata.org shows the Q number of a class": QT_TRANSLATE_NOOP(
        "Engine", "write Q515, or Q515=LOC; wikidata.org shows the Q number of a class"
    ),
    "write --property P57, or P57=director": QT_TRANSLATE_NOOP("Engine", "write P57, or P57=director"),
    "write --lang am or --lang am,en": QT_TRANSLATE_NOOP("Engine", "write am, or am,en"),
    "try --lang {a}": QT_TRANSLATE_NOOP("Engine", "try the language {a}"),
    "--{a} means nothing for the form {b}": QT_TRANSLATE_NOOP("Engine", "{a} means nothing for the kind {b}"),
    "leave it out, or name the form: --form": QT_TRANSLATE_NOOP("Engine", "leave it out, or choose another kind"),
    "check what was asked for: --lang, --type, --feature": QT_TRANSLATE_NOOP(
        "Engine", "check the languages, classes and features that were asked for"
    ),
    "give a table of ESCO, or use --form table": QT_TRANSLATE_NOOP("Engine", "give a table of ESCO, or import it as a list"),
    "give it to `annotate --list` as it is": QT_TRANSLATE_NOOP("Engine", "import it as a list"),
    "give a table that --subclasses wrote, or remove it and it is made anew": QT_TRANSLATE_NOOP(
        "Engine", "remove it, and it is made anew"
    ),
    "make room on the disk; the same command then goes on from here": QT_TRANSLATE_NOOP(
        "Engine", "make room on the disk, then begin again: it goes on from here"
    ),
    "give a file, or leave out --lang, --type and --names": QT_TRANSLATE_NOOP("Engine", "give a file"),
    # rules, measurements and relations
    "choose --lang out of {a}; or give a table: lemma=FILE with word<TAB>lemma a line": QT_TRANSLATE_NOOP(
        "Engine", "choose the language out of {a}, or give a file with a word, a tab and its lemma a line"
    ),
    "choose --tokenizer unicode or characters, or bring text that is already cut into tokens": QT_TRANSLATE_NOOP(
        "Engine", "let the tokens be cut by unicode or characters, or bring text that is already cut into tokens"
    ),
    "choose a --tokenizer other than given": QT_TRANSLATE_NOOP("Engine", "let the tokens be cut by another tokenizer than given"),
    "judge more with `farspan judge`, or leave out --confidence": QT_TRANSLATE_NOOP("Engine", "judge more in the Errors tab"),
    "judge them: `farspan judge`": QT_TRANSLATE_NOOP("Engine", "judge them in the Errors tab"),
    "read those that are drawn: `farspan judge`": QT_TRANSLATE_NOOP("Engine", "read those that are drawn, in the Errors tab"),
    "draw one with `farspan sample`": QT_TRANSLATE_NOOP("Engine", "draw one in the Errors tab"),
    "run the project again with `farspan project run`": _OPEN_AGAIN,
    "make one with `farspan project run`": _OPEN_AGAIN,
    "add them with `farspan project add PROJECT {a}`": QT_TRANSLATE_NOOP("Engine", "import them"),
    "choose one that `farspan project info` lists": QT_TRANSLATE_NOOP("Engine", "choose one that is there"),
    f"find them with {_RELATE}": QT_TRANSLATE_NOOP("Engine", "find them in the Relations tab"),
    f"give one with {_RELATE}": QT_TRANSLATE_NOOP("Engine", "find relations in the Relations tab"),
    "say which relation is one: --relation hierarchy=subclass_of, or R.hierarchy=...": QT_TRANSLATE_NOOP(
        "Engine", "say in the rules which relation is one"
    ),
}
"""What the engine says to those who type commands -> the same for those who see a window."""

_HOLE: Final = re.compile(r"\{(\w+)\}")
_BETWEEN: Final = ("; ", ", ")
_NUMBER: Final = r"[\d.,]+%?(?:[-–][\d.,]+%?)?"


def told(text: str) -> str:
    """`text` of the engine in the language of the window; as it is where no kind of sentence fits."""
    said = _told(text)
    if said is not None:
        return said
    return next((mark.join(map(told, text.split(mark))) for mark in _BETWEEN if mark in text), text)


def told_fault(error: BaseException) -> str:
    """The message of `error`: where, what, and what to do about it."""
    if not isinstance(error, FarspanError):
        return repr(error)
    said = "; ".join(told(part) for part in (error.what, error.remedy) if part)
    return said if error.where is None else f"{error.where}: {said}"


def told_notice(notice: str) -> str:
    """``FILE:LINE: what was put right`` with what was done told; the place stays."""
    where, mark, what = notice.partition(": ")
    return f"{where}{mark}{told(what)}" if mark else told(notice)


def _told(text: str) -> str | None:
    """`text` in the language of the window, one sentence or several; None where it is not made of known ones alone."""
    for mark in _BETWEEN if text not in _shown() else ():
        parts = [_told(part) for part in text.split(mark)] if mark in text else [None]
        if None not in parts:
            return mark.join(map(str, parts))
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            held = {name: _held(name, part) for name, part in found.groupdict().items()}
            return QCoreApplication.translate("Engine", _shown()[sentence]).format(**held)
    return None


def _held(hole: str, part: str) -> str:
    """What stands in a hole, as it is shown."""
    if hole.startswith("said"):
        return told(part)
    return renumbered(part) if hole.startswith("n") else part


@cache
def _shown() -> dict[str, str]:
    """Every kind of sentence of the engine, and what the window says for it in English."""
    return {sentence: sentence for sentence in SENTENCES} | IN_THE_WINDOW


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every kind of sentence with what fits it; those that say more before their first hole, then those that say more, first."""
    ordered = sorted(_shown(), key=lambda sentence: (-len(sentence.partition("{")[0]), -len(_HOLE.sub("", sentence))))
    return tuple((sentence, _pattern(sentence)) for sentence in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    """What fits `sentence` with anything in its holes, numbers alone where it says so."""
    parts = _HOLE.split(sentence)
    holes = [rf"(?P<{name}>{_NUMBER})" if name[0] == "n" else f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(re.escape(part) + hole for part, hole in zip(parts[::2], [*holes, ""], strict=True)), re.DOTALL)
