"""Where an imported list comes from, in a file beside it: ``cities.jsonl`` and ``cities.jsonl.origin.json``.

The list itself stays as every other list is, a name a line, for whoever else reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from farspan.files import written_aside

ENDING: Final = ".origin.json"
_MOST: Final = 1 << 20  # bytes; more is no such file


def write_origin(path: str, origin: Mapping[str, Any]) -> None:
    """Say beside the list `path` where it comes from. Raises OutputError."""
    with written_aside(path + ENDING) as stream:
        stream.write(orjson.dumps(dict(origin), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def read_origin(path: str) -> Mapping[str, Any]:
    """What stands beside the list `path`; empty if nothing does, or nothing that says it."""
    beside = Path(path + ENDING)
    try:
        if path == "-" or not beside.is_file() or beside.stat().st_size > _MOST:
            return {}
        said = orjson.loads(beside.read_bytes())
    except (OSError, ValueError):  # it is not the list: a broken note must not keep the names from being used
        return {}
    return said if isinstance(said, dict) else {}
