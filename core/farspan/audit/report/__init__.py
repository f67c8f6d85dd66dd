"""The report on a project: one content, written as HTML, Markdown or JSON; equal projects give equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, get_args

import orjson

from farspan.audit.report.content import gather
from farspan.audit.report.html import write_html
from farspan.audit.report.markdown import write_markdown
from farspan.audit.report.page import compose
from farspan.job import SILENT, Job
from farspan.store.project import Project

__all__ = ["FORMATS", "SUFFIXES", "ReportFormat", "gather", "report_on", "write_report"]

ReportFormat = Literal["html", "md", "json"]
FORMATS: Final[tuple[ReportFormat, ...]] = get_args(ReportFormat)
SUFFIXES: Final[Mapping[str, ReportFormat]] = {
    ".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".json": "json",
}  # fmt: skip

_OPTIONS: Final = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS
_WRITERS: Final[Mapping[ReportFormat, Callable[[Mapping[str, Any]], bytes]]] = {
    "html": lambda content: write_html(compose(content)).encode(),
    "md": lambda content: write_markdown(compose(content)).encode(),
    "json": lambda content: orjson.dumps(content, option=_OPTIONS),
}


def write_report(content: Mapping[str, Any], format: ReportFormat) -> bytes:
    """The report on `content`, as `gather` gives it."""
    return _WRITERS[format](content)


def report_on(project: Project, format: ReportFormat = "html", job: Job = SILENT) -> bytes:
    """The report on the newest run of `project`. Raises ProjectError before the first run."""
    return write_report(gather(project, job), format)
