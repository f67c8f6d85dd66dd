"""A window of its own for every test, offscreen, with settings of its own; nothing may be left running."""

import os
import threading

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt

from farspan_app.gui import theme
from farspan_app.gui.first import Application
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.samples import make_sample_project
from farspan_app.gui.translating import use_language
from farspan_app.gui.window import MainWindow
from farspan_app.gui.workspace import Workspace


@pytest.fixture(autouse=True)
def _nothing_left_running():
    yield
    # Without an event loop closed windows would stay to the end, and every change of theme would paint them all again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("farspan-")]
    assert not left, f"threads still run: {left}"


def wait_for(qtbot, task):
    """What `task` succeeds with; its error is raised."""
    assert task is not None
    ended = {}
    task.succeeded.connect(lambda value: ended.update(value=value))
    task.failed.connect(lambda error: ended.update(error=error))
    task.cancelled.connect(lambda: ended.update(cancelled=True))
    qtbot.waitUntil(lambda: not task.is_running, timeout=20_000)
    if "error" in ended:
        raise ended["error"]
    return ended.get("value")


@pytest.fixture
def wait(qtbot):
    return lambda task: wait_for(qtbot, task)


@pytest.fixture
def preferences(tmp_path):
    found = Preferences(QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat))
    found.folder = tmp_path / "projects"
    return found


@pytest.fixture(scope="session")
def qapp_cls():
    """The application that pytest-qt makes is ours."""
    return Application


@pytest.fixture
def spanish(qapp):
    installed = use_language("es", qapp)
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


@pytest.fixture
def workspace(qapp):
    made = Workspace()
    yield made
    made.shut()
    made.deleteLater()


@pytest.fixture
def window(qtbot, preferences):
    theme.use("light")
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, Qt.Key.Key_F35)  # lets go of the Shift or Ctrl that an earlier test held
    yield made
    made.close()


@pytest.fixture
def settled(qtbot):
    """Waits until nothing is under way."""

    def wait(workspace):
        qtbot.waitUntil(lambda: not workspace.tasks.running, timeout=20_000)

    return wait


@pytest.fixture(scope="session")
def amharic(tmp_path_factory):
    from farspan.job import SILENT

    return make_sample_project("amharic-places", tmp_path_factory.mktemp("amharic"), SILENT)


@pytest.fixture(scope="session")
def _film_news(tmp_path_factory):
    """The sample project, opened once, so that its texts are tokenised and its run is stored."""
    from farspan.job import SILENT
    from farspan.store.project import Project
    from farspan.store.running import run_project

    path = make_sample_project("film-news", tmp_path_factory.mktemp("film-news"), SILENT)
    with Project.open(path) as project:
        run_project(project)
    return path


@pytest.fixture
def film_news(_film_news, tmp_path):
    """A sample project of its own, which opens quickly."""
    import shutil

    return shutil.copy(_film_news, tmp_path / "film-news.farspan")


SCRIPTS = {
    "many scripts": (
        "Addis Ababa University in New York City was visited by Ann Taylor, née Müller-Lüdenscheidt.\n"
        "አዲስ አበባ የኢትዮጵያ ዋና ከተማ ናት። በአዲስ አበባ ዩኒቨርሲቲ ተማሪዎች አሉ።\n"
        "दिल्ली भारत की राजधानी है। मुंबई एक बड़ा शहर है।\n"
        "北京是中国的首都。\n"
        "Cafe\u0301 de Sa\u0303o Paulo 👩‍👩‍👧 in 𝔅𝔢𝔯𝔩𝔦𝔫 🇪🇹, then Berlin.\n"
    ),
    "right to left": (
        "القاهرة عاصمة مصر، وتقع على نهر النيل. زار John Smith مدينة القاهرة في عام 2021 مع أصدقائه من Berlin.\n"
        "יְרוּשָׁלַיִם היא בירת ישראל. תל אביב נמצאת לחוף הים.\n"
    ),
}
LISTS = {
    "LOC": ["Addis Ababa", "New York", "New York City", "አዲስ አበባ", "የኢትዮጵያ", "القاهرة", "مصر", "Berlin", "ישראל", "תל אביב", "दिल्ली",
            "भारत", "Sa\u0303o Paulo", "𝔅𝔢𝔯𝔩𝔦𝔫"],
    "PER": ["Ann Taylor", "Taylor", "John Smith", "Müller-Lüdenscheidt"],
    "ORG": ["Addis Ababa University", "አዲስ አበባ ዩኒቨርሲቲ"],
}  # fmt: skip


@pytest.fixture(scope="session")
def _scripts_file(tmp_path_factory):
    from farspan.model import Document
    from farspan.sources.lists import EntityList
    from farspan.store.project import Project

    path = tmp_path_factory.mktemp("scripts") / "scripts.farspan"
    with Project.create(path) as project:
        project.add_documents([Document(name, text) for name, text in SCRIPTS.items()])
        for label, names in LISTS.items():
            project.add_source(EntityList.from_names(label, names, name=label.lower()))
    return path


@pytest.fixture
def scripts_copy(_scripts_file, tmp_path):
    """A project of its own with text in many scripts."""
    import shutil

    path = tmp_path / "scripts.farspan"
    shutil.copy(_scripts_file, path)
    return path


@pytest.fixture
def scripts(scripts_copy, workspace, wait):
    """The workspace over a project with text in many scripts."""
    theme.use("light")
    wait(workspace.open_project(scripts_copy))
    return workspace
