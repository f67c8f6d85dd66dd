"""Every matching option, defined once.

The fields of `MatchingOptions` are the definition: their metadata gives type, range, help and the first step of the
pipeline that a change touches. Rule sets, the recipe, ``--set`` on the command line, the tuning panel and the generated
reference are all made from `OPTIONS`; nothing about an option is written down anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from enum import IntEnum
from typing import Any, Final, Literal, get_args

from farspan.errors import OptionError

Case = Literal["exact", "first", "ignore", "smart"]
Fold = Literal["keep", "fold"]
Split = Literal["off", "parts", "first_last"]
Boundary = Literal["token", "anywhere"]


class Step(IntEnum):
    """The steps of a run, in order. A changed option is re-run from the first step it touches."""

    NAMES = 1
    PROFILE = 2
    MATCH = 3
    FILTER = 4
    DECIDE = 5


@dataclass(frozen=True, slots=True)
class Option:
    """What is to be known of one option: enough to check a value, to make a control for it and to write its documentation."""

    name: str
    kind: Literal["flag", "text", "choice", "number", "fraction", "list"]
    default: Any
    help: str
    touches: Step
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    file: bool = False  # a value may be the name of a file

    def parse(self, text: str) -> Any:
        """The value that `text` means, as typed on a command line. Raises OptionError."""
        match self.kind:
            case "flag":
                return _FLAGS.get(text.strip().lower(), text)
            case "number":
                return int(text) if text.strip().lstrip("-").isdecimal() else text
            case "fraction":
                return _number(text)
            case "list":
                return tuple(part.strip() for part in text.split(",") if part.strip())
            case _:
                return text.strip()

    def check(self, value: Any) -> Any:
        """`value` in the option's own type. Raises OptionError where it does not fit."""
        match self.kind:
            case "flag" if isinstance(value, bool):
                return value
            case "number" if isinstance(value, int) and not isinstance(value, bool) and self._is_in_range(value):
                return value
            case "fraction" if isinstance(value, (int, float)) and not isinstance(value, bool) and self._is_in_range(value):
                return float(value)
            case "list" if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
                return tuple(value)
            case "choice" if value in self.choices:
                return value
            case "text" if isinstance(value, str):
                return value
        raise OptionError(f"{self.name}={value!s} is not possible", remedy=f"{self.name} takes {self.values}")

    def _is_in_range(self, value: float) -> bool:
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)

    @property
    def values(self) -> str:
        """What the option takes, in words."""
        match self.kind:
            case "flag":
                return "yes or no"
            case "choice":
                return ", ".join(self.choices[:-1]) + f" or {self.choices[-1]}" if len(self.choices) > 1 else self.choices[0]
            case "number":
                upper = "" if self.maximum is None else f" to {self.maximum}"
                return "a whole number" if self.minimum is None else f"a whole number from {self.minimum}{upper}"
            case "fraction":
                return f"a number from {self.minimum} to {self.maximum}"
            case "list":
                return "values separated by commas, or @FILE with one a line"
            case _:
                return "text"


_FLAGS: Final = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


def _number(text: str) -> Any:
    """The number that `text` writes, or `text` where it writes none."""
    try:
        return float(text)
    except ValueError:
        return text


def _option(default: Any, help: str, touches: Step, **more: Any) -> Any:
    return field(default=default, metadata={"help": help, "touches": touches, **more})


