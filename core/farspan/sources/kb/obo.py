r"""Ontologies in the OBO format: names, synonyms of the wanted scopes, and ``is_a`` as the hierarchy.

Real ontologies rarely keep to the grammar everywhere, so only the lines that are wanted are looked at: ``id``, ``name``,
``is_a``, ``is_obsolete``, ``synonym`` and its forms of OBO 1.0 (``exact_synonym`` ...) in the frames ``[Term]``. Behind a value
may stand ``{key="value"}`` and ``! a comment``; ``\n``, ``\t`` and ``\W`` are white space, and any other character behind a
backslash is itself. A line that cannot be read is a problem with its place, and the rest is read.
Source: OBO Flat File Format 1.4, and 1.2 for synonyms without a scope, which are RELATED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from farspan.errors import InputError, OptionError, Place, place
from farspan.files import read_text
from farspan.sources.kb.naming import Concept, names_of
from farspan.sources.rows import RowProblem

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.extraction import KbName
    from farspan.sources.kb.forms import Wanted

SCOPES: Final = ("exact", "narrow", "broad", "related")
_LINE: Final = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_FRAME: Final = re.compile(r"\[\s*(\w+)\s*\]\s*(?:!.*)?")
_COMMENT: Final = re.compile(r"(?<!\\)!")
_MODIFIERS: Final = re.compile(r'(?<!\\)\{[^{}"=]*=\s*"(?:[^"\\]|\\.)*"[^{}]*\}\s*$')
_SYNONYM: Final = re.compile(
    r'"((?:[^"\\]|\\.)*)"\s*(?:(exact|narrow|broad|related)\b)?\s*(?:[^\s\["{!]+\s*)?(?:[\[{!].*)?', re.IGNORECASE
)
_OLD_SYNONYM: Final = re.compile(r"(exact|narrow|broad|related)_synonym")
_ESCAPED: Final = re.compile(r"\\(.)")
_SPACES: Final = {"n": "\n", "t": "\t", "W": " "}


def read_obo(path: str, wanted: Wanted, problems: list[RowProblem], job: Job) -> Iterator[KbName]:
    """The terms of the ontology `path`, without the obsolete ones. Imports of other files are not followed.

    Raises InputError where it has no terms, or none that can be read, OptionError for an unknown scope of synonyms.
    """
    unknown = [scope for scope in wanted.synonyms if scope not in SCOPES]
    if unknown:
        raise OptionError(f"--synonyms {unknown[0]!r} is not possible", remedy=f"choose out of {', '.join(SCOPES)}")
    job.progress(0, None, "parsing OBO")
    terms = list(_terms(path, read_text(path, wanted.encoding), problems))
    if not terms:
        raise InputError("this is not OBO: there is no [Term] in it", where=place(path), remedy="check the file")
    if not any(term.id and term.names for term in terms) and problems:
        first = problems[0]
        raise InputError(f"this is not OBO: {first.what}", where=first.place, remedy="check the line")
    problems += [RowProblem(Place(place(path).path, term.line), "a term without an id") for term in terms if not term.id]
    found = [term.concept(wanted.synonyms) for term in terms if term.id and not term.is_obsolete]
    return names_of(found, wanted, path)


@dataclass(slots=True)
class _Term:
    """What is wanted of the frame of a term. synonyms: scope and text of each."""

    line: int
    id: str = ""
    names: list[str] = field(default_factory=list)
    synonyms: list[tuple[str, str]] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    is_obsolete: bool = False

    def concept(self, scopes: Sequence[str]) -> Concept:
        others = [("", text) for scope, text in self.synonyms if scope in scopes]
        return Concept(self.id, [("", name) for name in self.names], others, self.parents)

    def take(self, tag: str, value: str) -> str:
        """Take in a line; what is wrong with it, or "" if nothing is."""
        if tag == "synonym" or _OLD_SYNONYM.fullmatch(tag):
            return self._take_synonym(tag, value)
        if tag not in {"id", "name", "is_a", "is_obsolete"}:
            return ""
        plain = _plain(value)
        if not plain:
            return f"nothing stands behind {tag}:"
        if tag == "id":
            self.id = self.id or plain
        elif tag == "name":
            self.names.append(plain)
        elif tag == "is_a":
            self.parents.append(plain)
        else:
            self.is_obsolete |= plain == "true"
        return ""

    def _take_synonym(self, tag: str, value: str) -> str:
        found = _SYNONYM.fullmatch(value)
        text = _unescaped(found[1]).strip() if found else ""
        if found is None or not text:
            return f"no synonym: {value}"
        old = _OLD_SYNONYM.fullmatch(tag)
        self.synonyms.append(((old[1] if old else found[2] or "related").lower(), text))
        return ""


def _terms(path: str, text: str, problems: list[RowProblem]) -> Iterator[_Term]:
    """The terms of an ontology, one by one; a problem for each line that cannot be read."""
    term: _Term | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if frame := _FRAME.fullmatch(line):
            if term is not None:
                yield term
            term = _Term(number) if frame[1] == "Term" else None
        elif term is not None and line and not line.startswith("!"):
            found = _LINE.fullmatch(line)
            fault = term.take(found[1], found[2]) if found else f"no tag and value: {line}"
            if fault:
                problems.append(RowProblem(Place(place(path).path, number), fault))
    if term is not None:
        yield term


def _plain(value: str) -> str:
    """A value without the comment and the modifiers behind it; braces that hold no modifiers are part of it."""
    return _unescaped(_MODIFIERS.sub("", _COMMENT.split(value, maxsplit=1)[0].rstrip())).strip()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: _SPACES.get(found[1], found[1]), text)
