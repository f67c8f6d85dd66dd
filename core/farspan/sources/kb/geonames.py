"""Tables of GeoNames: places with feature class and code, and their names by language in a table of its own.

The columns are those of the readme of GeoNames' dumps, 19 of ``allCountries`` and 10 of ``alternateNamesV2``, without a header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from farspan.errors import InputError, OptionError, Place, place
from farspan.files import open_text
from farspan.sources.kb.extraction import KbName
from farspan.sources.rows import RowProblem
from farspan.wording import counted

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.forms import Wanted

_WIDTH: Final = 19
_ID, _NAME, _ASCII, _OTHERS, _CLASS, _CODE = 0, 1, 2, 3, 6, 7
_CLASSES: Final = "AHLPRSTUV"
_NO_LANGUAGES: Final = {"link", "post", "iata", "icao", "faac", "fr_1793", "abbr", "wkdt", "unlc", "tcid", "phon", "piny"}


@dataclass(slots=True)
class _Local:
    """The names of a place in one language: the preferred one first."""

    names: list[str] = field(default_factory=list)
    has_preferred: bool = False


def read_geonames(path: str, wanted: Wanted, problems: list[RowProblem], job: Job) -> Iterator[KbName]:
    """The places of the table `path` of a wanted feature class (P) or code (P.PPLC or PPLC).

    With a table of alternate names, the name is the preferred one in the first of the languages that has one, and a place
    that none has one for is left out; without, it is GeoNames' own.
    """
    if wanted.langs and wanted.alternates is None:
        raise OptionError(
            "the names by language are in a table of their own", remedy="name it: --alternate-names alternateNamesV2.txt"
        )
    _check_features(wanted.features)
    places = _rows(path, wanted, problems, job)
    if wanted.alternates is None:
        for cells in places:
            others = [cells[_ASCII], *cells[_OTHERS].split(",")] if wanted.aliases else []
            yield KbName(cells[_NAME], cells[_ID], _distinct(others, cells[_NAME]))
        return
    ids = {int(cells[_ID]) for cells in places}
    local = _alternates(wanted.alternates, ids, wanted, job)
    for cells in _rows(path, wanted, [], job):
        by_lang = [found.names for lang in wanted.langs if (found := local.get((int(cells[_ID]), lang))) is not None]
        names = [name for found in by_lang for name in found] if wanted.langs else [cells[_NAME]]
        if names:
            yield KbName(names[0], cells[_ID], _distinct(names[1:], names[0]) if wanted.aliases else ())


def _check_features(features: Sequence[str]) -> None:
    for feature in features:
        if not feature.isascii() or not feature.isupper() or (len(feature.partition(".")[0]) == 1 and feature[0] not in _CLASSES):
            raise OptionError(
                f"--feature {feature!r} is no feature of GeoNames",
                remedy="write a class (P: cities, A: countries) or a code (P.PPLC, PPLC)",
            )


def _distinct(names: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other.strip() for other in names if other.strip() and other.strip() != name))


def _rows(path: str, wanted: Wanted, problems: list[RowProblem], job: Job) -> Iterator[list[str]]:
    features = set(wanted.features)
    with open_text(path, wanted.encoding) as file:
        is_geonames = False
        for number, line in enumerate(file.lines(), 1):
            cells = line.removesuffix("\r").split("\t")
            if number % 50_000 == 0:
                job.progress(file.bytes_read, file.size, "reading places")
            if len(cells) != _WIDTH or not cells[_ID].isdecimal() or not cells[_NAME].strip():
                if line.strip():
                    problems.append(RowProblem(Place(file.path, number), f"{counted(len(cells), 'column')}, or no id or name"))
                if number > 100 and not is_geonames:
                    raise InputError(
                        f"no row has the {_WIDTH} columns of GeoNames",
                        where=place(path),
                        remedy="give allCountries.txt or a country's",
                    )
                continue
            is_geonames = True
            kind, code = cells[_CLASS], cells[_CODE]
            if not features or kind in features or code in features or f"{kind}.{code}" in features:
                yield cells


def _alternates(path: str, ids: set[int], wanted: Wanted, job: Job) -> dict[tuple[int, str], _Local]:
    """The names of the wanted places by place and language; colloquial and historic ones only as aliases, at the end."""
    found: dict[tuple[int, str], _Local] = {}
    late: list[tuple[tuple[int, str], str]] = []
    langs = set(wanted.langs) - _NO_LANGUAGES
    with open_text(path, wanted.encoding) as file:
        for number, line in enumerate(file.lines(), 1):
            if number % 50_000 == 0:
                job.progress(file.bytes_read, file.size, "reading alternate names")
            cells = line.removesuffix("\r").split("\t")
            if len(cells) < 4 or cells[2] not in langs or not cells[1].isdecimal() or int(cells[1]) not in ids:
                continue
            preferred, _, colloquial, historic = [*cells[4:8], "", "", "", ""][:4]
            key = int(cells[1]), cells[2]
            if colloquial == "1" or historic == "1":
                late.append((key, cells[3]))
                continue
            local = found.setdefault(key, _Local())
            is_first = preferred == "1" and not local.has_preferred
            local.names.insert(0 if is_first else len(local.names), cells[3])
            local.has_preferred |= is_first
    for key, name in late:
        if key in found:
            found[key].names.append(name)
    return found
