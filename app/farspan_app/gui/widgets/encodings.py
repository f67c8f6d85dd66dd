"""The encodings that a person can choose from where a file of text is read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

ENCODINGS: Final = (
    "utf-8", "utf-16", "cp1252", "iso8859-1", "iso8859-15", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1255", "cp1256",
    "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
)  # fmt: skip


class EncodingBox(QComboBox):
    """A choice of encodings; the first is to find it out by looking."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(QCoreApplication.translate("EncodingBox", "Encoding"))
        self.addItem(QCoreApplication.translate("EncodingBox", "found by looking"), None)
        for name in ENCODINGS:
            self.addItem(name, name)

    @property
    def chosen(self) -> str | None:
        """The encoding that was chosen; None: the one that is found."""
        value = self.currentData()
        return None if value is None else str(value)
