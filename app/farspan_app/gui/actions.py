"""Everything a person can ask of the window, as plain data: menus, tooltips, keys and the palette are all made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

Condition = Callable[[Workspace], bool]


def always(_: Workspace) -> bool:
    """Whatever is open."""
    return True


def with_project(workspace: Workspace) -> bool:
    """A project is open."""
    return workspace.project is not None


def with_writing(workspace: Workspace) -> bool:
    """A project is open that may be changed."""
    return workspace.project is not None and not workspace.read_only


def with_run(workspace: Workspace) -> bool:
    """There is a result."""
    return workspace.run is not None


def with_judging(workspace: Workspace) -> bool:
    """There is a result, and it may be judged."""
    return workspace.run is not None and not workspace.read_only


def with_pending(workspace: Workspace) -> bool:
    """A rule change waits."""
    return workspace.has_pending and not workspace.read_only


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to ask for. callback: a method of the window. keys: the first is shown. menu: where it stands.

    value: what the method is given; None: nothing.
    """

    id: str
    title: str
    callback: str
    menu: str
    keys: tuple[str, ...] = ()
    when: Condition = always
    ends_group: bool = False
    value: str | None = None

    @property
    def text(self) -> str:
        """The title in the person's language."""
        said = QCoreApplication.translate("Action", self.title)
        return said.format(self.value) if "{}" in said else said

    @property
    def icon(self) -> str:
        """The name of its drawing; empty if it has none."""
        return _ICONS.get(self.id, "")


_ICONS: Final = {
    "new": "add", "open": "folder", "sample": "sample", "texts": "corpus", "list": "lists", "export": "export", "undo": "undo",
    "redo": "redo", "preferences": "preferences", "accept": "accept", "reject": "reject", "undecided": "undecided",
    "exclude": "never", "apply": "accept", "discard": "reject", "version": "version", "palette": "search", "help": "help",
}  # fmt: skip


MENUS: Final = (
    QT_TRANSLATE_NOOP("Menu", "&Project"),
    QT_TRANSLATE_NOOP("Menu", "&Edit"),
    QT_TRANSLATE_NOOP("Menu", "&Judge"),
    QT_TRANSLATE_NOOP("Menu", "&Rules"),
    QT_TRANSLATE_NOOP("Menu", "&View"),
    QT_TRANSLATE_NOOP("Menu", "&Help"),
)
PROJECT, EDIT, JUDGE, RULES, VIEW, HELP = MENUS

