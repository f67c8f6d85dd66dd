"""Writing plain text: the text of a document and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO

from farspan.formats.output import StreamWriter, count_unsaid
from farspan.model import Document


class TextWriter(StreamWriter):
    """Writes the text of a document as UTF-8. Every span and relation is counted as lost."""

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = ()) -> None:
        super().__init__(stream, kinds=kinds)

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for half surrogates."""
        self.loss.add("spans", document.id, len(document.spans))
        self.loss.add("relations", document.id, len(document.relations))
        count_unsaid(self.loss, document, ())
        # Else the beginning of the text would be read as a byte order mark.
        self._put(document, "\ufeff" * document.text.startswith("\ufeff") + document.text)
