"""A sample as a table to be judged in a spreadsheet, and the way back: CSV, a row a unit, problems named by their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from farspan.audit.judging import Item, Judging, labels_of
from farspan.audit.notation import find_words, read_entities, write_entities
from farspan.audit.samples import SENTENCES, Sample, place_of, samples
from farspan.errors import FarspanError, InputError, place
from farspan.files import read_text
from farspan.store.audits import Unit
from farspan.store.project import Project
from farspan.store.work import Judgement, Verdict

COLUMNS: Final = (
    "unit", "document", "before", "text", "after", "label", "list", "name", "verdict", "right_label", "right_text", "note",
)  # fmt: skip
READ_COLUMNS: Final = ("unit", "document", "text", "entities", "verdict", "note")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_WORDS: Final[Mapping[str, Verdict]] = {
    **dict.fromkeys(("right", "a", "accept", "yes", "y", "1"), "right"),
    **dict.fromkeys(("wrong", "r", "reject", "no", "n", "0"), "wrong"),
    **dict.fromkeys(("unsure", "u", "undecided", "?"), "unsure"),
}
_READ: Final = frozenset({"read", "right", "a", "yes", "y", "1", "x"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What came back from a sheet: units judged, those that said what is known already, rows still open, and problems by line."""

    judged: int
    unchanged: int
    open: int
    problems: tuple[InputError, ...]


def write_sheet(project: Project, sample: Sample, stream: io.TextIOBase, *, everything: bool = False) -> int:
    """Write the units of `sample` that are not judged yet (or all) as CSV; how many there are comes back.

    Cells that a spreadsheet would take for a formula begin with an apostrophe; reading takes it away again.
    """
    queue = Judging(project, sample)
    is_read = sample.method == SENTENCES
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(READ_COLUMNS if is_read else COLUMNS)
    rows = 0
    for number, unit in enumerate(sample.units):
        if unit.attached and (everything or not queue.is_done(unit)):
            item = queue.item(number)
            known = queue.verdicts.get(place_of(unit))
            writer.writerow([guarded(cell) for cell in (_read_row(item) if is_read else _row(item, known))])
            rows += 1
    return rows


def _row(item: Item, known: Judgement | None) -> Sequence[str]:
    verdict = "" if known is None else known.verdict
    cells = (item.before, item.surface, item.after)
    before, text, after = (" ".join(cell.split()) for cell in cells)
    label, note = item.unit.label, "" if known is None else known.note
    right = (known.right_label or "") if known is not None else ""
    return (str(item.unit.id), item.document, before, text, after, label, item.source, item.name, verdict, right, "", note)


def _read_row(item: Item) -> Sequence[str]:
    entities = write_entities(item.surface, item.found, item.unit.start)
    return str(item.unit.id), item.document, " ".join(item.surface.split()), entities, "", ""


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def take_sheet(project: Project, path: str, judge: str = "") -> Taken:
    """Take the verdicts of the sheet `path` into the project. What is wrong with a row is a problem, and the rest counts.

    Raises InputError where the file is no such sheet.
    """
    return _Reader(project, path, judge).take()


