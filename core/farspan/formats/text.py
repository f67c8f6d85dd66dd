"""Plain text: one document a file, its text kept to the character, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

from farspan.errors import InputError, place
from farspan.files import LONGEST, TextFile
from farspan.formats.loss import ReadReport
from farspan.model import Document


def read_text(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:  # noqa: ARG001  (the form of all readers)
    """The one document that the file is. Its text, encoded as its meta says, is the file's bytes again."""
    text = file.text()
    if len(text) > LONGEST:
        raise InputError("the text is longer than 2,147,483,647 characters", where=place(file.path), remedy="split the file")
    yield Document(name, text, file.meta)
