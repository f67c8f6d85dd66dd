"""Manual edits laid over what a run labels: the same edits on the same spans give the same result, whichever run it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from farspan.model import Span
from farspan.spans import MANUAL
from farspan.store.work import Edit


def apply_edits(spans: Iterable[Span], edits: Sequence[Edit]) -> list[Span]:
    """`spans` of one document after `edits`, in the order in which these were made; by start, the longest first.

    A span that a person added or moved stands for certain: others that overlap it give way. An edit that speaks of a span the
    run no longer has, or whose place is gone from the text, changes nothing; never_here and delete wait for it to come back.
    """
    attached = [edit for edit in edits if edit.attached]
    found: list[Span] = []
    given = list(spans)
    for numbers, own in neighbourhoods([(span.start, span.end) for span in given], attached):
        some = [given[number] for number in numbers]
        for edit in own:
            some = _apply(some, edit)
        found += some
    return sorted(found, key=lambda span: (span.start, -span.end))


def neighbourhoods(spans: Iterable[tuple[int, int]], edits: Sequence[Edit]) -> Iterator[tuple[list[int], list[Edit]]]:
    """Numbers of spans, and edits, that can touch each other, each in their order.

    What lies apart never meets, so the price of applying edits stays linear.
    """
    places = [(start, end, 0, number) for number, (start, end) in enumerate(spans)]
    places += [(*reach(edit), 1, number) for number, edit in enumerate(edits)]
    places.sort()
    chosen: tuple[list[int], list[int]] = [], []
    border = -1
    for start, end, kind, number in places:
        if start >= border and any(chosen):
            yield sorted(chosen[0]), [edits[item] for item in sorted(chosen[1])]
            chosen = [], []
        chosen[kind].append(number)
        border = max(border, end, start + 1)  # an empty place meets one that begins where it stands
    if any(chosen):
        yield sorted(chosen[0]), [edits[item] for item in sorted(chosen[1])]


def reach(edit: Edit) -> tuple[int, int]:
    """From where to where an edit looks or writes."""
    ends = [edit.end, *(() if edit.new_end is None else (edit.new_end,))]
    starts = [edit.start, *(() if edit.new_start is None else (edit.new_start,))]
    return min(starts), max(ends)


def _apply(spans: list[Span], edit: Edit) -> list[Span]:
    match edit.action:
        case "add":
            return _with(spans, Span(edit.start, edit.end, edit.label, MANUAL))
        case "never_here":
            return [span for span in spans if (span.start, span.end) != (edit.start, edit.end)]
        case "delete":
            return [span for span in spans if not _is_meant(span, edit)]
        case "relabel":
            return [replace(span, label=edit.new_label or "") if _is_meant(span, edit) else span for span in spans]
        case "move":
            return _moved(spans, edit)


def _moved(spans: list[Span], edit: Edit) -> list[Span]:
    meant = next((span for span in spans if _is_meant(span, edit)), None)
    if meant is None or edit.new_start is None or edit.new_end is None:
        return spans
    rest = [span for span in spans if span is not meant]
    return _with(rest, replace(meant, start=edit.new_start, end=edit.new_end, kind="kept"))


def _with(spans: list[Span], new: Span) -> list[Span]:
    return [*(span for span in spans if span.end <= new.start or span.start >= new.end), new]


def _is_meant(span: Span, edit: Edit) -> bool:
    return (span.start, span.end, span.label) == (edit.start, edit.end, edit.label)
