"""The relations of a document, or of one pair, as arcs to be drawn."""

from __future__ import annotations

import numpy as np

from farspan.model import LongArray
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
    places = (columns.subject_starts, columns.subject_ends, columns.object_starts, columns.object_ends)
    return ShownArcs(
        *((column[rows] - shift).astype(np.int32) for column in places),
        columns.relations[rows],
        pairs.verdicts[rows],
        pairs.run.names,
    )