class _Reader:
    """Reads one sheet, row by row."""

    def __init__(self, project: Project, path: str, judge: str) -> None:
        self._project = project
        self._path = path
        self._judge = judge
        self._labels = labels_of(project)
        self._queues = {unit.id: (number, queue) for queue, number, unit in _all_units(project)}
        self._seen: dict[int, int] = {}
        self._judgements: list[Judgement] = []
        self._counts = {"judged": 0, "unchanged": 0, "open": 0}
        self._problems: list[InputError] = []

    def take(self) -> Taken:
        """Read everything, then store it."""
        readings = []
        for line, row in _rows(self._path):
            try:
                readings += self._row(line, row)
            except FarspanError as error:
                self._problems.append(InputError(error.what, where=place(self._path, line), remedy=error.remedy))
        with self._project.database.writing():
            if self._judgements:
                self._project.work.judge(self._judgements)
            for queue, item, entities in readings:
                queue.read(item, entities)
        return Taken(self._counts["judged"], self._counts["unchanged"], self._counts["open"], tuple(self._problems))

    def _row(self, line: int, row: Mapping[str, str]) -> list[tuple[Judging, Item, list[tuple[int, int, str]]]]:
        said = row.get("verdict", "").strip().casefold()
        number, queue = self._unit(line, row)
        item = queue.item(number)
        if " ".join(item.surface.split()) != " ".join(row.get("text", item.surface).split()):
            raise InputError(f"unit {item.unit.id} is {item.surface!r}, not {row['text']!r}", remedy="write the sheet anew")
        if not said:
            self._counts["open"] += 1
            return []
        if queue.sample.method == SENTENCES:
            return self._reading(queue, item, row, said)
        self._judge_row(queue, item, row, said)
        return []

    def _unit(self, line: int, row: Mapping[str, str]) -> tuple[int, Judging]:
        text = row["unit"].strip()
        number = int(text) if text.isascii() and text.isdigit() else -1
        if number not in self._queues:
            raise InputError(f"no sample of the project has a unit {text!r}", remedy="do not change the first column")
        if number in self._seen:
            raise InputError(f"unit {number} stood in line {self._seen[number]} already", remedy="keep one row for each unit")
        self._seen[number] = line
        return self._queues[number]

    def _reading(
        self, queue: Judging, item: Item, row: Mapping[str, str], said: str
    ) -> list[tuple[Judging, Item, list[tuple[int, int, str]]]]:
        if said not in _READ:
            raise InputError(f"the verdict {said!r} means nothing", remedy="write 'read' once the entities are as they should be")
        entities = read_entities(row.get("entities", ""), item.surface, self._labels, item.unit.start)
        there = [(span.start, span.end, span.label) for span in item.found]
        if queue.is_done(item.unit) and sorted(there) == entities:
            self._counts["unchanged"] += 1
            return []
        self._counts["judged"] += 1
        return [(queue, item, entities)]

    def _judge_row(self, queue: Judging, item: Item, row: Mapping[str, str], said: str) -> None:
        if said not in _WORDS:
            raise InputError(f"the verdict {said!r} means nothing", remedy="write right, wrong or unsure")
        unit, note = item.unit, row.get("note", "").strip()
        verdict, right, borders = self._corrected(item, _WORDS[said], row)
        known = queue.verdicts.get(place_of(unit))
        if known is not None and (known.verdict, known.right_label, known.note) == (verdict, right, note) and borders is None:
            self._counts["unchanged"] += 1
            return
        start, end = borders or (None, None)
        self._judgements.append(
            Judgement(
                unit.document, unit.start, unit.end, verdict, unit.label, item.source, item.name, right, start, end,
                unit.id, self._judge, note,
            )
        )  # fmt: skip
        self._counts["judged"] += 1

    def _corrected(
        self, item: Item, verdict: Verdict, row: Mapping[str, str]
    ) -> tuple[Verdict, str | None, tuple[int, int] | None]:
        """The verdict with the right label and borders, if the row says any."""
        label, words = row.get("right_label", "").strip(), row.get("right_text", "").strip()
        if (label or words) and verdict != "wrong":
            raise InputError(f"it is judged {verdict}, and yet corrected", remedy="write wrong, or leave the correction out")
        if verdict != "wrong":
            return verdict, None, None
        given = item.unit.label
        if not words:
            return verdict, label if label or given else None, None
        borders = right_borders(item, words)
        if borders == (item.unit.start, item.unit.end) and label in {"", given}:
            raise InputError("it is judged wrong, and corrected to what it is", remedy="write right, or what is right instead")
        return verdict, label or given or None, borders


def right_borders(item: Item, words: str) -> tuple[int, int]:
    """Where `words`, which must touch the span of `item`, stand in its document. Raises InputError if they do not."""
    text, base = item.before + item.surface + item.after, item.unit.start - len(item.before)
    begin = 0
    while (found := find_words(text, words, begin)) is not None:
        start, end = found[0] + base, found[1] + base
        if start < item.unit.end and end > item.unit.start:
            return start, end
        begin = found[0] + 1
    raise InputError(f"{words!r} does not stand there", remedy=f"write the words as the text has them around {item.surface!r}")


def _all_units(project: Project) -> Iterator[tuple[Judging, int, Unit]]:
    for sample in samples(project):
        queue = Judging(project, sample)
        for number, unit in enumerate(sample.units):
            if unit.attached:
                yield queue, number, unit


def _rows(path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column of each row. Raises InputError for a file without the columns."""
    text = read_text(path)
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max((",", ";", "\t"), key=header.count))
    columns = [name.strip().casefold() for name in next(reader, [])]
    missing = [name for name in ("unit", "verdict") if name not in columns]
    if missing:
        raise InputError(f"no column {missing[0]!r}", where=place(path, 1), remedy="give a sheet that `farspan sample -o` wrote")
    before = reader.line_num
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(columns) - len(cells))]
                yield line, {name: _unguarded(cell) for name, cell in zip(columns, padded, strict=False)}
    except csv.Error as error:
        remedy = "save the sheet as CSV again"
        raise InputError(f"not readable as CSV: {error}", where=place(path, before + 1), remedy=remedy) from error
