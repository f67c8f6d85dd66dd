"""A report as Markdown: the same content, figures as the tables they were drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from farspan.audit.report.blocks import BANDS, Block, Figure, Heading, Paragraph, Report, Table
from farspan.audit.report.html import shown

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#"})


def write_markdown(report: Report) -> str:
    """The report as Markdown with tables."""
    parts = [f"# {_plain(report.title)}", *map(_plain, report.lead)]
    for band in report.bands:
        title, meaning = BANDS[band.kind]
        parts += [f"## {title}", f"*{meaning}*"]
        parts += [part for block in band.blocks for part in _block(block)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"### {_plain(text)}"
        case Paragraph(text, "quote" | "warning"):
            yield f"> {_plain(text)}"
        case Paragraph(text, _):
            yield _plain(text)
        case Table():
            yield from _table(block)
        case Figure(_, caption, table):
            if table is not None:
                yield _plain(caption)
                yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _plain(table.caption)
    numeric = [all(not isinstance(row[i], str) for row in table.rows) for i in range(len(table.header))]
    lines = [
        _row(table.header),
        "|" + "|".join(" ---: " if is_number else " --- " for is_number in numeric) + "|",
        *(_row([shown(value) for value in row]) for row in table.rows),
    ]
    yield "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)
