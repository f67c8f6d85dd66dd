"""A project is never overwritten by what is exported from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from farspan_app.cli.main import main


def test_a_project_is_not_exported_over_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "p.farspan"
    assert main(["project", "new", str(project)]) == 0
    before = project.read_bytes()
    assert main(["project", "export", str(project), "-o", str(project)]) == 2
    assert "is the project itself" in capsys.readouterr().err
    assert project.read_bytes() == before
