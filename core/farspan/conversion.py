"""From one format to another, with everything that is lost or was put right counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from farspan.errors import OutputError, place
from farspan.formats import (
    FORMATS,
    Loss,
    ReadReport,
    format_for_output,
    open_target,
    read_documents,
    write_companions,
    writer_for,
)
from farspan.job import SILENT, Job
from farspan.model import Document
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary
from farspan.unpacking import bare_name

KINDS: Final = ("kept", "nested", "gold")
_BATCH: Final = 4_000_000  # characters tokenised together


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is to be converted, and how. Options that are None take the format's defaults.

    inputs: files, folders, archives, ``-``. output: a file, ``-``, an archive or a folder. kinds: of spans that are written.
    tokenizer, lang: for documents without tokens where the format needs them. strict: a loss is an error and nothing is written.
    """

    inputs: Sequence[str]
    output: str
    input_format: str = "auto"
    format: str | None = None
    encoding: str | None = None
    scheme: str | None = None
    kinds: Collection[str] = KINDS
    tokenizer: str = "spacy"
    lang: str = "xx"
    strict: bool = False
    read_options: Mapping[str, Any] = field(default_factory=dict)
    write_options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of it: how many documents and spans were read, what was put right, what the format could not hold, the files."""

    documents: int
    spans: int
    read: ReadReport
    loss: Loss
    outputs: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        lost = {kind: count for kind, count in self.loss.counts.items() if count}
        return {"documents": self.documents, "spans": self.spans, "lost": lost, "repaired": dict(self.read.counts)}


def convert(wanted: Conversion, job: Job = SILENT) -> Converted:
    """Write what is read, as `wanted` says. Raises FarspanError, and then leaves no output behind."""
    is_text = wanted.format is None and PurePath(bare_name(wanted.output)).suffix.lower() in FORMATS["text"].suffixes
    chosen = FORMATS["text" if is_text else format_for_output(wanted.output, wanted.format)]
    given = {"scheme": wanted.scheme, "kinds": wanted.kinds, "columns": True}
    options = {name: value for name, value in given.items() if name in chosen.write_options or (name == "scheme" and value)}
    options |= {name: value for name, value in wanted.write_options.items() if name in chosen.write_options or name == "style"}
    report = ReadReport()
    read = read_documents(
        wanted.inputs, input_format=wanted.input_format, encoding=wanted.encoding, report=report, **wanted.read_options
    )
    documents = spans = 0
    with open_target(wanted.output, chosen) as target:
        with writer_for(chosen.name, target, **options) as writer:
            for document in with_tokens(read, wanted.tokenizer, wanted.lang) if chosen.needs_tokens else read:
                writer.write(document)
                documents, spans = documents + 1, spans + len(document.spans)
                job.progress(documents, None, "documents")
        _refuse_loss(wanted, writer.loss)
        beside = write_companions(wanted.output, writer)
    return Converted(documents, spans, report, writer.loss, (wanted.output, *beside))


def _refuse_loss(wanted: Conversion, loss: Loss) -> None:
    if wanted.strict and loss:
        raise OutputError(
            f"not written, for these would be lost: {described(loss)}",
            where=place(wanted.output),
            remedy="choose a format that holds them, or leave out --strict",
        )


def described(loss: Loss) -> str:
    """The counts of what is lost, in one line."""
    return ", ".join(f"{kind} {count:,}" for kind, count in loss.counts.items() if count)


def with_tokens(documents: Iterable[Document], tokenizer: str, lang: str) -> Iterator[Document]:
    """The documents in their order, each with tokens and sentences: its own, or those of `tokenizer` for `lang`."""
    cut = None
    for batch in _batches(documents):
        if all(document.tokens is not None for document in batch):
            yield from batch
            continue
        cut = cut or make_tokenizer(tokenizer, lang, Vocabulary())
        bare = iter(build_corpus([document for document in batch if document.tokens is None], cut, lang).documents)
        yield from (next(bare) if document.tokens is None else document for document in batch)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents together up to some millions of characters; one with tokens does not wait for others."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= _BATCH or (len(batch) == 1 and document.tokens is not None):
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
