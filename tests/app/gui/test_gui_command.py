"""`farspan gui`: pictures of every tab without a display, wrong usage in plain words, and work that outlives a kill."""

import os
import shutil
import signal
import subprocess
import sys
import time

from PySide6.QtGui import QImage

from farspan.store.project import Project
from farspan_app.gui.tabs import TABS


def farspan(*arguments, **environment):
    command = [sys.executable, "-m", "farspan_app.cli.main", *map(str, arguments)]
    plain = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    return subprocess.run(command, capture_output=True, text=True, env={**plain, **environment}, check=False)


def test_pictures_of_every_tab(amharic, tmp_path):
    path = tmp_path / "a.farspan"
    shutil.copy(amharic, path)
    done = farspan("gui", "--screenshots", tmp_path / "shots", "--size", "1280x720", "--theme", "dark", path)
    assert (done.returncode, done.stderr) == (0, "")
    written = sorted((tmp_path / "shots").iterdir())
    assert [picture.name for picture in written] == [f"{number}-{tab.id}.png" for number, tab in enumerate(TABS, 1)]
    images = [QImage(str(picture)) for picture in written]
    assert {(image.width(), image.height()) for image in images} == {(1280, 720)}
    assert len({bytes(image.constBits()) for image in images}) == len(images)


def test_wrong_usage_is_told_in_one_line(tmp_path):
    for arguments, code, said in (
        (("gui", "--size", "big"), 2, "--size 'big' is no size; write it like 1440x900"),
        (("gui", "--theme", "blue"), 2, "--theme 'blue' is not possible; choose one of: system, light, dark"),
        (("gui", "--lang", "xx"), 2, "--lang 'xx' is not possible; choose one of: system, en, es"),
        (("gui", tmp_path / "none.farspan"), 1, "no such file"),
        (("gui", "--screenshots", tmp_path), 2, "--screenshots needs a project"),
        (("gui", "--sample", "none"), 2, "no sample is called 'none'"),
        (("gui",), 1, "there is no display"),
    ):
        done = farspan(*arguments)
        assert (done.returncode, done.stdout) == (code, ""), done
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_file_that_is_no_project_gives_its_fault_not_pictures(tmp_path):
    path = tmp_path / "x.farspan"
    path.write_text("no project")
    done = farspan("gui", "--screenshots", tmp_path / "shots", path)
    assert done.returncode == 1
    assert "not a Farspan project" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_never_load_qt():
    program = "import sys, farspan_app.cli.main; print([name for name in sys.modules if name.startswith('PySide6')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from farspan_app.gui.first import make_application
from farspan_app.gui.window import MainWindow
from farspan_app.gui.preferences import Preferences
from PySide6.QtCore import QSettings
app = make_application()
window = MainWindow(Preferences(QSettings(sys.argv[2], QSettings.Format.IniFormat)))
window.show()
done = 0
def judge(*_):
    global done
    task = window.workspace.judge([done], "rejected")
    task.succeeded.connect(told)
def told(*_):
    global done
    done += 1
    print(done, flush=True)
    judge()
window.open_path(Path(sys.argv[1])).succeeded.connect(judge)
app.exec()
"""


def test_what_was_said_to_be_saved_outlives_a_kill(amharic, tmp_path):
    path = tmp_path / "a.farspan"
    shutil.copy(amharic, path)
    command = [sys.executable, "-c", KILLED, str(path), str(tmp_path / "p.ini")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.DEVNULL
    )
    with process, process.stdout as told:
        said = 0
        while said < 25:
            said = int(told.readline())
        time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        said += len(told.read().split())
    with Project.open(path) as project:
        judgements = project.work.judgements()
        assert len(judgements) >= said
        assert len(judgements) - said <= 1
        assert project.check() == []
        assert project.undo() is not None
