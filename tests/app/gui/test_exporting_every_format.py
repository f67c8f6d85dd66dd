"""The Export tab's work without its widgets: the loss told, the beginning shown and the file written, for every format."""

from __future__ import annotations

import pytest

from farspan.formats import FORMATS, read_documents
from farspan.job import SILENT
from farspan.store.project import Project
from farspan_app.cli.main import main
from farspan_app.gui.exporting import export_project, measure_loss, preview_text
from farspan_app.gui.panels.export import WRITABLE


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "letter.txt").write_text("Ana Ruiz vio Lima. 🏛\r\nLima es grande.", newline="")
    (folder / "places.txt").write_text("Lima\n")
    arguments = ["--list", f"LOC={folder / 'places.txt'}", "--project", str(folder / "p.farspan"), "-q"]
    assert main(["annotate", str(folder / "letter.txt"), *arguments]) == 0
    with Project.open(folder / "p.farspan") as opened:
        yield opened


@pytest.mark.parametrize("name", [item.name for item in WRITABLE])
def test_loss_beginning_and_file(name, project, tmp_path):
    loss = measure_loss(project, name, None, SILENT)
    shown = preview_text(project, name, None, SILENT)
    if name not in {"tacred", "nyt10", "docbin", "parquet"}:
        assert "Lima" in shown
    item = FORMATS[name]
    path = tmp_path / f"a{'.zip' if item.single or item.content == 'pair' else item.suffixes[0]}"
    assert export_project(project, path, name, None, SILENT).counts == loss.counts
    if name not in {"tacred", "nyt10", "text"}:
        (document,) = read_documents([path])
        assert [document.text[span.start : span.end] for span in document.spans] == ["Lima", "Lima"]
