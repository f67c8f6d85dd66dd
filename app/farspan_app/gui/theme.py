"""Colours, in one place: a light and a dark palette, one accent, label colours that colour-blind readers tell apart in both."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

ThemeName = Literal["system", "light", "dark"]

DEFAULT_TEXT_SIZE: Final = 10
SMALLEST_TEXT: Final = 8
LARGEST_TEXT: Final = 40


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look. labels: after Okabe and Ito, lightened or darkened until they read on `base`."""

    name: Literal["light", "dark"]
    window: str
    base: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    added: str
    removed: str
    changed: str
    found: str
    labels: tuple[str, ...]


LIGHT: Final = Theme(
    "light", window="#f6f6f4", base="#ffffff", raised="#ecece9", border="#d4d4cf", text="#1f2328", muted="#646a73",
    accent="#2b5fb3", on_accent="#ffffff", added="#00735c", removed="#b04a00", changed="#7d5a00", found="#f3df8e",
    labels=("#0072b2", "#b04a00", "#00735c", "#a3457e", "#7d5a00", "#1f7ba6", "#4a4f57", "#6a4fb3"),
)  # fmt: skip
DARK: Final = Theme(
    "dark", window="#1e2023", base="#17191b", raised="#2a2d31", border="#3b3f45", text="#e4e6e8", muted="#9aa1ab",
    accent="#7aa7f0", on_accent="#10141a", added="#39c29d", removed="#f08d49", changed="#e2b93d", found="#6b5a12",
    labels=("#5ab4e8", "#f08d49", "#39c29d", "#e08cbd", "#e2b93d", "#8fd3ff", "#b4bac2", "#ad9bf0"),
)  # fmt: skip
THEMES: Final[Mapping[str, Theme]] = {"light": LIGHT, "dark": DARK}


class _Look:
    """What is in use; the window has one look at a time."""

    theme: Theme = LIGHT
    labels: dict[str, int] = {}  # noqa: RUF012  (one for the process)


def current() -> Theme:
    """The theme in use."""
    return _Look.theme


def use(name: ThemeName, text_size: int = DEFAULT_TEXT_SIZE) -> Theme:
    """Give the application the look called `name` and letters of `text_size` points; the theme in use from now on."""
    app = QGuiApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101  (there is no window without one)
    _Look.theme = THEMES.get(name, DARK if _system_is_dark() else LIGHT)
    app.setStyle("Fusion")
    app.setPalette(_palette(_Look.theme))
    font = QFont(app.font())
    font.setPointSize(max(SMALLEST_TEXT, min(LARGEST_TEXT, text_size)))
    app.setFont(font)
    app.setStyleSheet(_sheet(_Look.theme, font.pointSize()))
    return _Look.theme


def name_labels(labels: Iterable[str]) -> None:
    """Give new `labels` the next free colours; those that have one keep it."""
    for label in labels:
        _Look.labels.setdefault(label, len(_Look.labels))


def label_colour(label: str) -> QColor:
    """The colour of `label` in the theme in use: that of its place among the project's labels, else one by its spelling."""
    colours = _Look.theme.labels
    number = _Look.labels.get(label)
    return QColor(colours[(zlib.crc32(label.encode()) if number is None else number) % len(colours)])


def found_colour() -> QColor:
    """Behind what a search found."""
    return QColor(_Look.theme.found)


def muted_colour() -> QColor:
    """Of text that may be overlooked."""
    return QColor(_Look.theme.muted)


def change_colour(change: Literal["added", "removed", "changed"]) -> QColor:
    """Of what a rule change does."""
    return QColor(getattr(_Look.theme, change))


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.base, role.AlternateBase: theme.window,
        role.Text: theme.text, role.Button: theme.raised, role.ButtonText: theme.text, role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.raised, role.ToolTipText: theme.text, role.PlaceholderText: theme.muted, role.Link: theme.accent,
        role.Highlight: theme.accent, role.HighlightedText: theme.on_accent, role.Mid: theme.border, role.Midlight: theme.raised,
        role.Light: theme.raised, role.Dark: theme.border, role.Accent: theme.accent,
    }  # fmt: skip
    palette = QPalette()
    for place, colour in colours.items():
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(theme.muted))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.border))
    return palette


def _sheet(theme: Theme, text_size: int) -> str:
    """What the style alone does not do: flat tabs with an underline, quiet headers, one kind of button that stands out."""
    tick = (Path(str(files("farspan_resources"))) / "icons" / f"check-{theme.name}.svg").as_posix()
    return f"""
    QCheckBox::indicator, QTableView::indicator, QTreeView::indicator {{
        width: 14px; height: 14px; border: 1px solid {theme.muted};
        border-radius: 3px; background: {theme.base}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked {{
        background: {theme.accent}; border-color: {theme.accent};
        image: url("{tick}"); }}
    QCheckBox::indicator:focus {{ border: 2px solid {theme.accent}; }}
    QTableView::indicator:checked:selected {{ border-color: {theme.on_accent}; }}
    QLineEdit {{ border: 1px solid {theme.border}; border-radius: 3px; padding: 4px 6px; background: {theme.base}; }}
    QLineEdit:focus {{ border-color: {theme.accent}; }}
    QPlainTextEdit, QTextBrowser {{ border: 1px solid {theme.border}; background: {theme.base}; }}
    QTabBar::tab {{ padding: 7px 8px; border: none; border-bottom: 2px solid transparent; color: {theme.muted}; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}
    QTabBar::tab:hover {{ color: {theme.text}; }}
    QTabBar::tab:focus {{ background: {theme.raised}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {theme.border}; }}
    QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: none;
        border-bottom: 1px solid {theme.border}; padding: 5px 8px; font-weight: normal; }}
    QTableView, QTreeView, QListView {{ border: 1px solid {theme.border}; gridline-color: {theme.raised}; }}
    QTableView::item {{ padding: 0px 6px; }}
    QListView::item {{ padding: 4px 6px; }}
    QTreeView::item {{ padding: 2px 4px; }}
    QToolTip {{ border: 1px solid {theme.border}; padding: 4px; color: {theme.text}; background: {theme.raised}; }}
    QPushButton {{ padding: 5px 14px; }}
    QPushButton[primary="true"] {{ background: {theme.accent}; color: {theme.on_accent}; border: 1px solid {theme.accent};
        border-radius: 4px; font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{ background: {theme.raised}; color: {theme.muted}; border-color: {theme.border}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {theme.text}; }}
    QPushButton[link="true"] {{ color: {theme.accent}; background: transparent; border: 1px solid transparent; border-radius: 3px;
        padding: 3px 0px; text-align: left; }}
    QPushButton[link="true"]:hover {{ text-decoration: underline; background: {theme.raised}; }}
    QPushButton[link="true"]:focus {{ border-color: {theme.accent}; }}
    QLabel[quiet="true"] {{ color: {theme.muted}; }}
    QLabel[heading="true"] {{ font-size: {round(1.5 * text_size)}pt; font-weight: 600; }}
    QLabel[fault="true"] {{ color: {theme.removed}; }}
    QFrame#pending {{ background: {theme.raised}; border: none; border-bottom: 1px solid {theme.border}; }}
    QDockWidget::title {{ padding: 6px 8px; }}
    QSplitter::handle {{ background: {theme.border}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    """
