"""A report as one HTML file: nothing is fetched, light and dark, readable on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from farspan.audit.report.blocks import BANDS, Band, Block, Figure, Heading, Paragraph, Report, Table

_STYLE: Final = """
:root {
  color-scheme: light dark;
  --ink: #1c2024; --soft: #5a636b; --page: #fff; --line: #d5dade; --blue: #1f6fb2; --on: #fff;
  --measured: #1f7a4d; --signals: #b35c00; --counts: #5a636b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e8ea; --soft: #a2abb3; --page: #16191c; --line: #3a4147; --blue: #6cb4ee; --on: #0d1114;
    --measured: #62c794; --signals: #f0a04b; --counts: #a2abb3;
  }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; background: var(--page); color: var(--ink) }
body { font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 1.7rem; margin: .2em 0 }
h2 { font-size: 1.3rem; margin: 0 }
h3 { font-size: 1.05rem; margin: 1.6em 0 .4em }
section { border-left: 4px solid var(--counts); padding: .2rem 0 .2rem 1rem; margin: 2rem 0 }
section.measured { border-color: var(--measured) }
section.signals { border-color: var(--signals); border-left-style: dashed }
.meaning, .note, figcaption, caption { color: var(--soft); font-size: .9rem }
.meaning { margin: .1rem 0 1rem }
blockquote { margin: .6rem 0; padding: .5rem .8rem; border: 1px solid var(--line); border-radius: 4px }
.warning { border: 1px solid var(--signals); border-radius: 4px; padding: .4rem .8rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums }
caption { text-align: left; padding-bottom: .2rem }
th, td { padding: .25rem .7rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
td { overflow-wrap: anywhere }
th { font-weight: 600 }
.number { text-align: right; white-space: nowrap }
figure { margin: 1rem 0; overflow-x: auto }
svg { max-width: 100%; height: auto }
.shade, .band { fill: var(--blue) }
.band { fill-opacity: .22 }
.line { stroke: var(--blue); stroke-width: 2 }
.on-shade { fill: var(--on) }
@media print {
  :root { --ink: #000; --soft: #333; --page: #fff; --line: #999; --blue: #1f6fb2; --on: #fff }
  body { max-width: none; font-size: 10pt; padding: 0 }
  h2, h3, caption { break-after: avoid }
  tr, figure, blockquote { break-inside: avoid }
  .wide, figure { overflow: visible }
  .shade, .band { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
""".strip()


def write_html(report: Report) -> str:
    """The report as a page of its own."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<h1>{escape(report.title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in report.lead),
        *(_band(band) for band in report.bands),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _band(band: Band) -> str:
    title, meaning = BANDS[band.kind]
    blocks = "\n".join(part for block in band.blocks for part in _block(block))
    head = f'<section class="{band.kind}">\n<h2>{title}</h2>\n<p class="meaning">{escape(meaning)}</p>'
    return f"{head}\n{blocks}\n</section>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"<h3>{escape(text)}</h3>"
        case Paragraph(text, "quote"):
            yield f"<blockquote>{escape(text)}</blockquote>"
        case Paragraph(text, kind):
            yield f'<p class="{kind}">{escape(text)}</p>'
        case Table():
            yield _table(block)
        case Figure(svg, caption, _):
            yield f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _table(table: Table) -> str:
    numeric = [all(not isinstance(row[i], str) for row in table.rows) for i in range(len(table.header))]
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    columns = zip(table.header, numeric, strict=True)
    head = "".join(f'<th scope="col"{_class(is_number)}>{escape(name)}</th>' for name, is_number in columns)
    lines = ("".join(_cell(value, numeric[i], i in table.words) for i, value in enumerate(row)) for row in table.rows)
    rows = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>'


def _cell(value: str | int | float | None, is_number: bool, is_word: bool) -> str:
    text = escape(shown(value))
    return f"<td{_class(is_number)}>{f'<bdi>{text}</bdi>' if is_word else text}</td>"


def _class(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def shown(value: str | int | float | None) -> str:
    """A cell as text: fractions with two decimals, a dash for what is not known."""
    match value:
        case None:
            return "-"
        case bool() | str():
            return str(value)
        case int():
            return f"{value:,}"
        case _:
            return f"{value:.2f}"
