"""The relations of a document, or of one pair, as arcs to be drawn."""

from __future__ import annotations

import numpy as np

from farspan.model import IntArray, LongArray
from farspan_app.gui.models.pairs import Pairs
from farspan_app.gui.views.arcs import ShownArcs


def shown_arcs(pairs: Pairs | None, document: int) -> ShownArcs:
    """What is kept in the document with this number; negatives stand in no relation and are not drawn."""
    if pairs is None:
        return ShownArcs()
    kept = (pairs.documents == document) & (pairs.columns.reasons == 0) & ~pairs.is_negative
    return arcs_of(pairs, np.flatnonzero(kept), 0)


def arcs_of(pairs: Pairs, rows: LongArray, shift: int) -> ShownArcs:
    """The pairs `rows`, in a text that begins at the character `shift` of its document."""
    columns = pairs.columns

    def moved(places: IntArray) -> IntArray:
        return (places[rows] - shift).astype(np.int32)

    return ShownArcs(
        moved(columns.subject_starts),
        moved(columns.subject_ends),
        moved(columns.object_starts),
        moved(columns.object_ends),
        columns.relations[rows],
        pairs.verdicts[rows],
        pairs.run.names,
    )
