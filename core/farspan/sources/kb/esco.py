"""Tables of ESCO: occupations, skills and groups as CSV. The code of a concept is its id, or its address where it has none."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from farspan.errors import InputError, Place, place
from farspan.files import open_text
from farspan.sources.kb.extraction import KbName
from farspan.sources.rows import RowProblem

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.forms import Wanted

_NEEDED: Final = ("conceptUri", "preferredLabel")


def read_esco(path: str, wanted: Wanted, problems: list[RowProblem], _: Job) -> Iterator[KbName]:
    """The concepts of the table `path`; with aliases also what ``altLabels`` and ``hiddenLabels`` hold, a name a line."""
    with open_text(path, wanted.encoding) as file:
        reader = csv.reader((line + "\n" for line in file.lines()), strict=False)
        header = next(reader, [])
        columns = {name.strip().lstrip("\ufeff"): at for at, name in enumerate(header)}
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            raise InputError(
                f"no column {' and '.join(missing)}", where=place(path, 1), remedy="give a table of ESCO, or use --form table"
            )
        try:
            for cells in reader:
                row = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
                if not row["preferredLabel"]:
                    problems.append(RowProblem(Place(file.path, reader.line_num), "no preferredLabel"))
                    continue
                others = (row.get(name, "").split("\n") for name in ("altLabels", "hiddenLabels")) if wanted.aliases else ()
                aliases = dict.fromkeys(name.strip() for names in others for name in names if name.strip())
                aliases.pop(row["preferredLabel"], None)
                yield KbName(row["preferredLabel"], row.get("code", "") or row["conceptUri"], tuple(aliases))
        except csv.Error as error:
            raise InputError(f"not a row of columns ({error})", where=Place(file.path, reader.line_num)) from error
