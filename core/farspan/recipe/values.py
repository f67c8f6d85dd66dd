"""The kinds of value that a recipe holds, each with a check that says what it takes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from farspan.errors import FarspanError
from farspan.formats import FORMATS
from farspan.formats.schemes import SCHEMES
from farspan.options import CRITERIA, OPTIONS, SCOPES, Option
from farspan.relations.negative_plans import parse_negatives
from farspan.relations.options import RELATION_OPTIONS, parse_level
from farspan.sources.arguments import label_fault
from farspan.text.languages import primary_language
from farspan.text.tokenizers import TOKENIZERS

FAULT: Final = "farspan"


def fault(what: str, remedy: str) -> PydanticCustomError:
    """A fault of one value, with what to do about it."""
    return PydanticCustomError(FAULT, "{what}", {"what": what, "remedy": remedy})


def nearest(wrong: object, known: Iterable[str]) -> str:
    """The remedy for a wrong name out of a set of known ones: the one most like it first, then all."""
    names = list(known)
    alike = difflib.get_close_matches(str(wrong).lower(), names, n=1, cutoff=0.6)
    every = f"choose one of: {', '.join(names)}" if names else "take it out"
    return f"did you mean {alike[0]}? {every}" if alike else every


def _one_of(what: str, known: Iterable[str]) -> AfterValidator:
    names = tuple(known)

    def check(value: str) -> str:
        if value not in names:
            raise fault(f"no {what} is called {value!r}", nearest(value, names))
        return value

    return AfterValidator(check)


def _not_blank(value: str) -> str:
    if not value.strip() or "\0" in value:
        raise fault("no name stands here", "give the name of a file")
    if value == "-":
        raise fault("a recipe cannot read standard input or write to standard output", "name a file")
    return value


def _label(value: str) -> str:
    wrong = label_fault(value)
    if wrong:
        raise fault(f"the label {value!r} {wrong}", "choose one like PER, MOVIE or CREATIVE-WORK")
    return value


def _encoding(value: str) -> str:
    try:
        "".encode(value or "utf-8")
    except LookupError:
        raise fault(
            f"no encoding is called {value!r}", "write one such as utf-8, cp1252 or koi8-r, or take the line out"
        ) from None
    return value


def _language(value: str) -> str:
    try:
        primary_language(value)
    except FarspanError as error:
        raise fault(error.what, error.remedy) from None
    return value


def _said_by(parse: Callable[[str], object]) -> Callable[[str], str]:
    """A check that a text says something to `parse`, whose fault is that of the value."""

    def check(value: str) -> str:
        try:
            parse(value)
        except FarspanError as error:
            raise fault(error.what, error.remedy) from None
        return value

    return check


_level = _said_by(parse_level)


def _listed(value: object) -> object:
    """TOML's arrays are lists; a frozen value holds tuples."""
    return tuple(value) if isinstance(value, list) else value


def _options(values: object, there: Mapping[str, Option] = OPTIONS) -> object:
    """Option values by the option's own name, checked; all that is wrong is reported, each under its own key."""
    if not isinstance(values, Mapping):
        return values
    checked: dict[str, Any] = {}
    wrong: list[InitErrorDetails] = []
    for key, value in values.items():
        try:
            name, right = _option_value(key, value, there)
            if name in checked:
                raise fault(f"{name} stands here twice", "keep one of the two")
            checked[name] = right
        except PydanticCustomError as error:
            wrong.append(InitErrorDetails(type=error, loc=(key,), input=value))
    if wrong:
        raise ValidationError.from_exception_data("options", wrong)
    return checked


def _relation_options(values: object) -> object:
    """The same for the options of a relation."""
    checked = _options(values, RELATION_OPTIONS)
    if isinstance(checked, dict) and checked.get("level"):
        _level(checked["level"])
    return checked


def _option_value(key: str, value: object, there: Mapping[str, Option]) -> tuple[str, Any]:
    name = key.replace("-", "_")
    if name not in there:
        raise fault(f"no option is called {key!r}", nearest(name, there))
    known = there[name]
    if known.kind == "list" and isinstance(value, str):
        value = [value]
    try:
        right = known.check(value)
    except FarspanError as error:
        raise fault(error.what, f"{known.name} takes {_values(known)}") from None
    return known.name, _label(right) if name == "label" and right else right


def _values(known: Option) -> str:
    match known.kind:
        case "flag":
            return "true or false"
        case "list":
            return 'a list of texts, ["one", "two"], or "@FILE" with one a line'
        case "text":
            return "text, in quotes"
        case _:
            return known.values


def _writable() -> Iterable[str]:
    return ("auto", *(item.name for item in FORMATS.values() if item.write))


def _readable() -> Iterable[str]:
    return ("auto", *(item.name for item in FORMATS.values() if item.read))


def _named(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(check)


FileName = Annotated[str, _named(_not_blank)]
Label = Annotated[str, _named(_label)]
EncodingName = Annotated[str, _named(_encoding)]
Language = Annotated[str, _named(_language)]
TokenizerName = Annotated[str, _one_of("tokenizer", (*TOKENIZERS, "given"))]
NameTokenizerName = Annotated[str, _one_of("tokenizer for names", TOKENIZERS)]
InputFormat = Annotated[str, _one_of("format that can be read", _readable())]
OutputFormat = Annotated[str, _one_of("format that can be written", _writable())]
SchemeName = Annotated[str, _one_of("scheme", SCHEMES)]
CriterionName = Annotated[str, _one_of("criterion", CRITERIA)]
ScopeName = Annotated[str, _one_of("conflict policy", SCOPES)]
OptionValues = Annotated[dict[str, Any], BeforeValidator(_options)]
RelationOptionValues = Annotated[dict[str, Any], BeforeValidator(_relation_options)]
LevelName = Annotated[str, _named(_level)]
NegativesName = Annotated[str, _named(_said_by(parse_negatives))]
SplitName = Annotated[str, _one_of("split", ("pair", "entity", "document"))]
Listed = BeforeValidator(_listed)
