"""What people say about relations: verdicts on two mentions and what joins them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from farspan.store.work import Verdict

Purpose = Literal["", "sentence", "bag", "negative"]

COLUMNS: Final = (
    "document_id, start, subject_shift, subject_length, object_shift, object_length, subject_entity, object_entity, relation,"
    " verdict, right_relation, purpose, judge, note, id, made_at, attached"
)
"""What `judgement_of` takes a row of."""


@dataclass(frozen=True, slots=True)
class RelationJudgement:
    """A verdict on a relation between two stretches of a document, in code points.

    relation: NA for a pair that is said to stand in none. right_relation: the right one; empty: none; None: not said. purpose:
    the queue it came from; empty: it was looked up by hand, and counts for no estimate.
    """

    document: int
    subject: tuple[int, int]
    object: tuple[int, int]
    subject_id: str
    object_id: str
    relation: str
    verdict: Verdict
    right_relation: str | None = None
    purpose: Purpose = ""
    judge: str = ""
    note: str = ""
    id: int = 0
    made_at: str = ""
    attached: bool = True

    @property
    def start(self) -> int:
        """The first character of the earlier mention."""
        return min(self.subject[0], self.object[0])

    @property
    def end(self) -> int:
        """One past the last character of the two."""
        return max(self.subject[1], self.object[1])

    @property
    def key(self) -> tuple[int, int, int, int, int, str, str, str]:
        """What makes two judgements speak of the same relation."""
        return (self.document, *self.subject, *self.object, self.subject_id, self.object_id, self.relation)


def judgement_row(item: RelationJudgement, made_at: str) -> dict[str, Any]:
    """The columns of relation_judgement for `item`, its place aside."""
    return {
        "subject_shift": item.subject[0] - item.start,
        "subject_length": item.subject[1] - item.subject[0],
        "object_shift": item.object[0] - item.start,
        "object_length": item.object[1] - item.object[0],
        "subject_entity": item.subject_id,
        "object_entity": item.object_id,
        "relation": item.relation,
        "verdict": item.verdict,
        "right_relation": item.right_relation,
        "purpose": item.purpose,
        "judge": item.judge,
        "note": item.note,
        "made_at": made_at,
    }


def judgement_of(row: Any) -> RelationJudgement:
    """The judgement in a row of COLUMNS."""
    subject, object_ = row.start + row.subject_shift, row.start + row.object_shift
    made = RelationJudgement(
        row.document_id,
        (subject, subject + row.subject_length),
        (object_, object_ + row.object_length),
        *(row.subject_entity, row.object_entity, row.relation, row.verdict, row.right_relation),
        *(row.purpose, row.judge, row.note, row.id, row.made_at),
    )
    return replace(made, attached=bool(row.attached))
