"""The window at work: how long its event loop stands still while texts are imported, rules are tuned and spans are judged.

A timer beats every few milliseconds on the window's thread; a gap between two beats is a stall. A second thread watches the
beats: when one is late it notes what every thread was doing, so that a stall has a culprit (`python -m benchmarks.window
--culprits`).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from benchmarks.data import Material, load_material, names_of_size
from benchmarks.results import Results
from benchmarks.setting import Setting

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollBar, QWidget

    from farspan_app.gui.window import MainWindow

SECTION = "The window: the longest that its event loop stood still, by what was going on"
PROMISE = 0.05
_BEAT = 4
_LATE = 0.035


@dataclass(slots=True)
class Stalls:
    """Gaps between two beats, in seconds, and for late ones what the threads were doing."""

    gaps: list[float] = field(default_factory=list)
    culprits: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The gaps in words."""
        late = sum(gap > PROMISE for gap in self.gaps)
        ordered = sorted(self.gaps)
        return (
            f"{late} over {PROMISE * 1000:.0f} ms of {len(self.gaps):,} beats; 99.9 % within {_quantile(ordered) * 1000:.0f} ms"
        )


class Watchdog:
    """Measures the event loop of this thread, phase by phase."""

    def __init__(self, *, culprits: bool) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.phases: dict[str, Stalls] = {}
        self._stalls = Stalls()
        self._last = time.perf_counter()
        self._main = threading.get_ident()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True) if culprits else None

    @contextmanager
    def phase(self, name: str) -> Iterator[Stalls]:
        """Measure what happens inside under `name`."""
        self._stalls = self.phases.setdefault(name, Stalls())
        self._last = time.perf_counter()
        self._timer.start(_BEAT)
        yield self._stalls
        self._beat()
        self._timer.stop()

    def start(self) -> None:
        """Watch the beats, if culprits are wanted."""
        if self._thread is not None:
            self._thread.start()

    def stop(self) -> None:
        """End the watching."""
        self._over.set()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._stalls.gaps.append(now - self._last - _BEAT / 1000)
        self._last = now

    def _watch(self) -> None:
        told, times = 0.0, 1
        while not self._over.wait(0.008):
            last = self._last
            times = times if last == told else 1
            late = time.perf_counter() - last
            if self._timer.isActive() and late > _LATE * times:
                told, times = last, times + 1
                self._stalls.culprits.append(f"  after {late * 1000:.0f} ms\n{_what_all_do(self._main)}")


def measure(setting: Setting, results: Results) -> None:
    """The whole story at 1M tokens x 100k names; with --quick a tenth."""
    dog = run_story(setting.material, setting.tokens[0], setting.names[1], setting.folder)
    case = f"{setting.tokens[0]:,} tokens x {setting.names[1]:,} names"
    for name, stalls in dog.phases.items():
        results.value(SECTION, case, name, f"{max(stalls.gaps) * 1000:.0f} ms", stalls.told())
    worst = {name: round(max(stalls.gaps) * 1000) for name, stalls in dog.phases.items()}
    results.at_most("longest stall of the window's event loop", PROMISE * 1000, worst, " ms")


def run_story(material: Material, tokens: int, names: int, folder: Path, *, culprits: bool = False) -> Watchdog:
    """A person's first hour, as fast as the program allows, on a window without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings

    from farspan_app.gui import theme
    from farspan_app.gui.first import make_application
    from farspan_app.gui.pauses import avoid_pauses
    from farspan_app.gui.preferences import Preferences
    from farspan_app.gui.window import MainWindow

    make_application()
    avoid_pauses()
    texts, listed = _write_inputs(material, tokens, names, folder)
    large = _write_large(material, 20 * tokens, folder)
    theme.use("light")
    window = MainWindow(Preferences(QSettings(str(folder / "preferences.ini"), QSettings.Format.IniFormat)))
    window.resize(1600, 1000)
    window.show()
    dog = Watchdog(culprits=culprits)
    dog.start()
    try:
        for story in (_story(window, texts, listed, folder), _large_story(window, large, listed, folder)):
            for name, act in story:
                with dog.phase(name):
                    act()
                    _settle(window)
    finally:
        dog.stop()
        window.close()
    return dog


def _story(window: MainWindow, texts: Path, listed: Path, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    work = window.workspace
    yield "make a project", lambda: work.new_project(folder / "window.farspan")
    yield "import texts", lambda: work.import_texts([texts])
    yield "import a list", lambda: work.import_list(f"NAME={listed}")
    for tab in ("corpus", "lists", "text", "concordance", "tuning", "export"):
        yield f"show {tab}", lambda tab=tab: window.show_tab(tab)
    window.show_tab("tuning")
    for values in ({"case": "ignore"}, {"min_length": 4}, {"fuzzy": 1}, {"suffixes": ("s", "'s")}, {"max_risk": 0.7}):
        yield f"try {values}", lambda values=values: work.set_options(None, values)
    yield "discard", work.discard
    yield "try case=first", lambda: work.set_options(None, {"case": "first"})
    yield "apply", work.apply
    window.show_tab("concordance")
    yield "judge 1", lambda: work.judge([0], "accepted")
    yield "judge 5,000", lambda: work.judge(range(5_000), "rejected")
    yield "undo", work.undo
    yield "redo", work.redo
    window.show_tab("text")
    yield "read on, span by span", lambda: _press(window, "N", 60)
    yield "relabel 5,000", lambda: work.relabel(range(5_000), "OTHER")
    yield "undo relabelling", work.undo
    yield "show errors", lambda: window.show_tab("errors")
    errors: Any = window.panels["errors"]
    yield "draw a sample", lambda: errors.auditing.draw("spans", 100)
    yield "judge 30 of it by key", lambda: _judge(window, errors.judging.view, 30)
    yield "show relations", lambda: window.show_tab("relations")
    yield "export the corpus", lambda: work.export(folder / "corpus.conll")


def _large_story(window: MainWindow, text: Path, listed: Path, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """One text of 20 million characters with a million candidates."""
    work = window.workspace
    work.new_project(folder / "large.farspan")
    _settle(window)
    yield "import 20 million characters", lambda: work.import_texts([text])
    yield "import a list, as large", lambda: work.import_list(f"NAME={listed}")
    yield "try case=ignore, as large", lambda: work.set_options(None, {"case": "ignore"})
    yield "apply, as large", work.apply
    reading: Any = window.panels["text"]
    yield "open 20 million characters", lambda: window.show_tab("text")
    yield "scroll through them", lambda: _scroll(reading.view.verticalScrollBar())
    rows: Any = window.panels["concordance"]
    yield "show the concordance, as large", lambda: window.show_tab("concordance")
    yield "scroll through the rows", lambda: _scroll(rows.view.verticalScrollBar())
    yield "sort by the word after", lambda: rows.sort_by("R1")
    yield "scroll through the sorted rows", lambda: _scroll(rows.view.verticalScrollBar())
    yield "search by a regular expression", lambda: _search(rows, "^s.*n$")
    yield "choose a facet", lambda: work.choose({"status": frozenset({"kept"})})
    yield "forget facet and search", lambda: (work.choose({}), _search(rows, ""))
    yield "judge 50,000", lambda: work.judge(range(50_000), "rejected")
    yield "undo 50,000", work.undo


def _press(window: MainWindow, key: str, times: int) -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(times):
        window.press(key)
        QApplication.processEvents()


def _judge(window: MainWindow, view: QWidget, times: int) -> None:
    """Accept and reject in turn, each as soon as the one before is taken."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    for number in range(times):
        QTest.keyClick(view, Qt.Key.Key_A if number % 3 else Qt.Key.Key_R)
        _settle(window, pause=20)


