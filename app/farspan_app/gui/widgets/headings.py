"""Which column of a list holds what, by the headings that are usual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

USUAL: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "names", "title", "term", "entity", "entity name", "surface", "surface form", "form", "preflabel",
             "preferredlabel", "preferred label", "item label", "itemlabel", "nombre", "título", "titulo", "nom", "titre",
             "titel", "nome", "word", "text", "label", "value"),
    "id": ("id", "ids", "uri", "qid", "iri", "identifier", "code", "wikidata", "wikidata id", "entity id", "concept uri",
           "concepturi", "key", "item", "url"),
    "aliases": ("aliases", "alias", "also", "also known as", "aka", "alt", "alts", "alt label", "altlabel", "altlabels",
                "alt labels", "alternate names", "alternatenames", "alternative names", "alternatives", "other names",
                "synonyms", "synonym", "variants"),
    "label": ("label", "type", "kind", "category", "class", "entity type", "ner tag", "tag", "tipo", "etiqueta"),
}  # fmt: skip
"""Role -> headings in small letters, the surest first."""


def usual_columns(headings: Sequence[str]) -> dict[str, str]:
    """Role -> the one of `headings` that usually holds it, each at most once. A name is always found: else in the first column.

    ``label`` holds the kind of thing beside a column of names, and else the names themselves.
    """
    free = {_plain(heading): heading for heading in reversed(headings) if heading.strip()}
    found: dict[str, str] = {}
    for role, usual in USUAL.items():
        known = next((word for word in usual if word in free), None)
        if known is not None:
            found[role] = free.pop(known)
    if "name" not in found:
        rest = [heading for heading in headings if heading.strip() and heading not in found.values()]
        found["name"] = next(iter(rest or [heading for heading in headings if heading.strip()]), "")
        found = {role: heading for role, heading in found.items() if role == "name" or heading != found["name"]}
    return {role: heading for role, heading in found.items() if heading}


def _plain(heading: str) -> str:
    """`heading` in small letters, with spaces for what stands between its words."""
    return re.sub(r"[\s_.:\-]+", " ", heading).strip().casefold()