ACTIONS: Final[tuple[Action, ...]] = (
    Action("new", QT_TRANSLATE_NOOP("Action", "New project ..."), "new_project", PROJECT, ("Ctrl+N",)),
    Action("open", QT_TRANSLATE_NOOP("Action", "Open project ..."), "open_project", PROJECT, ("Ctrl+O",)),
    Action("sample", QT_TRANSLATE_NOOP("Action", "Open the sample project"), "open_sample", PROJECT, ends_group=True),
    Action("texts", QT_TRANSLATE_NOOP("Action", "Import texts ..."), "import_texts", PROJECT, ("Ctrl+I",), with_writing),
    Action("list", QT_TRANSLATE_NOOP("Action", "Import a list ..."), "import_list", PROJECT, ("Ctrl+L",), with_writing),
    Action("export", QT_TRANSLATE_NOOP("Action", "Export ..."), "show_export", PROJECT, ("Ctrl+E",), with_run, ends_group=True),
    Action("close", QT_TRANSLATE_NOOP("Action", "Close project"), "close_project", PROJECT, ("Ctrl+W",), with_project),
    Action("quit", QT_TRANSLATE_NOOP("Action", "Quit"), "close", PROJECT, ("Ctrl+Q",)),
    Action("undo", QT_TRANSLATE_NOOP("Action", "Undo"), "undo", EDIT, ("Ctrl+Z",), lambda w: w.undo_operation is not None),
    Action(
        "redo",
        QT_TRANSLATE_NOOP("Action", "Redo"),
        "redo",
        EDIT,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda w: w.redo_operation is not None,
        ends_group=True,
    ),
    Action("find", QT_TRANSLATE_NOOP("Action", "Find ..."), "start_search", EDIT, ("Ctrl+F",), with_project),
    Action("find_next", QT_TRANSLATE_NOOP("Action", "Find the next one"), "press", EDIT, ("F3",), with_run, value="F3"),
    Action(
        "find_previous",
        QT_TRANSLATE_NOOP("Action", "Find the previous one"),
        "press",
        EDIT,
        ("Shift+F3",),
        with_run,
        ends_group=True,
        value="Shift+F3",
    ),
    Action("preferences", QT_TRANSLATE_NOOP("Action", "Preferences ..."), "show_preferences", EDIT, ("Ctrl+,",)),
    Action("accept", QT_TRANSLATE_NOOP("Action", "Accept"), "accept", JUDGE, ("A",), with_judging),
    Action("reject", QT_TRANSLATE_NOOP("Action", "Reject"), "reject", JUDGE, ("R",), with_judging),
    Action("undecided", QT_TRANSLATE_NOOP("Action", "Leave undecided"), "leave_undecided", JUDGE, ("U",), with_judging),
    Action("exclude", QT_TRANSLATE_NOOP("Action", "Never match this name anywhere"), "exclude_name", JUDGE, ("X",), with_judging),
    *(
        Action(f"label{n}", QT_TRANSLATE_NOOP("Action", "Give label {}"), "press", JUDGE, (n,), with_judging, n == "9", n)
        for n in "123456789"
    ),
    Action("next", QT_TRANSLATE_NOOP("Action", "Next"), "press", JUDGE, ("N", "Shift+Right"), with_run, value="N"),
    Action("previous", QT_TRANSLATE_NOOP("Action", "Previous"), "press", JUDGE, ("P", "Shift+Left"), with_run, value="P"),
    Action(
        "conflict",
        QT_TRANSLATE_NOOP("Action", "Next conflict"),
        "press",
        JUDGE,
        ("Shift+N",),
        with_run,
        value="Shift+N",
    ),
    Action("apply", QT_TRANSLATE_NOOP("Action", "Apply the changed rules"), "apply_rules", RULES, ("Ctrl+Return",), with_pending),
    Action(
        "discard",
        QT_TRANSLATE_NOOP("Action", "Discard the changed rules"),
        "discard_rules",
        RULES,
        ("Ctrl+Backspace",),
        with_pending,
    ),
    Action(
        "version",
        QT_TRANSLATE_NOOP("Action", "Save the rules as a version ..."),
        "save_version",
        RULES,
        ("Ctrl+S",),
        with_writing,
    ),
    Action("palette", QT_TRANSLATE_NOOP("Action", "Command palette ..."), "show_palette", VIEW, ("Ctrl+K",), ends_group=True),
    Action("larger", QT_TRANSLATE_NOOP("Action", "Larger text"), "enlarge_text", VIEW, ("Ctrl++", "Ctrl+=")),
    Action("smaller", QT_TRANSLATE_NOOP("Action", "Smaller text"), "shrink_text", VIEW, ("Ctrl+-",)),
    Action("normal", QT_TRANSLATE_NOOP("Action", "Text size as it was"), "reset_text", VIEW, ("Ctrl+0",), ends_group=True),
    Action("light", QT_TRANSLATE_NOOP("Action", "Light colours"), "use_light", VIEW),
    Action("dark", QT_TRANSLATE_NOOP("Action", "Dark colours"), "use_dark", VIEW),
    Action("system", QT_TRANSLATE_NOOP("Action", "Colours as the system has them"), "use_system", VIEW, ends_group=True),
    Action("help", QT_TRANSLATE_NOOP("Action", "Help for this tab"), "show_help", HELP, ("F1",)),
    Action(
        "desktop", QT_TRANSLATE_NOOP("Action", "Put Farspan into the menu of this computer"), "put_in_menu", HELP, ends_group=True
    ),
    Action("about", QT_TRANSLATE_NOOP("Action", "About Farspan"), "show_about", HELP),
)
