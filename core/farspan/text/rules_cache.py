"""The tokenizer rules of each language, kept in the user's cache folder from the first time spaCy was asked for them.

A file holds two lines of JSON: what it was made by with the checksum of the second line, then the rules. It counts only where
both are right; else, and where the folder cannot be read or written, spaCy is asked again and nobody is told.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from farspan.errors import FarspanError
from farspan.text.token_rules import TokenRules, as_json, from_json

# Raise it when what is kept, or what it means, changes.
FORMAT: Final = 1

_VERSION: Final = re.compile(r"""^__version__\s*=\s*["']([^"']+)["']""", re.MULTILINE)


def cache_folder() -> Path:
    """Where rules are kept; it need not be there."""
    from platformdirs import user_cache_path  # noqa: PLC0415  (start-up)

    return user_cache_path("farspan", appauthor=False) / "tokenizers"


def kept_rules(code: str) -> TokenRules | None:
    """The rules of the language `code` as the installed spaCy has them, or None where they are not kept."""
    try:
        header, _, rules = _file(code).read_bytes().partition(b"\n")
        if json.loads(header) == _header(code, rules):
            return from_json(json.loads(rules))
    except (OSError, ValueError, RuntimeError):  # no home folder is a RuntimeError
        pass
    return None


def keep_rules(code: str, rules: TokenRules) -> None:
    """Keep the rules of the language `code`, where that can be done."""
    from farspan.aside import written_aside  # noqa: PLC0415  (start-up)

    if spacy_version() is None:
        return
    body = json.dumps(as_json(rules)).encode()
    with suppress(OSError, RuntimeError, FarspanError):
        file = _file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(file) as stream:
            stream.write(json.dumps(_header(code, body)).encode() + b"\n" + body)


def _file(code: str) -> Path:
    return cache_folder() / f"spacy-{spacy_version()}-{code}.json"


def _header(code: str, rules: bytes) -> dict[str, Any]:
    """Everything that the rules, and what was found out about them, depend on."""
    return {
        "format": FORMAT,
        "spacy": spacy_version(),
        "python": ".".join(map(str, sys.version_info[:2])),
        "unicode": unicodedata.unidata_version,
        "language": code,
        "sha256": sha256(rules).hexdigest(),
    }


@cache
def spacy_version() -> str | None:
    """The version of the installed spaCy, found without importing it; None where it does not say."""
    spec = find_spec("spacy")
    for folder in (spec and spec.submodule_search_locations) or ():
        with suppress(OSError, UnicodeDecodeError):
            if found := _VERSION.search((Path(folder) / "about.py").read_text(encoding="utf-8")):
                return found[1]
    return None