@dataclass(frozen=True, slots=True)
class MatchingOptions:
    """How one source is matched. Defaults are neutral: exact case, nothing folded, nothing left out."""

    active: bool = _option(True, "use this source", Step.DECIDE)
    label: str = _option("", "what a match is called; empty: the label given with the list", Step.DECIDE)
    aliases: bool = _option(True, "match aliases too", Step.NAMES)
    case: Case = _option(
        "exact",
        "exact; first: the case of a name's first character is ignored; ignore; smart: exact for short or all-capital"
        " names, ignored for the rest, a sentence-initial capital forgiven",
        Step.PROFILE,
    )
    diacritics: Fold = _option(
        "keep", "fold: compare without accents, and letters such as ł ø đ as l o d; NFC and NFD never matter", Step.PROFILE
    )
    marks: Fold = _option(
        "keep", "fold: compare without tatweel, zero-width joiners, Arabic and Hebrew vowel signs, IPA stress", Step.PROFILE
    )
    lemma: str = _option(
        "off",
        "compare lemmas, word by word: on (simplemma, for the language of the text), column (the lemma column of the input; names"
        " stand as lemmas or as forms), a file with word<TAB>lemma a line, or spacy:MODEL; unlike forms score 0.95",
        Step.PROFILE,
        file=True,
    )
    prefixes: tuple[str, ...] = _option(
        (),
        "what may be taken from the beginning of a word of the text before it is compared, such as በ- or al-: at most one a word;"
        " two characters must be left (one of Chinese or Ethiopic); score 0.95",
        Step.PROFILE,
    )
    suffixes: tuple[str, ...] = _option(
        (),
        "what may be taken from the end of a word of the text before it is compared, such as -st or -le: at most one a word, and"
        " one prefix with it; two characters must be left (one of Chinese or Ethiopic); score 0.95",
        Step.PROFILE,
    )
    split: Split = _option(
        "off",
        "also match parts of a name that white space separates: parts (each of them) or first_last (the first and the last);"
        " not parts of one character, stop words of the language, and small words of a capitalised name; score 0.9",
        Step.NAMES,
    )
    fuzzy: int = _option(
        0,
        "letters that may be inserted, left out or replaced in a word: 1 from 5 characters, 2 from 9, none in shorter words and"
        " numbers; a place that holds another name of the list exactly is not matched; score 1 - edits / characters",
        Step.MATCH,
        minimum=0,
        maximum=2,
    )
    min_length: int = _option(0, "shortest name that is matched, in characters as a reader counts them", Step.FILTER, minimum=0)
    min_tokens: int = _option(0, "shortest name that is matched, in tokens", Step.FILTER, minimum=0)
    exclude: tuple[str, ...] = _option((), "names that are never matched", Step.FILTER)
    stopwords: str = _option(
        "", "names equal to a stop word are not matched: a language (es) or a file with one word a line", Step.FILTER, file=True
    )
    left: tuple[str, ...] = _option(
        (),
        "the word before a match, in its sentence, must be one of these: a word, one with * for any letters, or /a regular"
        " expression/; ^ is the beginning of a sentence; compared as case, diacritics, marks and lemma say",
        Step.FILTER,
    )
    right: tuple[str, ...] = _option((), "the word after a match must be one of these; $ is the end of a sentence", Step.FILTER)
    not_left: tuple[str, ...] = _option((), "the word before a match must be none of these", Step.FILTER)
    not_right: tuple[str, ...] = _option((), "the word after a match must be none of these", Step.FILTER)
    pos: tuple[str, ...] = _option(
        (),
        "one word of a match must have one of these parts of speech, such as PROPN, in the column upos, pos or xpos of the input",
        Step.FILTER,
    )
    max_risk: float = _option(
        1.0,
        "names of higher risk are not matched; the risk orders the names of a list by ten signs of error that need no gold, such"
        " as the share of lower-case uses in the corpus, from 0 (the safest) to 1; it looks at the whole corpus at once",
        Step.FILTER,
        minimum=0,
        maximum=1,
    )
    across_sentences: bool = _option(False, "let a match run over the end of a sentence", Step.FILTER)
    join: bool = _option(
        False,
        "matches of one label that touch, or that a hyphen joins, become one span (first name and surname); all their lists must"
        " say so",
        Step.DECIDE,
    )
    extend: int = _option(
        0,
        "words with a capital that follow a match, belong to no other, and become part of it; at most so many",
        Step.DECIDE,
        minimum=0,
        maximum=9,
    )
    priority: int = _option(0, "higher wins over lower where matches compete", Step.DECIDE)
    boundary: Boundary = _option(
        "token",
        "where a match may begin and end: at a token, or anywhere, for scripts without spaces and for compounds (Berlin in"
        " Berlinreise); anywhere compares character by character, and lengths of matches are then counted in characters",
        Step.MATCH,
    )

    def changed(self, values: Mapping[str, Any]) -> MatchingOptions:
        """These options with `values` (already of the right types) put in. Raises OptionError for unknown names or bad values."""
        return replace(self, **{name: option(name).check(value) for name, value in values.items()})


def described(item: Field[Any], choices_of: Mapping[str, Any]) -> Option:
    """The option that the field `item` of a dataclass defines; choices_of: the Literal types of options that are a choice."""
    more = dict(item.metadata)
    choices = get_args(choices_of.get(item.name))
    match item.default:
        case bool():
            kind = "flag"
        case int():
            kind = "number"
        case float():
            kind = "fraction"
        case tuple():
            kind = "list"
        case _:
            kind = "choice" if choices else "text"
    return Option(item.name, kind, item.default, choices=choices if kind == "choice" else (), **more)  # type: ignore[arg-type]


_CHOICES: Final[Mapping[str, Any]] = {
    "case": Case,
    "diacritics": Fold,
    "marks": Fold,
    "split": Split,
    "boundary": Boundary,
}

OPTIONS: Final[Mapping[str, Option]] = {item.name: described(item, _CHOICES) for item in fields(MatchingOptions)}


def option(name: str) -> Option:
    """The option called `name` (dashes count as underscores). Raises OptionError if there is none."""
    found = OPTIONS.get(name.replace("-", "_"))
    if found is None:
        raise OptionError(f"no option is called {name!r}", remedy=f"choose one of: {', '.join(OPTIONS)}")
    return found


Criterion = Literal["length", "priority", "source", "score", "left"]
Scope = Literal["greedy", "optimal", "cluster"]

CRITERIA: Final[tuple[Criterion, ...]] = get_args(Criterion)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class ConflictPolicy:
    """Which of several overlapping candidates are kept.

    criteria: compared in this order; what they leave equal goes to the earlier start, the longer match, and then by the alphabet:
    the first list, the first name. scope: greedy keeps the best, then the best of what is left, and so on; optimal keeps the set
    with the best total; cluster keeps one for each chain of overlaps (ANEA's rule). nested: matches inside a kept one are kept
    as a second layer.
    """

    criteria: tuple[Criterion, ...] = CRITERIA
    scope: Scope = "greedy"
    nested: bool = False

    def __post_init__(self) -> None:
        for name in self.criteria:
            if name not in CRITERIA:
                raise OptionError(f"no criterion is called {name!r}", remedy=f"choose out of: {', '.join(CRITERIA)}")
        if len(set(self.criteria)) < len(self.criteria):
            raise OptionError(f"a criterion stands twice in {','.join(self.criteria)}", remedy="name each once")
        if self.scope not in SCOPES:
            raise OptionError(f"no conflict policy is called {self.scope!r}", remedy=f"choose one of: {', '.join(SCOPES)}")
