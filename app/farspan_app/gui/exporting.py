"""Writing the corpus from the window: the same reader, writer and bytes as `farspan project export`."""

from __future__ import annotations

import io
from pathlib import Path

from farspan.aside import written_aside
from farspan.formats import format_for_output, writer_for
from farspan.formats.loss import Loss
from farspan.job import Job
from farspan.store.project import Project
from farspan.store.running import labelled_documents


def export_project(project: Project, path: Path, format: str | None, scheme: str | None, job: Job) -> Loss:
    """Write the newest run, after the manual edits, to `path`; what the format could not express. Cancelled, nothing is left."""
    with written_aside(path) as stream:
        return _write(project, stream, format_for_output(path, format), scheme, job)


def measure_loss(project: Project, format: str, scheme: str | None, job: Job) -> Loss:
    """What `format` cannot express of the newest run: it is written to nowhere."""
    return _write(project, _Nowhere(), format_for_output("-", format), scheme, job)


def preview_text(project: Project, format: str, scheme: str | None, job: Job, characters: int = 4000) -> str:
    """The beginning of what would be written."""
    stream = io.BytesIO()
    documents = labelled_documents(project)
    with writer_for(format, stream, scheme=scheme) as writer:
        for document in documents:
            job.progress(0, None, document.id)
            writer.write(document)
            if stream.tell() > characters:
                break
    return stream.getvalue().decode("utf-8", "replace")[:characters]


class _Nowhere(io.RawIOBase):
    """A stream that forgets what is written to it."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return memoryview(data).nbytes  # type: ignore[arg-type]


def _write(project: Project, stream: object, format: str, scheme: str | None, job: Job) -> Loss:
    total = len(project.documents.all())
    with writer_for(format, stream, scheme=scheme) as writer:  # type: ignore[arg-type]
        for number, document in enumerate(labelled_documents(project), 1):
            writer.write(document)
            job.progress(number, total, document.id)
    return writer.loss
