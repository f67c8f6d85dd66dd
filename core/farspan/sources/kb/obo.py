"""Ontologies in the OBO format, parsed by fastobo: names, synonyms of the wanted scopes, and ``is_a`` as the hierarchy."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from farspan.errors import InputError, OptionError, place
from farspan.files import read_text
from farspan.sources.kb.naming import Concept, names_of

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.extraction import KbName
    from farspan.sources.kb.forms import Wanted
    from farspan.sources.rows import RowProblem

SCOPES: Final = ("exact", "narrow", "broad", "related")


def read_obo(path: str, wanted: Wanted, _: list[RowProblem], job: Job) -> Iterator[KbName]:
    """The terms of the ontology `path`, without the obsolete ones. Imports of other files are not followed.

    Raises InputError where it is no OBO, OptionError for an unknown scope of synonyms.
    """
    unknown = [scope for scope in wanted.synonyms if scope not in SCOPES]
    if unknown:
        raise OptionError(f"--synonyms {unknown[0]!r} is not possible", remedy=f"choose out of {', '.join(SCOPES)}")
    job.progress(0, None, "parsing OBO")
    found = [concept for frame in _frames(path, wanted.encoding) if (concept := _concept(frame, wanted.synonyms)) is not None]
    return names_of(found, wanted, path)


def _frames(path: str, encoding: str | None) -> Any:
    import fastobo  # noqa: PLC0415

    text = read_text(path, encoding)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return fastobo.load(io.BytesIO(text.encode("utf-8", "replace")))
    except SyntaxError as error:
        raise InputError(f"this is not OBO: {error.msg}", where=place(path, error.lineno), remedy="check the line") from error
    except (ValueError, TypeError, OSError) as error:
        raise InputError(f"this is not OBO: {error}", where=place(path), remedy="check the file") from error


def _concept(frame: Any, scopes: tuple[str, ...]) -> Concept | None:
    """The term of a frame; None for relations, instances and what is obsolete."""
    from fastobo import term  # noqa: PLC0415

    if not isinstance(frame, term.TermFrame):
        return None
    preferred, others, parents = [], [], []
    for clause in frame:
        match clause:
            case term.NameClause():
                preferred.append(("", clause.name))
            case term.SynonymClause() if clause.synonym.scope.lower() in scopes:
                others.append(("", clause.synonym.desc))
            case term.IsAClause():
                parents.append(str(clause.term))
            case term.IsObsoleteClause() if clause.obsolete:
                return None
    return Concept(str(frame.id), preferred, others, parents)
