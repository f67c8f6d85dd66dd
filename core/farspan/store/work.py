"""What people say about places in the texts: judgements, gold spans, regions read to the end, manual edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Table

from farspan.errors import InputError
from farspan.store import schema
from farspan.store.anchors import anchor
from farspan.store.database import Database, now
from farspan.store.history import History, Operation
from farspan.store.texts import texts
from farspan.wording import counted

Verdict = Literal["right", "wrong", "unsure"]
EditAction = Literal["add", "delete", "relabel", "move", "never_here"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on the span `[start, end)` of a document, in code points.

    label, source, name: what was judged; empty label: a place judged as unlabelled. right_label: the right one; empty: no
    entity; None: not said. right_start, right_end: the right borders, if others. draw: the unit of a sample it belongs to.
    """

    document: int
    start: int
    end: int
    verdict: Verdict
    label: str = ""
    source: str = ""
    name: str = ""
    right_label: str | None = None
    right_start: int | None = None
    right_end: int | None = None
    draw: int | None = None
    judge: str = ""
    note: str = ""
    id: int = 0
    made_at: str = ""
    attached: bool = True


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A span that a person labelled, `[start, end)` of a document in code points."""

    document: int
    start: int
    end: int
    label: str
    origin: Literal["manual", "imported"] = "manual"
    id: int = 0
    attached: bool = True


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a document that a person has read to its end: outside its gold spans it names nothing."""

    document: int
    start: int
    end: int
    id: int = 0
    attached: bool = True


@dataclass(frozen=True, slots=True)
class Edit:
    """A manual change at `[start, end)` of a document: what every run says there is changed so.

    label: of the span that is meant; for add the one given. new_label: for relabel. new_start, new_end: for move.
    never_here: no span of any source may stand at exactly this place.
    """

    document: int
    start: int
    end: int
    action: EditAction
    label: str = ""
    new_label: str | None = None
    new_start: int | None = None
    new_end: int | None = None
    id: int = 0
    made_at: str = ""
    attached: bool = True


