"""What is written of a project beside its corpus: the recipe, the report, the archive; no widgets here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from farspan.aside import written_aside
from farspan.audit.report import SUFFIXES, report_on
from farspan.job import Job
from farspan.portable import RECIPE, TEXTS, plain_name, recipe_text, write_portable
from farspan.project_archive import README, SUMS, pack_project
from farspan.store.project import Project
from farspan_app.gui.numbers import numeral
from farspan_app.gui.words import QT_TRANSLATE_NOOP

_SHOWN: Final = 20_000


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing to write. suffixes: of its files; none: it is a folder. preview: what it will be, as text."""

    name: str
    title: str
    about: str
    suffixes: tuple[str, ...]
    write: Callable[[Project, Path, Job], object]
    preview: Callable[[Project, Job], str]


def _write_report(project: Project, path: Path, job: Job) -> None:
    data = report_on(project, SUFFIXES.get(path.suffix.lower(), "html"), job)
    with written_aside(path) as stream:
        stream.write(data)


def _preview_report(project: Project, job: Job) -> str:
    return report_on(project, "md", job).decode()[:_SHOWN]


def _preview_archive(project: Project, job: Job) -> str:
    lists = [line.split('"')[1] for line in recipe_text(project, job).split("\n") if line.startswith('file = "lists/')]
    size = project.path.stat().st_size / 1e6
    return "\n".join([f"{plain_name(project.path.stem)}.farspan  ({numeral(size, 1)} MB)", RECIPE, TEXTS, *lists, SUMS, README])


BESIDE: Final[Mapping[str, Beside]] = {
    one.name: one
    for one in (
        Beside(
            "recipe",
            QT_TRANSLATE_NOOP("Beside", "Recipe"),
            QT_TRANSLATE_NOOP(
                "Beside",
                "A folder with the rules in force as recipe.toml, the lists and the texts. On any machine"
                " `farspan annotate --recipe recipe.toml` makes the same labels again; what was judged by hand is not in it.",
            ),
            (),
            write_portable,
            lambda project, job: recipe_text(project, job)[:_SHOWN],
        ),
        Beside(
            "report",
            QT_TRANSLATE_NOOP("Beside", "Report"),
            QT_TRANSLATE_NOOP(
                "Beside", "What was measured and what only speaks for or against the labels, to be read, printed or quoted."
            ),
            (".html", ".md", ".json"),
            _write_report,
            _preview_report,
        ),
        Beside(
            "archive",
            QT_TRANSLATE_NOOP("Beside", "Project archive"),
            QT_TRANSLATE_NOOP(
                "Beside",
                "The whole project in one ZIP file, with its recipe, lists and texts as plain files and their SHA-256."
                " Farspan opens it on any machine, with all judgements and the whole history.",
            ),
            (".zip",),
            pack_project,
            _preview_archive,
        ),
    )
}
