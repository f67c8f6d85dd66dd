"""One reading of a dump: every line that may matter is parsed and handed to a taker, and the place is kept from time to time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

import orjson

from farspan.errors import InputError, Place
from farspan.sources.kb import hierarchy
from farspan.sources.kb.lines import LONGEST, Batch, batches
from farspan.sources.kb.spool import open_spool
from farspan.sources.kb.streams import open_dump

if TYPE_CHECKING:
    from farspan.files import StrPath
    from farspan.job import Job
    from farspan.sources.kb.entities import Entity
    from farspan.sources.kb.spool import Spool
    from farspan.sources.kb.streams import Dump

CHECKPOINT: Final = 64 << 20
"""Decompressed bytes after which what was found is kept for good."""

_DATE: Final = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


class Taker(Protocol):
    """What makes rows out of entities."""

    def wants(self, line: bytes) -> bool:
        """Whether the line may hold something; a line that does must never be turned down."""

    def take(self, entity: Entity, spool: Spool) -> None:
        """Keep what is wanted of an entity."""

    def flush(self, spool: Spool) -> None:
        """Hand over the rows that are held back."""


@contextmanager
def opened(
    path: StrPath, query: Mapping[str, Any], *, state: str, subclasses: str | None, partial: bool, workers: int | None
) -> Iterator[tuple[Dump, Spool]]:
    """The dump `path` and the file that keeps what an earlier reading for the same `query` found, with a saved table's steps."""
    has_table = hierarchy.is_there(subclasses)
    with open_dump(path, workers=workers) as dump:
        asked = {**query, "table": has_table, "partial": partial, "dump": dump.fingerprint() if dump.is_file else None}
        with open_spool(state if dump.is_file else "", asked) as spool:
            if has_table and subclasses and not spool.resumed:
                spool.add_all("edge", hierarchy.read_table(subclasses))
            yield dump, spool


def scan(dump: Dump, spool: Spool, taker: Taker, job: Job, note: str, *, partial: bool, checkpoint: int = CHECKPOINT) -> None:
    """Read `dump` from where `spool` stands to its end.

    Raises InputError for a dump that is cut off (unless `partial`: what is there is taken) and for what is no dump at all.
    """
    since = 0
    try:
        for batch in batches(dump, spool.mark):
            _scan_batch(batch, spool, taker)
            taker.flush(spool)
            since += sum(map(len, batch.lines))
            if since >= checkpoint and not batch.too_long:
                since = 0
                spool.checkpoint(batch.next)
            job.progress(batch.done, dump.size, note)
    except InputError as error:
        if not partial or "cut off" not in error.what:
            raise
        spool.facts["cut_off"] = True
    _check_end(dump, spool, partial=partial)


def _scan_batch(batch: Batch, spool: Spool, taker: Taker) -> None:
    if batch.too_long:
        spool.complain(batch.line, f"a line of more than {LONGEST >> 20} MiB")
        return
    wants = taker.wants
    entities = 0
    for number, raw in enumerate(batch.lines, batch.line):
        line = raw
        if raw[:2] != b'{"' or raw[-2:] != b"},":
            line = _entity_line(raw, number, spool)
            if not line:
                continue
        entities += 1
        if wants(line):
            entity = _parsed(line.rstrip(b",\r \t]"), number, spool)
            if entity is not None:
                taker.take(entity, spool)
    if spool.stage == 0:  # a second reading reads the same lines
        spool.counts["lines"] += entities
    last = batch.lines[-1].strip(b" \t\r,]") if batch.lines and not batch.has_end else b""
    spool.facts["open_end"] = bool(last) and not last.endswith(b"}")


def _entity_line(raw: bytes, number: int, spool: Spool) -> bytes:
    """The entity on a line that does not look like all others; b"" if there is none."""
    line = raw.strip(b" \t\r,\xef\xbb\xbf")
    if line.startswith(b"["):
        spool.facts["opened"] = True
        line = line[1:].lstrip()
    if line.endswith(b"]"):
        spool.facts["closed"] = True
        line = line[:-1].rstrip()
    if not line:
        return b""
    if line.startswith(b"{") and line.endswith(b"}"):
        return line
    spool.complain(number, "no entity on this line" if len(line) < 100 or not line.startswith(b"{") else "a line that is cut off")
    return b""


def _parsed(line: bytes, number: int, spool: Spool) -> dict[str, Any] | None:
    try:
        entity = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        spool.complain(number, f"not JSON: {error}")
        spool.counts["unusable"] += 1
        return None
    if not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
        spool.complain(number, "no entity: it has no id")
        spool.counts["unusable"] += 1
        return None
    modified = entity.get("modified")
    if isinstance(modified, str) and modified[:10] > spool.facts.get("modified", ""):
        spool.facts["modified"] = modified[:10]
    spool.counts["parsed"] += 1
    return entity


def _check_end(dump: Dump, spool: Spool, *, partial: bool) -> None:
    facts = spool.facts
    is_cut = facts.get("open_end") or (facts.get("opened") and not facts.get("closed"))
    if is_cut:
        facts["cut_off"] = True
        if not partial:
            raise InputError(
                "the dump is cut off in the middle",
                where=Place(dump.path),
                remedy="fetch it again, or take what is there with --partial",
            )
    if not spool.counts["lines"] or (spool.counts["unusable"] and not spool.counts["parsed"]):
        where = Place(dump.path, spool.problems[0][0]) if spool.problems else Place(dump.path)
        raise InputError(
            "this is no Wikidata dump: no line holds an entity",
            where=where,
            remedy="give the JSON dump (latest-all.json.gz or .bz2), an entity a line",
        )


def origin_of(dump: Dump, spool: Spool) -> dict[str, Any]:
    """Where what was found comes from: file, date, hash, and whether the dump was cut off."""
    known = {"from": "Wikidata", "file": dump.name, "date": dump_date(dump, spool), "sha256": dump.sha256()}
    return {**known, **({"cut_off": True} if spool.facts.get("cut_off") else {})}


def dump_date(dump: Dump, spool: Spool) -> str:
    """The day of the dump: as its name says, else that of the last change seen in it; "" if neither says."""
    found = _DATE.search(dump.name)
    return "-".join(found.groups()) if found else str(spool.facts.get("modified", ""))
