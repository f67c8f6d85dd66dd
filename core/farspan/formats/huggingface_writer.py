"""Writing datasets for the Hugging Face Hub; see `huggingface` for their columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from types import TracebackType
from typing import IO, Any, Final

import orjson

from farspan.errors import OptionError, OutputError
from farspan.formats.flat import flatten, is_plain
from farspan.formats.huggingface import DOCUMENT, METADATA
from farspan.formats.output import WRITTEN, StreamWriter
from farspan.formats.schemes import SCHEMES, Scheme, encode, find_touching, tags_of_label
from farspan.model import Document, Tokens

_ROWS: Final = 10_000


class _SentenceWriter(StreamWriter):
    """What both forms share: sentences as rows, and the names of all tags, ``O`` first."""

    def __init__(self, stream: IO[bytes], *, scheme: Scheme = "iob2", kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, kinds=kinds)
        if scheme not in SCHEMES:
            raise OptionError(f"scheme={scheme} is not possible", remedy=f"choose one of: {', '.join(SCHEMES)}")
        self._scheme: Scheme = scheme
        self.names: dict[str, int] = {"O": 0}
        self._rows = 0

    def _sentences(self, document: Document) -> Iterator[tuple[str, str, list[str], list[str]]]:
        """The id, the document, the tokens and the tags of each sentence. Raises OutputError without tokens."""
        tokens = document.tokens
        if tokens is None:
            raise OutputError(
                f"document {document.id!r} has no tokens to write", remedy="annotate it first, which finds its tokens"
            )
        tags = self._tags(document, tokens)
        text = document.text
        words = [text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
        if not is_plain(text, tokens):
            self.loss.add("text", document.id)
        unsaid = sorted(tokens.columns.keys() - {"tag"})
        self.loss.add("columns", f"{document.id}: {', '.join(unsaid)}", int(bool(unsaid)))
        bounds = [*tokens.sentences.tolist(), len(words)] if words else [0, 0]
        for begin, end in pairwise(bounds):
            yield str(self._rows), document.id, words[begin:end], tags[begin:end]
            self._rows += 1

    def _tags(self, document: Document, tokens: Tokens) -> list[str]:
        flat = flatten(document, tokens, self._kinds, self.loss)
        if self._scheme == "io":
            self.loss.add("merged", document.id, len(find_touching(flat, tokens.sentences)))
        tags = ["O"] * len(tokens)
        if len(flat.starts):
            for label in flat.labels:
                for tag in tags_of_label(label, self._scheme):
                    self.names.setdefault(tag, len(self.names))
            places, numbers, known = encode(flat, self._scheme, tokens.sentences)
            for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
                tags[place] = known[number]
        return tags


class HfJsonlWriter(_SentenceWriter):
    """Writes JSON lines with tags as names; the list of the names goes beside the file."""

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError if it has no tokens, and for half surrogates."""
        for key, name, words, tags in self._sentences(document):
            self._dump(document, {"id": key, DOCUMENT: name, "tokens": words, "ner_tags": tags})

    @property
    def beside(self) -> dict[str, bytes]:
        """The names of the tags, ``O`` first."""
        return {"*_labels.json": orjson.dumps(list(self.names)) + b"\n"}


class ParquetWriter(_SentenceWriter):
    """Writes a Parquet table with tags as numbers and their names in the schema's metadata."""

    def __init__(self, stream: IO[bytes], *, scheme: Scheme = "iob2", kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, scheme=scheme, kinds=kinds)
        import pyarrow as pa  # noqa: PLC0415  (start-up)
        import pyarrow.parquet as pq  # noqa: PLC0415

        words, numbers = pa.list_(pa.string()), pa.list_(pa.int64())
        self._schema = pa.schema([("id", pa.string()), (DOCUMENT, pa.string()), ("tokens", words), ("ner_tags", numbers)])
        # Without Arrow's own copy of the schema, names that are known only at the end still become metadata of the schema.
        self._table = pq.ParquetWriter(stream, self._schema, compression="zstd", store_schema=False)
        self._waiting: list[dict[str, Any]] = []

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError if it has no tokens, and for half surrogates."""
        for key, name, words, tags in self._sentences(document):
            numbers = [self.names[tag] for tag in tags]
            self._waiting.append({"id": key, DOCUMENT: name, "tokens": words, "ner_tags": numbers})
        if len(self._waiting) >= _ROWS:
            self._hand_on(document.id)

    def _hand_on(self, last: str) -> None:
        import pyarrow as pa  # noqa: PLC0415

        try:
            batch = pa.RecordBatch.from_pylist(self._waiting, schema=self._schema)
        except (pa.ArrowException, UnicodeEncodeError) as error:
            raise OutputError(
                f"a document up to {last!r} holds half of a surrogate pair, which no file can hold", remedy="repair the text"
            ) from error
        self._table.write_batch(batch)
        self._waiting = []

    def finish(self) -> None:
        """Write the rest, and the names of the tags."""
        self._hand_on("the last")
        strings = {"dtype": "string", "_type": "Value"}
        labels = {"names": list(self.names), "_type": "ClassLabel"}
        features = {
            "id": strings,
            DOCUMENT: strings,
            "tokens": {"feature": strings, "_type": "Sequence"},
            "ner_tags": {"feature": labels, "_type": "Sequence"},
        }
        self._table.add_key_value_metadata({METADATA: orjson.dumps({"info": {"features": features}})})
        self._table.close()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        if kind is not None:
            self._table.close()
