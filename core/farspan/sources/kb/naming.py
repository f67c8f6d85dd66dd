"""Which of an entity's labels is its name: shared by vocabularies that mark each label with a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from farspan.errors import InputError, Place
from farspan.sources.kb import hierarchy
from farspan.sources.kb.extraction import KbName

if TYPE_CHECKING:
    from farspan.sources.kb.forms import Wanted


@dataclass(frozen=True, slots=True)
class Concept:
    """An entity of a vocabulary.

    preferred, others: (language tag or "", label) pairs. parents: the ids of what it stands below, or is an instance of.
    keys: further ways to name it, such as a code.
    """

    id: str
    preferred: Sequence[tuple[str, str]] = ()
    others: Sequence[tuple[str, str]] = ()
    parents: Sequence[str] = ()
    keys: Sequence[str] = ()


def names_of(concepts: Sequence[Concept], wanted: Wanted, path: str) -> Iterator[KbName]:
    """The names of `concepts`: the preferred label in the first of the languages that has one, else one without a language.

    With aliases, the other labels in these languages too. Raises InputError where no concept has a name.
    """
    chosen = _below(concepts, wanted, path)
    others: Counter[str] = Counter()
    is_empty = True
    for concept in chosen:
        name, label = _named(concept, wanted)
        if not name:
            others.update({lang for lang, _ in concept.preferred if lang})
            continue
        is_empty = False
        yield KbName(name, concept.id, _aliases(concept, name, wanted.langs) if wanted.aliases else (), label)
    if is_empty:
        known = ", ".join(f"{count:,} in {lang!r}" for lang, count in others.most_common(3))
        langs = " or ".join(map(repr, wanted.langs)) or "any language"
        best = f"try --lang {others.most_common(1)[0][0]}" if others else "check what was asked for"
        raise InputError(
            f"none of {len(chosen):,} entities has a label in {langs}" + (f"; there are {known}" if known else ""),
            where=Place(path),
            remedy=best,
        )


def _named(concept: Concept, wanted: Wanted) -> tuple[str, str]:
    labels = _first_by_language(concept.preferred) or _first_by_language(concept.others)
    if not wanted.langs:
        return next(iter(labels[lang] for lang in ("", *sorted(labels)) if lang in labels), ""), ""
    return next((text for lang in (*wanted.langs, "") if (text := _in(labels, lang))), ""), ""


def _first_by_language(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for lang, text in sorted(labels, key=lambda item: item[1]):  # RDF has no order: the same graph gives the same list
        found.setdefault(lang.lower(), text)
    return found


def _in(labels: Mapping[str, str], lang: str) -> str:
    """The label in `lang`, or in a form of it: ``pt`` finds ``pt-BR`` where there is no plain one."""
    if lang.lower() in labels or not lang:
        return labels.get(lang.lower(), "")
    return next((labels[key] for key in sorted(labels) if key.startswith(lang.lower() + "-")), "")


def _aliases(concept: Concept, name: str, langs: Sequence[str]) -> tuple[str, ...]:
    wanted = [lang.lower() for lang in (*langs, "")]
    found = {
        text: None
        for lang, text in (*concept.preferred, *concept.others)
        if text != name
        and (not langs or any(lang.lower() == tag or (tag and lang.lower().startswith(tag + "-")) for tag in wanted))
    }
    return tuple(sorted(found))


def _below(concepts: Sequence[Concept], wanted: Wanted, path: str) -> Sequence[Concept]:
    """The concepts that are one of the roots or stand below one."""
    if not wanted.roots:
        return concepts
    ids = {concept.id for concept in concepts} | {parent for concept in concepts for parent in concept.parents}
    roots = [_root(text, concepts, ids, path) for text in wanted.roots]
    children = hierarchy.children_of((concept.id, parent) for concept in concepts for parent in concept.parents)
    depth = len(concepts) + 1 if wanted.depth is None else wanted.depth
    kept = hierarchy.below(roots, depth, children)
    return [concept for concept in concepts if concept.id in kept]


def _root(text: str, concepts: Sequence[Concept], ids: set[str], path: str) -> str:
    """The entity that `text` names: by its id, the last part of it, a code, or a label that only it has. Raises InputError."""
    if text in ids:
        return text
    last = [key for key in ids if key.replace("#", "/").rsplit("/", 1)[-1] == text]
    coded = [concept.id for concept in concepts if text in concept.keys]
    named = [concept.id for concept in concepts if any(label.casefold() == text.casefold() for _, label in concept.preferred)]
    for found in (last, coded, named):
        if len(set(found)) == 1:
            return found[0]
        if found:
            shown = ", ".join(sorted(set(found))[:5])
            raise InputError(f"{text!r} may be {shown}", where=Place(path), remedy="give --type the whole address or id")
    raise InputError(
        f"there is no {text!r} in it", where=Place(path), remedy="give --type an id, a code or a label that is there"
    )
