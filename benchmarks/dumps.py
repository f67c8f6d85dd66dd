"""Dumps: lists out of a dump of Wikidata, beside the script that everybody writes first (bz2 or gzip, and json).

The dump is made up, in the shape of the real one and as large as is asked for; the seed is fixed.
"""

from __future__ import annotations

import bz2
import gzip
import json
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Rounds, in_turn
from farspan.sources.kb.extraction import Extraction, Plan, WantedClass
from farspan.sources.kb.wikidata import extracted

SECTION = "Dumps: cities by their Amharic name out of a made-up dump of Wikidata"
SEED = 20261121
PART = 8 << 20  # bytes that one thread compresses as a stream of its own, as parallel bzip2 programs do
LANGS = tuple("en de fr es it nl pt ru sv pl ja zh ar uk ca fa cs hu fi ko et am tr he nb da ro sr".split())  # noqa: SIM905
CLASSES = (5, 515, 1549591, 5119, 13442814, 4167410, 16521, 11424, 7187, 101352, 532, 486972, 6256, 8502, 4022)
PROPERTIES = ("P17", "P131", "P106", "P21", "P27", "P19", "P57", "P161", "P50", "P495", "P421", "P910", "P735", "P734", "P1343")
SUBCLASSES = {532: (515,), 5119: (532,), 4022: (5119,)}


def measure(setting: Setting, results: Results) -> None:
    """A gigabyte (with --quick a tenth), as bzip2 and as gzip; the same list from both sides or it is an error."""
    size = 10**9 if setting.full else 10**8
    plain = setting.folder / "dump.json"
    lines = make_dump(plain, size)
    rounds = Rounds(min(setting.rounds.most, 4), 1, 60.0)
    ratios: dict[str, float] = {}
    for suffix, opener in ((".bz2", bz2.open), (".gz", gzip.open)):
        path = compressed(plain, suffix)
        for depth in (0, 2):
            found: dict[str, list[tuple[str, str]]] = {}
            cpu: dict[str, float] = {}
            other = f"{opener.__module__} + json"
            works = {"farspan": partial(_ours, path, depth, found), other: partial(_plain, path, opener, depth, found)}
            sides = {side: partial(_metered, side, work, cpu) for side, work in works.items()}
            times = in_turn(sides, rounds)
            if len({tuple(names) for names in found.values()}) != 1:
                raise AssertionError("the two sides found different lists")
            count = len(next(iter(found.values())))
            case = f"{suffix[1:]}, depth {depth}"
            ratios[case] = times[other].over(times["farspan"])
            shown = f"{count:,} names of {lines:,} lines, {path.stat().st_size / 2**20:,.0f} MiB, "
            note = "the script reads twice: subclasses, then items" if depth else ""
            results.compare(SECTION, case, times, {side: f"{shown}{cpu[side]:.1f} s of processor" for side in sides}, note)
    results.at_least("a list out of a 1 GB dump, beside plain decompression and json", 3, ratios)


def _metered(side: str, work: Callable[[], None], cpu: dict[str, float]) -> None:
    """Do the work and note the processor time of all its threads, which other work on the machine does not change much."""
    begin = time.process_time()
    work()
    cpu[side] = time.process_time() - begin


def _ours(path: Path, depth: int, found: dict[str, list[tuple[str, str]]]) -> None:
    plan = Plan((Extraction("", (WantedClass("Q515"),), ("am",)),), depth)
    with extracted(path, plan, state=str(path) + ".resume") as taken:
        found["farspan"] = [(item.id, item.name) for item in taken.names("")]


def _plain(path: Path, opener: Callable[..., IO[bytes]], depth: int, found: dict[str, list[tuple[str, str]]]) -> None:
    """What everybody writes first, without the faults it usually has (deprecated statements, missing values, ``mul``)."""
    wanted = {"Q515"}
    if depth:
        above = {entity["id"]: set(_values(entity, "P279")) for entity in _entities(path, opener) if "P279" in entity["claims"]}
        for _ in range(depth):
            wanted |= {child for child, parents in above.items() if parents & wanted}
    names = []
    for entity in _entities(path, opener):
        labels = entity["labels"]
        label = labels.get("am") or labels.get("mul")
        if label and not wanted.isdisjoint(_values(entity, "P31")):
            names.append((entity["id"], label["value"]))
    found["plain"] = names


def _entities(path: Path, opener: Callable[..., IO[bytes]]) -> Iterator[dict[str, Any]]:
    with opener(path, "rb") as file:
        for line in file:
            text = line.rstrip(b",\r\n")
            if len(text) > 1:
                yield json.loads(text)


