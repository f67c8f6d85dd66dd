"""Gazetteers of GATE: ``.lst`` files with a name a line and features behind it, and ``lists.def``, which names several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from farspan.errors import InputError, Place
from farspan.files import open_text
from farspan.sources.arguments import label_fault
from farspan.sources.kb.extraction import KbName
from farspan.sources.rows import RowProblem

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.forms import Wanted

_FEATURES: Final = re.compile(r"(?P<name>.+?)(?P<sep>[\t:&|;§])(?P<rest>[A-Za-z_][\w.-]*=.*)")
_IDS: Final = ("id", "inst", "uri", "wikidata", "entity")
_LABELS: Final = ("label", "class", "type")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line of ``lists.def``: the file, and what its names are called."""

    file: str
    label: str


def read_gate(path: str, wanted: Wanted, problems: list[RowProblem], _: Job) -> Iterator[KbName]:
    """The names of one ``.lst`` file, or of all that a ``.def`` file names; the major type there is the label.

    Features that hold an id or a label are kept, the others are counted as left out.
    """
    if Path(path).suffix.lower() != ".def":
        yield from _names(path, "", wanted, problems)
        return
    for listed in _listed(path, wanted.encoding, problems):
        yield from _names(str(Path(path).parent / listed.file), listed.label, wanted, problems)


def _listed(path: str, encoding: str | None, problems: list[RowProblem]) -> Iterator[_Listed]:
    folder = Path(path).resolve().parent
    with open_text(path, encoding) as file:
        for number, line in enumerate(file.lines(), 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            name, major, *more = [*(part.strip() for part in line.split(":")), ""]
            kind = more[2] if len(more) > 3 else ""
            where = Place(file.path, number)
            if not (folder / name).resolve().is_relative_to(folder):
                raise InputError(f"{name!r} lies outside the folder", where=where, remedy="put the list beside lists.def")
            if not (folder / name).is_file():
                problems.append(RowProblem(where, f"there is no file {name!r}"))
                continue
            label = kind or major
            yield _Listed(name, "" if label_fault(label) else label)


def _names(path: str, label: str, wanted: Wanted, problems: list[RowProblem]) -> Iterator[KbName]:
    left: dict[str, int] = {}
    with open_text(path, wanted.encoding) as file:
        for number, raw in enumerate(file.lines(), 1):
            line = raw.strip()
            if not line:
                continue
            name, features, faults = split_line(line)
            if faults:
                problems.append(RowProblem(Place(file.path, number), f"no feature: {faults[0]!r}", "repaired"))
            own = next((features[key] for key in _LABELS if features.get(key)), "")
            key = next((features[key] for key in _IDS if features.get(key)), "")
            for other in features.keys() - {*_IDS, *_LABELS}:
                left[other] = left.get(other, 0) + 1
            yield KbName(name, key, (), label if not own or label_fault(own) else own)
    if left:
        shown = ", ".join(f"{name} {count:,}" for name, count in sorted(left.items()))
        problems.append(RowProblem(Place(file.path), f"features that a list cannot hold: {shown}", "repaired"))


def split_line(line: str) -> tuple[str, dict[str, str], list[str]]:
    r"""The name, its features, and what stands between them and is none: ``London\tid=Q84`` or ``London:id=Q84:pop=9``."""
    found = _FEATURES.fullmatch(line)
    if found is None:
        return line.partition("\t")[0].strip(), {}, [line.partition("\t")[2]] if "\t" in line else []
    features, faults = {}, []
    for part in found["rest"].split(found["sep"]):
        name, equals, value = part.partition("=")
        if equals and name.strip():
            features[name.strip()] = value.strip()
        elif part.strip():
            faults.append(part)
    return found["name"].strip(), features, faults
