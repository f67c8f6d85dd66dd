"""A control for one matching option, made from what `farspan.options` says of it."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from farspan.options import Option

DIFFERS: Final = object()  # what a control shows where the lists do not agree
_LARGEST: Final = 2**31 - 1
_LINES: Final = (1, 6)


class ChoiceBox(QComboBox):
    """A choice that the wheel leaves alone, so that a page of them can be scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Let the page have it."""
        event.ignore()


class _NumberBox(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class _FractionBox(QDoubleSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class OptionControl(QWidget):
    """Shows the value of an option, or that lists differ in it; tells of every value that a person gives."""

    edited = Signal(str, object)
    entered = Signal(str)

    def __init__(self, option: Option, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option, self.field = option, field
        self.setObjectName(f"option-{option.name}")
        field.setAccessibleName(title(option))
        field.setAccessibleDescription(told(option))
        field.setToolTip(f"<p>{escape(told(option))}</p>")
        field.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field)
        self.setFocusProxy(field)

    def show_value(self, value: Any) -> None:
        """Show `value`, or `DIFFERS`, without telling anybody."""
        raise NotImplementedError

    def tell(self, value: Any) -> None:
        """Say that a person gave `value`."""
        self.edited.emit(self.option.name, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The control that is entered is the one whose help is shown."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.Enter}:
            self.entered.emit(self.option.name)
        return super().eventFilter(watched, event)


class FlagControl(OptionControl):
    """A tick box; half ticked where lists differ."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        self.box = QCheckBox(" ")  # a name of its own: the label stands beside it
        super().__init__(option, self.box, parent)
        self.box.clicked.connect(self._clicked)

    def show_value(self, value: Any) -> None:
        """Tick, untick, or neither."""
        with QSignalBlocker(self.box):
            self.box.setTristate(value is DIFFERS)
            states = {DIFFERS: Qt.CheckState.PartiallyChecked, True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
            self.box.setCheckState(states[value])
        self.box.setText(self.tr("lists differ") if value is DIFFERS else " ")

    def _clicked(self) -> None:
        self.tell(self.box.checkState() != Qt.CheckState.Unchecked)


class ChoiceControl(OptionControl):
    """One of several words."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        self.box = ChoiceBox()
        super().__init__(option, self.box, parent)
        for choice in option.choices:
            self.box.addItem(choice.replace("_", " "), choice)
        self.box.setPlaceholderText(self.tr("lists differ"))
        self.box.activated.connect(lambda _: self.tell(self.box.currentData()))

    def show_value(self, value: Any) -> None:
        """Choose it; nothing where lists differ."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(-1 if value is DIFFERS else self.box.findData(value))


class NumberControl(OptionControl):
    """A number within the option's range; one below it stands for lists that differ."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        self.box: QSpinBox | QDoubleSpinBox = _NumberBox() if option.kind == "number" else _FractionBox()
        self._least = -_LARGEST if option.minimum is None else option.minimum
        most = _LARGEST if option.maximum is None else option.maximum
        super().__init__(option, self.box, parent)
        if isinstance(self.box, QDoubleSpinBox):
            self.box.setDecimals(3)
            self.box.setSingleStep(0.05)
        self.box.setMaximum(most)
        self.box.setMinimum(self._least)
        self.box.valueChanged.connect(self._changed)

    def show_value(self, value: Any) -> None:
        """Show the number."""
        differs = value is DIFFERS
        with QSignalBlocker(self.box):
            self.box.setSpecialValueText(self.tr("lists differ") if differs else "")
            self.box.setMinimum(self._least - 1 if differs else self._least)
            self.box.setValue(self._least - 1 if differs else value)

    def _changed(self, value: float) -> None:
        if value >= self._least:
            self.tell(value)


class TextControl(OptionControl):
    """A line of text. What may name a file is told when it is finished: half a name is none."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        super().__init__(option, self.line, parent)
        self._shown: Any = option.default
        (self.line.editingFinished if option.file else self.line.textEdited).connect(self._changed)

    def show_value(self, value: Any) -> None:
        """Show the text; the caret stays where it is if it is there already."""
        self._shown = value
        text = "" if value is DIFFERS else value
        if self.line.text().strip() != text:
            self.line.setText(text)
        self.line.setPlaceholderText(self.tr("lists differ") if value is DIFFERS else self.tr("none"))

    def _changed(self) -> None:
        text = self.line.text().strip()
        if text != self._shown and (text or self._shown is not DIFFERS):
            self._shown = text
            self.tell(text)


class ListControl(OptionControl):
    """Values, one a line, so that a value may hold a comma; as high as it has lines."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        self.lines = QPlainTextEdit()
        self.lines.setTabChangesFocus(True)
        super().__init__(option, self.lines, parent)
        self.lines.textChanged.connect(self._changed)
        self._fit()

    @property
    def values(self) -> tuple[str, ...]:
        """What the lines say."""
        return tuple(line.strip() for line in self.lines.toPlainText().split("\n") if line.strip())

    def show_value(self, value: Any) -> None:
        """Show the values; the caret stays where it is if they are there already."""
        wanted = () if value is DIFFERS else value
        with QSignalBlocker(self.lines):
            if self.values != wanted:
                self.lines.setPlainText("\n".join(wanted))
        self.lines.setPlaceholderText(self.tr("lists differ") if value is DIFFERS else self.tr("none; one a line"))
        self._fit()

    def _changed(self) -> None:
        self._fit()
        self.tell(self.values)

    def _fit(self) -> None:
        least, most = _LINES
        lines = max(least, min(most, self.lines.blockCount()))
        margin = 2 * (int(self.lines.document().documentMargin()) + self.lines.frameWidth())
        self.lines.setFixedHeight(lines * self.lines.fontMetrics().lineSpacing() + margin + 2)


_KINDS: Final[dict[str, type[OptionControl]]] = {
    "flag": FlagControl,
    "choice": ChoiceControl,
    "number": NumberControl,
    "fraction": NumberControl,
    "text": TextControl,
    "list": ListControl,
}


def make_control(option: Option, parent: QWidget | None = None) -> OptionControl:
    """The control for `option`."""
    maker: Any = _KINDS[option.kind]
    made: OptionControl = maker(option, parent)
    return made


def title(option: Option) -> str:
    """What the option is called on the screen."""
    return QCoreApplication.translate("Option", plain_title(option.name))


def plain_title(name: str) -> str:
    """What the option `name` is called in English, for a person."""
    return name.replace("_", " ").capitalize()


def told(option: Option) -> str:
    """What the option does, in the person's language."""
    return QCoreApplication.translate("Option", option.help)