def _scroll(bar: QScrollBar) -> None:
    """A page at a time, then in leaps as by dragging the handle."""
    from PySide6.QtWidgets import QApplication

    places = [*range(0, 200 * bar.pageStep(), bar.pageStep()), *range(0, bar.maximum(), max(bar.maximum() // 200, 1))]
    for place in places:
        bar.setValue(place)
        QApplication.processEvents()


def _search(panel: Any, text: str) -> None:
    panel.toggles._regex.setChecked(bool(text))  # noqa: SLF001  (as a person presses it)
    panel.field.setText(text)


def _write_inputs(material: Material, tokens: int, names: int, folder: Path) -> tuple[Path, Path]:
    texts = folder / "texts"
    texts.mkdir()
    wanted, number = tokens * 5.5, 0  # characters; a token of English has about as many with its blank
    while wanted > 0:
        piece = material.pieces[number % len(material.pieces)]
        (texts / f"{number:05}.txt").write_text(piece, encoding="utf-8")
        wanted, number = wanted - len(piece), number + 1
    listed = folder / "names.txt"
    listed.write_text("\n".join(names_of_size(material.names, names)) + "\n", encoding="utf-8")
    return texts, listed


def _write_large(material: Material, characters: int, folder: Path) -> Path:
    """The texts as one, repeated to its size."""
    path, size, number = folder / "large.txt", 0, 0
    with path.open("w", encoding="utf-8") as file:
        while size < characters:
            size += file.write(material.pieces[number % len(material.pieces)])
            number += 1
    return path


def _settle(window: MainWindow, pause: int = 300) -> None:
    """Until no task runs and the timers that follow within `pause` milliseconds have fired."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    while True:
        QTimer.singleShot(pause, loop.quit)
        loop.exec()
        if not window.workspace.tasks.running:
            return


def _quantile(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.999))]


def _what_all_do(main: int) -> str:
    """The innermost calls of every thread, the window's first."""
    frames = sys._current_frames()  # noqa: SLF001  (the documented way to see other threads)
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    order = sorted(frames, key=lambda ident: ident != main)
    return "\n".join(f"  {names.get(ident, '?')}: {_calls(frames[ident])}" for ident in order if ident != threading.get_ident())


def _calls(frame: FrameType) -> str:
    stack = traceback.extract_stack(frame)[-7:]
    return " < ".join(f"{Path(call.filename).stem}:{call.lineno} {call.name}" for call in reversed(stack))


def main() -> None:
    """Print the stalls of each phase, and with --culprits what caused them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window")
    parser.add_argument("--texts", nargs="+", default=[])
    parser.add_argument("--names", nargs="+", default=[])
    parser.add_argument("--tokens", type=int, default=10**6)
    parser.add_argument("--size", type=int, default=10**5, help="names")
    parser.add_argument("--culprits", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="farspan-bench-") as folder:
        material = load_material(asked.texts, asked.names, Path(folder) / "sample", None)
        dog = run_story(material, asked.tokens, asked.size, Path(folder), culprits=asked.culprits)
    for name, stalls in dog.phases.items():
        print(f"{max(stalls.gaps) * 1000:7.0f} ms  {name}: {stalls.told()}")
        for culprit in stalls.culprits:
            print(culprit, "\n")


if __name__ == "__main__":
    main()
