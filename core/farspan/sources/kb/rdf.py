"""SKOS, OWL and any other RDF, parsed by rdflib in a process of its own, with a bound on size, memory and time."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import orjson

from farspan.errors import InputError, Place, place
from farspan.files import open_input
from farspan.inputs import InputFile
from farspan.model import Triple
from farspan.sources.kb.forms import bare_suffix
from farspan.sources.kb.naming import Concept, names_of

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.extraction import KbName
    from farspan.sources.kb.forms import Wanted
    from farspan.sources.rows import RowProblem

LARGEST: Final = 512 << 20
"""The most bytes of RDF: rdflib holds a graph in memory, at some ten times its size."""

_SYNTAX: Final = {
    ".ttl": "turtle", ".n3": "n3", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld", ".json": "json-ld",
    ".rdf": "xml", ".owl": "xml", ".xml": "xml",
}  # fmt: skip
_ENTITY: Final = re.compile(rb"<!ENTITY\s+(%\s+)?\S+\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*')")
_POLL: Final = 0.1


def read_rdf(path: str, wanted: Wanted, _: list[RowProblem], job: Job) -> Iterator[KbName]:
    """The names of the entities in the RDF file `path`; labels of SKOS before those of RDFS and others.

    Entities that are deprecated are left out. Raises InputError for what is no RDF, too large or takes too long.
    """
    found = []
    for row in _rows(path, "labels", wanted.timeout, job):
        if not row["deprecated"]:
            scoped = [label for scope in wanted.synonyms for label in row["scoped"].get(scope, [])]
            others = [(lang, text) for lang, text in (*row["others"], *scoped)]
            found.append(
                Concept(row["id"], [(lang, text) for lang, text in row["preferred"]], others, row["parents"], row["keys"])
            )
    return names_of(found, wanted, path)


def read_rdf_triples(path: str, timeout: float, job: Job) -> Iterator[Triple]:
    """The statements between entities of the RDF file `path`, by whole addresses. Raises InputError."""
    return (Triple(row["subject"], row["relation"], row["object"]) for row in _rows(path, "triples", timeout, job))


def _rows(path: str, what: str, timeout: float, job: Job) -> Iterator[dict[str, Any]]:
    data = _content(path)
    command = [sys.executable, "-m", "farspan.sources.kb.rdf_worker", syntax(path, data[:4000]), what]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        size = len(data)
        del data
        with subprocess.Popen(command, stdin=given, stdout=made, stderr=said) as process:  # noqa: S603  (ours)
            try:
                _wait(process, timeout, job, size, path)
            finally:
                process.kill()
        if process.returncode:
            said.seek(0)
            why = said.read(2000).decode("utf-8", "replace").strip().split("\n")[-1]
            raise InputError(
                f"this RDF cannot be read: {why or 'the process that parses it died'}",
                where=place(path),
                remedy="check it with another tool, or name what it is by its suffix (.ttl, .rdf, .nt, .jsonld)",
            )
        made.seek(0)
        for line in made:
            yield orjson.loads(line)


def _wait(process: subprocess.Popen[bytes], timeout: float, job: Job, size: int, path: str) -> None:
    end = time.monotonic() + timeout
    while True:
        job.progress(0, None, f"parsing {size:,} bytes of RDF")
        try:
            process.wait(_POLL)
        except subprocess.TimeoutExpired:
            if time.monotonic() > end:
                raise InputError(
                    f"parsing takes longer than {timeout:g} seconds",
                    where=place(path),
                    remedy="wait longer with --timeout, or take a part of the file",
                ) from None
        else:
            return


def _content(path: str) -> bytes:
    """All bytes, decompressed. Raises InputError for a file that is too large or declares entities that are a trap."""
    with open_input(InputFile(path, "")) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(
            f"the file has more than {LARGEST >> 20} MiB of RDF",
            where=place(path),
            remedy="take a part of it, or a table or dump",
        )
    if not data.strip():
        raise InputError("the file is empty", where=place(path), remedy="give RDF")
    _refuse_traps(data, path)
    return data


def _refuse_traps(data: bytes, path: str) -> None:
    """OWL files shorten addresses by entities, which does no harm; entities of entities and of other files do."""
    plain = data[:1_000_000].replace(b"\0", b"")  # UTF-16, too
    for found in _ENTITY.finditer(plain):
        is_trap = found[1] or found[2] in {b"SYSTEM", b"PUBLIC"} or re.search(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)", found[2])
        if is_trap:
            raise InputError(
                "the XML declares an entity made of other entities, or of another file",
                where=Place(path, plain.count(b"\n", 0, found.start()) + 1),
                remedy="take it out: no vocabulary needs it",
            )


def syntax(path: str, head: bytes) -> str:
    """What rdflib calls the syntax of a file, by its suffix or its first bytes."""
    known = _SYNTAX.get(bare_suffix(path))
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if known in {None, "xml"}:
        looks_like_xml = begin.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE", b"<!--", b"\xff\xfe", b"\xfe\xff"))
        return "xml" if looks_like_xml else "json-ld" if begin.startswith((b"{", b"[")) else "turtle"
    return known or "turtle"
