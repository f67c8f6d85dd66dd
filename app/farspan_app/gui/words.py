"""Marking a text for the translators where it is defined, before it is shown."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001  (the name that Qt's lupdate looks for)
    """`text` as it is; PySide6 has the same function without types."""
    return text
