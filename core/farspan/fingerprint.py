"""The hash of everything that decides which spans a text gets: equal hashes mean equal results for equal texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from farspan.options import ConflictPolicy
    from farspan.run import Source
    from farspan.sources.lists import EntityList


def recipe_hash(
    sources: Sequence[Source], policy: ConflictPolicy, *, lang: str, tokenizer: str, name_tokenizer: str | None = None
) -> str:
    """The SHA-256, in hexadecimal, of lists, options, conflict policy, tokenizers and language.

    Lists count by what they hold, not by the file they came from: order, names, ids and labels.
    """
    parts = {
        "sources": [_source_parts(source) for source in sources],
        "policy": asdict(policy),
        "lang": lang,
        "tokenizer": tokenizer,
        "name_tokenizer": name_tokenizer,
    }
    return _digest(parts)


def list_hash(names: EntityList) -> str:
    """The SHA-256, in hexadecimal, of what a list holds."""
    # Only where there are some: the hash of a list of names stays what it was.
    patterns = [sorted(names.patterns)] if names.patterns else []
    return _digest([names.label, names.surfaces, names.ids, names.labels, names.is_alias.tolist(), *patterns])


def _source_parts(source: Source) -> dict[str, Any]:
    options = asdict(source.options)
    stopwords = Path(source.options.stopwords)
    if source.options.stopwords and stopwords.is_file():
        options["stopwords"] = hashlib.sha256(stopwords.read_bytes()).hexdigest()
    return {"name": source.name, "list": list_hash(source.entity_list), "options": options}


def _digest(value: Any) -> str:
    """The hash of `value` as canonical JSON: keys in order, no blanks, ASCII."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
