"""What one entity of a Wikidata dump says: its names, and the entities that its statements name.

Follows the JSON format of Wikibase: an empty map may be written as ``[]``; a snak without a value (``somevalue``,
``novalue``) has no ``datavalue``; the numeric id may be missing, in old dumps the full id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

DEFAULT: Final = "mul"
"""The language of names that hold for all languages."""

Entity = Mapping[str, Any]


def label(entity: Entity, langs: tuple[str, ...]) -> str:
    """The label in the first of `langs` that has one, else the one for all languages; "" if there is none."""
    labels = _map(entity.get("labels"))
    return next((text for lang in with_default(langs) if (text := _value(labels.get(lang)))), "")


def aliases(entity: Entity, langs: tuple[str, ...], name: str) -> list[str]:
    """What the entity is called beside `name`, once each.

    In the order of `langs`: the label in that language and its aliases; then the aliases for all languages.
    """
    labels, others = _map(entity.get("labels")), _map(entity.get("aliases"))
    found: dict[str, None] = {}
    for lang in with_default(langs):
        if lang in langs:
            found[_value(labels.get(lang))] = None
        values = others.get(lang)
        found.update(dict.fromkeys(_value(item) for item in values) if isinstance(values, list) else {})
    return [text for text in found if text and text != name]


@cache  # asked for every entity of a dump
def with_default(langs: tuple[str, ...]) -> tuple[str, ...]:
    """`langs`, and the default of all languages after them unless it stands among them."""
    return tuple(dict.fromkeys((*langs, DEFAULT)))


def values(entity: Entity, prop: str, *, best: bool = False) -> list[str]:
    """The ids of the entities that the statements of the property `prop` name, once each, in order.

    Deprecated statements do not count; with `best`, where some are preferred, only those do.
    """
    statements = _map(entity.get("claims")).get(prop)
    if not isinstance(statements, list):
        return []
    ranked = [item for item in statements if isinstance(item, dict)]
    ranks = [item.get("rank", "normal") for item in ranked]
    wanted = {"preferred"} if best and "preferred" in ranks else {"preferred", "normal"}
    return list(dict.fromkeys(key for item, rank in zip(ranked, ranks, strict=True) if rank in wanted for key in _ids(item)))


def languages(entity: Entity) -> list[str]:
    """The languages that have a label."""
    return [lang for lang, item in _map(entity.get("labels")).items() if _value(item)]


def _ids(statement: Mapping[str, Any]) -> Iterator[str]:
    snak = _map(statement.get("mainsnak"))
    if snak.get("snaktype", "value") != "value":
        return
    value = _map(_map(snak.get("datavalue")).get("value"))
    key = value.get("id")
    if isinstance(key, str) and key:
        yield key
    elif key is None and isinstance(value.get("numeric-id"), int) and value.get("entity-type", "item") == "item":
        yield f"Q{value['numeric-id']}"  # as old dumps say it


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _value(item: Any) -> str:
    text = item.get("value") if isinstance(item, dict) else None
    return text if isinstance(text, str) else ""
