"""What ships beside the code: sample projects, stop words and connectives, read through importlib.resources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "Sample", "copy_sample", "cue_languages", "cue_text", "sample", "samples", "stop_word_languages", "stop_word_text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample project: real texts and lists, with what to do with them.

    language: BCP-47. path: its folder, perhaps inside a zip file. texts: the folder of texts inside it. lists: what follows
    ``--list``, the files relative to the folder. gold: a labelled token file, or None.
    name_tokenizer: what cuts names as the gold file's tokens are cut, or None. try_next: commands, to be run in a copy.
    triples: files of a knowledge base, and relation_lists: the further lists that it speaks of; none where there is none.
    """

    name: str
    title: str
    description: str
    language: str
    path: Traversable
    texts: str
    lists: tuple[str, ...]
    gold: str | None
    name_tokenizer: str | None
    try_next: tuple[str, ...]
    relation_lists: tuple[str, ...] = ()
    triples: tuple[str, ...] = ()


def samples() -> list[Sample]:
    """All sample projects, the one to begin with first."""
    folders = [folder for folder in (files(__name__) / "samples").iterdir() if (folder / "sample.json").is_file()]
    found = [(json.loads((folder / "sample.json").read_text("utf-8")), folder) for folder in folders]
    found.sort(key=lambda pair: (pair[0]["order"], pair[1].name))
    return [_sample(values, folder) for values, folder in found]


def _sample(values: dict[str, object], folder: Traversable) -> Sample:
    def text(key: str) -> str:
        return str(values[key])

    def lines(key: str) -> tuple[str, ...]:
        value = values.get(key)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    return Sample(
        name=folder.name,
        title=text("title"),
        description=text("description"),
        language=text("language"),
        path=folder,
        texts=text("texts"),
        lists=lines("lists"),
        gold=_text_or_none(values.get("gold")),
        name_tokenizer=_text_or_none(values.get("name_tokenizer")),
        try_next=lines("try_next"),
        relation_lists=lines("relation_lists"),
        triples=lines("triples"),
    )


def _text_or_none(value: object) -> str | None:
    return str(value) if value else None


def sample(name: str) -> Sample:
    """The sample project called `name`. Raises KeyError if there is none."""
    for candidate in samples():
        if candidate.name == name:
            return candidate
    raise KeyError(name)


def copy_sample(name: str, folder: str | Path) -> list[Path]:
    """Copy the sample project `name` into `folder`, which is made, and return the files written.

    Files that are there already and differ are never overwritten: FileExistsError names the first. Raises KeyError for an
    unknown name.
    """
    source, target = sample(name).path, Path(folder)
    pairs = [(item, target.joinpath(*parts)) for item, parts in _walk(source, ())]
    for item, path in pairs:
        if path.exists() and (not path.is_file() or path.read_bytes() != item.read_bytes()):
            raise FileExistsError(str(path))
    for item, path in pairs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.read_bytes())
    return [path for _, path in pairs]


def _walk(folder: Traversable, parts: tuple[str, ...]) -> list[tuple[Traversable, tuple[str, ...]]]:
    """Every file below `folder` and its path inside, by name."""
    found: list[tuple[Traversable, tuple[str, ...]]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        inside = (*parts, item.name)
        if item.is_dir():
            found += _walk(item, inside)
        elif item.name != "sample.json":
            found.append((item, inside))
    return found


def stop_word_languages() -> list[str]:
    """The ISO 639-1 codes of the languages with stop words, in order."""
    names = [item.name for item in (files(__name__) / "stopwords").iterdir()]
    return sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt"))


def stop_word_text(language: str) -> str:
    """The stop words of `language` (an ISO 639-1 code), one a line. Raises KeyError if there are none."""
    if language not in stop_word_languages():
        raise KeyError(language)
    return (files(__name__) / "stopwords" / f"{language}.txt").read_text("utf-8")


def cue_languages() -> list[str]:
    """The ISO 639-1 codes of the languages with connectives, in order."""
    names = [item.name for item in (files(__name__) / "cues").iterdir()]
    return sorted(name.removesuffix(".tsv") for name in names if name.endswith(".tsv"))


def cue_text(language: str) -> str:
    """The connectives of `language` (an ISO 639-1 code). Raises KeyError if there are none."""
    if language not in cue_languages():
        raise KeyError(language)
    return (files(__name__) / "cues" / f"{language}.tsv").read_text("utf-8")
