"""Writing the corpus from the window: the same reader, writer and bytes as `farspan project export`."""

from __future__ import annotations

import io
from pathlib import Path

from farspan.filesets import FileSet
from farspan.formats import FORMATS, Format, Writer, format_for_output, open_target, write_companions, writer_for
from farspan.formats.loss import Loss
from farspan.job import Job
from farspan.store.project import Project
from farspan.store.running import labelled_documents


def export_project(project: Project, path: Path, format: str | None, scheme: str | None, job: Job) -> Loss:
    """Write the newest run, after the manual edits, to `path`; what the format could not express. Cancelled, nothing is left."""
    chosen = format_for_output(path, format)
    with open_target(str(path), FORMATS[chosen]) as target:
        writer = _written(project, target, chosen, scheme, job)
        write_companions(str(path), writer)
    return writer.loss


def measure_loss(project: Project, format: str, scheme: str | None, job: Job) -> Loss:
    """What `format` cannot express of the newest run: it is written to nowhere."""
    chosen = format_for_output("-", format)
    target = _Pages() if _needs_files(FORMATS[chosen]) else _Nowhere()
    return _written(project, target, chosen, scheme, job).loss


def preview_text(project: Project, format: str, scheme: str | None, job: Job, characters: int = 4000) -> str:
    """The beginning of what would be written; of a format of several files with their names, of one that is no text nothing."""
    item = FORMATS[format_for_output("-", format)]
    if item.content == "bytes" and not _is_xml(item):
        return ""
    stream, pages = io.BytesIO(), _Pages(characters)
    documents = labelled_documents(project)
    with writer_for(format, pages if _needs_files(item) else stream, scheme=scheme) as writer:
        for document in documents:
            job.progress(0, None, document.id)
            writer.write(document)
            if stream.tell() + pages.length > characters:
                break
    return (pages.shown if _needs_files(item) else stream.getvalue()).decode("utf-8", "replace")[:characters]


def _needs_files(format: Format) -> bool:
    return format.single or format.content == "pair"


def _is_xml(format: Format) -> bool:
    return any(suffix in {".xmi", ".xml"} for suffix in format.suffixes)


class _Pages(FileSet):
    """Files of which only the beginning is kept, for show."""

    def __init__(self, characters: int = 0) -> None:
        super().__init__()
        self._most = characters
        self.length = 0
        self.shown = b""

    def add(self, name: str, data: bytes) -> None:
        self.length += len(data)
        if len(self.shown) < self._most:
            self.shown += f"--- {name}\n".encode() + data + b"\n"


class _Nowhere(io.RawIOBase):
    """A stream that forgets what is written to it."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return memoryview(data).nbytes  # type: ignore[arg-type]


def _written(project: Project, stream: object, format: str, scheme: str | None, job: Job) -> Writer:
    total = len(project.documents.all())
    with writer_for(format, stream, scheme=scheme) as writer:  # type: ignore[arg-type]
        for number, document in enumerate(labelled_documents(project), 1):
            writer.write(document)
            job.progress(number, total, document.id)
    return writer
