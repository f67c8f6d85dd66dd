"""Lists as text: a name a line, comma-separated or tab-separated columns."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from farspan.errors import InputError, place
from farspan.sources.rows import SEPARATOR, RowProblem, Rows, choose_columns
from farspan.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from farspan.sources.arguments import Columns

_DELIMITERS: Final = (",", ";", "\t")


def split_lines(text: str) -> list[str]:
    """The lines of `text`, which end with LF or CRLF and nothing else; blank lines at the end are left out."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\n" not in text:
            text = text.replace("\r", "\n")
    return text.rstrip("\n").split("\n") if text.strip("\n") else []


def read_names(text: str, path: str) -> Rows:
    """A name a line. Nothing is a comment: ``#MeToo`` is a name."""
    lines = split_lines(text)
    while lines and not lines[-1].strip():
        lines.pop()
    return Rows(path, range(1, len(lines) + 1), list(lines), total=len(lines))


def read_tsv(text: str, path: str, wanted: Columns) -> Rows:
    """Tab-separated columns under a header. A cell in double quotes loses them; it never spans lines."""
    cells = [line.split("\t") for line in split_lines(text)]
    if '"' in text:
        cells = [[_unquote(cell) for cell in row] if any(cell[:1] == '"' for cell in row) else row for row in cells]
    return _table(cells, range(1, len(cells) + 1), path, wanted, [])


def _unquote(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def read_csv(text: str, path: str, wanted: Columns) -> Rows:
    """Comma-separated columns under a header; semicolons or tabs if the header has more of those."""
    lines = split_lines(text)
    header = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        cells = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        cells = []
    if len(cells) == len(lines):
        return _table(cells, range(1, len(lines) + 1), path, wanted, [])
    problems: list[RowProblem] = []
    numbered = list(_records(lines, delimiter, path, problems))
    return _table([row for _, row in numbered], [line for line, _ in numbered], path, wanted, problems)


def _records(lines: list[str], delimiter: str, path: str, problems: list[RowProblem]) -> Iterator[tuple[int, list[str]]]:
    """Each record with its first line. After a bad record, reading goes on with the line after its first."""
    start = 0
    while start < len(lines):
        feed = (lines[i] + "\n" for i in range(start, len(lines)))
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        taken = 0
        try:
            for row in reader:
                yield start + taken + 1, row
                taken = reader.line_num
            return
        except csv.Error as error:
            problems.append(RowProblem(place(path, start + taken + 1), _fault(str(error))))
            start += taken + 1


def _fault(error: str) -> str:
    if "unexpected end" in error or "larger than" in error:
        return "a quotation mark opens a cell here and nothing closes it, or the cell is too long"
    if "expected after" in error:
        return "a quotation mark closes a cell and text follows before the next separator"
    return f"not a row of columns ({error})"


def _table(cells: list[list[str]], lines: Sequence[int], path: str, wanted: Columns, problems: list[RowProblem]) -> Rows:
    if not cells:
        raise InputError("the list is empty", where=place(path), remedy="give a header such as name,id and a row for each name")
    header = [cell.strip() for cell in cells[0]]
    total = len(cells) - 1 + len(problems)
    columns = choose_columns(path, header, wanted)
    rows, numbers = _even_rows(cells[1:], lines[1:], len(header), path, problems)
    column = {role: [row[header.index(name)] for row in rows] for role, name in columns.items()}
    return Rows(
        path,
        numbers,
        list(column["name"]),
        ids=_ids(column.get("id")),
        aliases=_split_cells(column.get("aliases")),
        labels=None if "label" not in column else list(column["label"]),
        columns=tuple(header),
        total=total,
        problems=problems,
    )


def _even_rows(
    rows: list[list[str]], lines: Sequence[int], width: int, path: str, problems: list[RowProblem]
) -> tuple[list[list[str]], Sequence[int]]:
    """The rows that have as many cells as the header, with their lines; the others become problems."""
    if set(map(len, rows)) <= {width}:
        return rows, lines
    good: list[list[str]] = []
    numbers: list[int] = []
    for row, line in zip(rows, lines, strict=True):
        if len(row) == width or (not any(row[width:]) and len(row) > width):
            good.append(row)
            numbers.append(line)
        elif not any(cell.strip() for cell in row):
            problems.append(RowProblem(place(path, line), "blank row"))
        else:
            problems.append(RowProblem(place(path, line), f"{counted(len(row), 'column')} where the header has {width}"))
    return good, numbers


def _ids(cells: list[str] | None) -> list[str] | list[list[str]] | None:
    """One id a row as it stands; split only where a row may have several."""
    return cells if cells is None or not any(SEPARATOR in cell for cell in cells) else _split_cells(cells)


def _split_cells(cells: list[str] | None) -> list[list[str]] | None:
    if cells is None:
        return None
    return [cell.split(SEPARATOR) if cell else [] for cell in cells]