def _values(entity: dict[str, Any], prop: str) -> list[str]:
    return [
        item["mainsnak"]["datavalue"]["value"]["id"]
        for item in entity["claims"].get(prop, ())
        if item["rank"] != "deprecated" and item["mainsnak"]["snaktype"] == "value"
    ]


def make_dump(path: Path, size: int) -> int:
    """Write a dump of about `size` bytes to `path` and return how many entities it has."""
    draw = random.Random(SEED)
    words = ["".join(draw.choices("abcdefghijklmnoprstuvwyz", k=draw.randint(3, 9))) for _ in range(30_000)]
    count = 0
    with path.open("wb") as file:
        file.write(b"[\n")
        while file.tell() < size:
            count += 1
            file.write((b",\n" if count > 1 else b"") + orjson.dumps(_entity(count, draw, words)))
        file.write(b"\n]\n")
    return count


def _entity(number: int, draw: random.Random, words: list[str]) -> dict[str, Any]:
    key = f"Q{number}"
    name = " ".join(draw.choices(words, k=2)).title()
    langs = draw.sample(LANGS, draw.randint(1, 20))
    labels = {lang: _text(lang, name if draw.random() < 0.7 else f"{name} {draw.choice(words)}") for lang in langs}
    if draw.random() < 0.2:
        labels["mul"] = _text("mul", name)
    claims = {"P31": [_statement(key, "P31", draw.choice(CLASSES), draw)]}
    for prop in draw.sample(PROPERTIES, draw.randint(2, 12)):
        claims[prop] = [_statement(key, prop, draw.randint(1, 10**8), draw) for _ in range(draw.choice((1, 1, 1, 2, 4)))]
    if number in SUBCLASSES:
        claims["P279"] = [_statement(key, "P279", parent, draw) for parent in SUBCLASSES[number]]
    for prop in ("P646", "P214", "P244", "P227")[: draw.randint(0, 4)]:
        claims[prop] = [_identifier(key, prop, f"{draw.getrandbits(48):x}", draw)]
    return {
        "type": "item", "id": key, "labels": labels,
        "descriptions": {lang: _text(lang, " ".join(draw.choices(words, k=4))) for lang in langs[:8]},
        "aliases": {lang: [_text(lang, " ".join(draw.choices(words, k=2))) for _ in range(2)] for lang in langs[:3]},
        "claims": claims,
        "sitelinks": {f"{lang}wiki": {"site": f"{lang}wiki", "title": name, "badges": []} for lang in langs[:6]},
        "pageid": number, "ns": 0, "title": key, "lastrevid": draw.randint(1, 2 * 10**9), "modified": "2026-01-05T11:00:00Z",
    }  # fmt: skip


def _text(lang: str, value: str) -> dict[str, str]:
    return {"language": lang, "value": value}


def _item(prop: str, target: int) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": target, "id": f"Q{target}"}
    return {
        "snaktype": "value", "property": prop, "datavalue": {"value": value, "type": "wikibase-entityid"},
        "datatype": "wikibase-item",
    }  # fmt: skip


def _statement(key: str, prop: str, target: int, draw: random.Random) -> dict[str, Any]:
    snaks = {"P143": [_item("P143", draw.choice((328, 48183, 8447, 206855)))]}
    return {
        "mainsnak": _item(prop, target), "type": "statement", "id": _guid(key, draw),
        "rank": "normal" if draw.random() < 0.97 else "deprecated",
        "references": [{"hash": f"{draw.getrandbits(160):040x}", "snaks": snaks, "snaks-order": ["P143"]}],
    }  # fmt: skip


def _identifier(key: str, prop: str, value: str, draw: random.Random) -> dict[str, Any]:
    snak = {
        "snaktype": "value", "property": prop, "datavalue": {"value": value, "type": "string"}, "datatype": "external-id",
    }  # fmt: skip
    return {"mainsnak": snak, "type": "statement", "id": _guid(key, draw), "rank": "normal"}


def _guid(key: str, draw: random.Random) -> str:
    digits = f"{draw.getrandbits(128):032X}"
    return f"{key}${digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def compressed(path: Path, suffix: str) -> Path:
    """`path` as bzip2 or gzip, compressed in parts on all cores."""
    made = path.with_name(path.name + suffix)
    pack: Callable[[bytes], bytes] = bz2.compress if suffix == ".bz2" else partial(gzip.compress, compresslevel=6, mtime=0)
    with path.open("rb") as file, made.open("wb") as out, ThreadPoolExecutor() as pool:
        parts = iter(partial(file.read, PART), b"")
        while batch := list(islice(parts, 4)):
            for data in pool.map(pack, batch):
                out.write(data)
    return made