class HumanWork:
    """The room of human work. Every method that changes something is one action, however many rows it takes."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def judge(self, judgements: Sequence[Judgement]) -> Operation | None:
        """Add verdicts. Raises InputError for a place outside its text or a verdict there is none of."""
        for judgement in judgements:
            _check(judgement.verdict, get_args(Verdict), "verdict")
        with self._history.action("judge", f"Judgement of {counted(len(judgements), 'span')}") as action:
            made_at = now()
            action.insert(
                schema.judgement, anchored_rows(action.connection, judgements, lambda item: _judgement_row(item, made_at))
            )
        return action.operation

    def withdraw(self, ids: Sequence[int]) -> Operation | None:
        """Take verdicts back; the rows stay, marked."""
        with self._history.action("withdraw", f"Withdrawal of {counted(len(ids), 'judgement')}") as action:
            action.update(schema.judgement, ["withdrawn"], [(number, 1) for number in ids])
        return action.operation

    def settle(
        self,
        title: str,
        *,
        judgements: Sequence[Judgement] = (),
        edits: Sequence[Edit] = (),
        withdraw: Sequence[int] = (),
        remove_edits: Sequence[int] = (),
    ) -> Operation | None:
        """Verdicts with the edits that follow from them, and those they replace taken back, as one action called `title`."""
        made_at = now()
        with self._history.action("settle", title) as action:
            action.update(schema.judgement, ["withdrawn"], [(number, 1) for number in withdraw])
            action.delete(schema.span_edit, remove_edits)
            rows = anchored_rows(action.connection, judgements, lambda item: _judgement_row(item, made_at))
            action.insert(schema.judgement, rows)
            action.insert(schema.span_edit, anchored_rows(action.connection, edits, lambda item: _edit_row(item, made_at)))
        return action.operation

    def add_gold(
        self, spans: Sequence[GoldSpan], regions: Sequence[Region] = (), *, instead_of: Sequence[int] = ()
    ) -> Operation | None:
        """Add gold spans, and stretches that have been read to their end. instead_of: gold spans that are deleted for it."""
        made_at = now()
        with self._history.action("add_gold", counted(len(spans), "gold span")) as action:
            action.delete(schema.gold_span, instead_of)
            rows = anchored_rows(
                action.connection, spans, lambda item: {"label": item.label, "origin": item.origin, "made_at": made_at}
            )
            action.insert(schema.gold_span, rows)
            action.insert(schema.gold_region, anchored_rows(action.connection, regions, lambda _: {"made_at": made_at}))
        return action.operation

    def change_gold(self, spans: Sequence[GoldSpan]) -> Operation | None:
        """Give gold spans, known by `id`, other borders or another label."""
        columns = ["document_id", "start", "end", "surface", "left", "right", "label"]
        with self._history.action("change_gold", f"Change of {counted(len(spans), 'gold span')}") as action:
            rows = anchored_rows(action.connection, spans, lambda item: {"label": item.label})
            changed = [(item.id, *(row[name] for name in columns)) for item, row in zip(spans, rows, strict=True)]
            action.update(schema.gold_span, columns, changed)
        return action.operation

    def remove_gold(self, ids: Sequence[int], regions: Sequence[int] = ()) -> Operation | None:
        """Delete gold spans and read regions."""
        with self._history.action("remove_gold", f"Removal of {counted(len(ids), 'gold span')}") as action:
            action.delete(schema.gold_span, ids)
            action.delete(schema.gold_region, regions)
        return action.operation

    def edit(self, edits: Sequence[Edit]) -> Operation | None:
        """Add manual edits. Raises InputError for a place outside its text or an edit that says too little."""
        for item in edits:
            _check(item.action, get_args(EditAction), "edit")
            if item.action == "relabel" and not item.new_label:
                raise InputError("a span cannot lose its label", remedy="give new_label, or delete the span")
        with self._history.action("edit", counted(len(edits), "manual edit")) as action:
            made_at = now()
            action.insert(schema.span_edit, anchored_rows(action.connection, edits, lambda item: _edit_row(item, made_at)))
        return action.operation

    def remove_edits(self, ids: Sequence[int]) -> Operation | None:
        """Take manual edits back, so that runs decide again."""
        with self._history.action("remove_edits", f"Removal of {counted(len(ids), 'manual edit')}") as action:
            action.delete(schema.span_edit, ids)
        return action.operation

    def judgements(self, document: int | None = None) -> list[Judgement]:
        """The verdicts that stand, in the order of the text; of several on one span the newest is the last."""
        columns = (
            'document_id, start, "end", verdict, label, source, name, right_label, start + start_shift, "end" + end_shift,'
            " draw_id, judge, note, id, made_at, attached"
        )
        rows = self._rows(schema.judgement, columns, document, "withdrawn = 0")
        return [replace(Judgement(*row), attached=bool(row[-1])) for row in rows]

    def gold(self, document: int | None = None) -> list[GoldSpan]:
        """The gold spans in the order of the text."""
        rows = self._rows(schema.gold_span, 'document_id, start, "end", label, origin, id, attached', document)
        return [replace(GoldSpan(*row), attached=bool(row[-1])) for row in rows]

    def regions(self, document: int | None = None) -> list[Region]:
        """The stretches that were read to their end."""
        rows = self._rows(schema.gold_region, 'document_id, start, "end", id, attached', document)
        return [replace(Region(*row), attached=bool(row[-1])) for row in rows]

    def edits(self, document: int | None = None) -> list[Edit]:
        """The manual edits in the order in which they were made."""
        columns = (
            'document_id, start, "end", action, label, new_label, start + start_shift, "end" + end_shift, id, made_at, attached'
        )
        rows = self._rows(schema.span_edit, columns, document)
        return sorted((replace(Edit(*row), attached=bool(row[-1])) for row in rows), key=lambda item: item.id)

    def _rows(self, table: Table, columns: str, document: int | None, condition: str = "1") -> list[Any]:
        where = "document_id IN (SELECT id FROM document WHERE removed = 0)" if document is None else "document_id = ?"
        query = f'SELECT {columns} FROM {table.name} WHERE {where} AND {condition} ORDER BY document_id, start, "end", id'  # noqa: S608
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(query, () if document is None else (document,)).all())


def anchored_rows(connection: Connection, items: Sequence[Any], more: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each of `items`: its place, what stands there and beside it, and what `more` says of it."""
    found = texts(connection, sorted({item.document for item in items}))
    rows = []
    for item in items:
        text = found[item.document]
        if not 0 <= item.start < item.end <= len(text):
            remedy = f"its text has {len(text)} characters"
            raise InputError(f"no place {item.start}:{item.end} is in document {item.document}", remedy=remedy)
        place = anchor(text, item.start, item.end)
        rows.append(
            {
                "document_id": item.document, "start": item.start, "end": item.end,
                "surface": place.surface, "left": place.left, "right": place.right, **more(item),
            }
        )  # fmt: skip
    return rows


def _judgement_row(item: Judgement, made_at: str) -> dict[str, Any]:
    return {
        "label": item.label,
        "source": item.source,
        "name": item.name,
        "verdict": item.verdict,
        "right_label": item.right_label,
        "start_shift": 0 if item.right_start is None else item.right_start - item.start,
        "end_shift": 0 if item.right_end is None else item.right_end - item.end,
        "draw_id": item.draw,
        "judge": item.judge,
        "note": item.note,
        "made_at": made_at,
    }


def _edit_row(item: Edit, made_at: str) -> dict[str, Any]:
    return {
        "action": item.action,
        "label": item.label,
        "new_label": item.new_label,
        "start_shift": 0 if item.new_start is None else item.new_start - item.start,
        "end_shift": 0 if item.new_end is None else item.new_end - item.end,
        "made_at": made_at,
    }


def _check(value: str, known: tuple[str, ...], what: str) -> None:
    if value not in known:
        raise InputError(f"no {what} is called {value!r}", remedy=f"choose one of: {', '.join(known)}")
