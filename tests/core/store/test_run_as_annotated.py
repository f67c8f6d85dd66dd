"""Whatever the options: a project exports, byte for byte, what annotating the same texts writes."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.formats import writer_for
from farspan.model import Document
from farspan.options import OPTIONS, ConflictPolicy, MatchingOptions
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan.store.running import labelled_documents, run_project

# Cervantes, Don Quijote, chapter 1, and made-up words in other scripts around its names.
TEXTS = [
    Document(
        "capítulo",
        "En un lugar de la Mancha vivía don Quijote. Sancho Panza vivía en La Mancha.\n",
        {"título": "Quijote", "año": 1605, "autor": {"z": 1, "a": [2]}},
    ),
    Document("vacío", ""),
    Document("compuesto", "QuijoteSancho-Panza Gil y quijotes, SanchoMancha; Sanchó Manchá SANCHO Quijotw.\n"),
    Document("otros", "በሳንቾ 王小明在北京。 سانچو\r\nPanza\u0301 Sancho\u200d Panza 😀Quijote\n"),
]
PEOPLE = ["Quijote", "Sancho", "Sancho Panza", "Panza", "don Quijote", "ሳንቾ", "王", "小明", "سانچو"]
PLACES = ["la Mancha", "Mancha", "Panza vivía", "北京", "京", "Gil"]

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "active": st.booleans(), "label": st.sampled_from(["", "MISC"]), "case": st.sampled_from(OPTIONS["case"].choices),
    "diacritics": st.sampled_from(OPTIONS["diacritics"].choices), "marks": st.sampled_from(OPTIONS["marks"].choices),
    "prefixes": st.sampled_from([(), ("በ",)]), "suffixes": st.sampled_from([(), ("s",)]),
    "split": st.sampled_from(OPTIONS["split"].choices), "min_length": st.integers(0, 7), "min_tokens": st.integers(0, 2),
    "fuzzy": st.integers(0, 2), "exclude": st.sampled_from([(), ("Mancha",)]), "stopwords": st.sampled_from(["", "es"]),
    "left": st.sampled_from([(), ("en", "don")]), "not_right": st.sampled_from([(), ("vivía",)]),
    "max_risk": st.sampled_from([1.0, 0.6, 0.3]), "across_sentences": st.booleans(), "join": st.booleans(),
    "extend": st.integers(0, 3), "priority": st.integers(-1, 1), "boundary": st.sampled_from(OPTIONS["boundary"].choices),
}  # fmt: skip
CHOSEN = st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: VALUES[name] for name in names})
)
POLICIES = st.builds(ConflictPolicy, scope=st.sampled_from(["greedy", "optimal", "cluster"]), nested=st.booleans())


def in_bytes(documents: Any, form: str) -> bytes:
    stream = io.BytesIO()
    with writer_for(form, stream) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue()


@cache
def with_texts() -> bytes:
    """A project file with the texts: made once, as that takes longer than all that is asked of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texts.farspan"
        with Project.create(path) as project:
            project.add_documents(TEXTS)
        return path.read_bytes()


def both(path: Path, sources: list[Source], policy: ConflictPolicy, form: str) -> tuple[bytes, bytes]:
    annotated = list(Annotator(sources, policy=policy, lang="es", tokenizer="unicode").annotate(TEXTS))
    (path / "p.farspan").write_bytes(with_texts())
    with Project.open(path / "p.farspan") as project:
        for source in sources:
            project.add_source(source.entity_list, source.options)
        project.rules.put_in_force(Rules(project.rules.in_force().options, policy, lang="es", tokenizer="unicode"))
        run_project(project)
        return in_bytes(labelled_documents(project), form), in_bytes(annotated, form)


def sources_with(people: dict[str, Any], places: dict[str, Any]) -> list[Source]:
    for values in (people, places):  # words and characters are not compared at once
        if values.get("boundary") == "anywhere":
            for name in ("prefixes", "suffixes", "fuzzy", "lemma"):
                values.pop(name, None)
    return [
        Source(EntityList.from_names("PER", {name: f"Q{n}" for n, name in enumerate(PEOPLE)}, name="people"), options(people)),
        Source(EntityList.from_names("LOC", PLACES, name="places"), options(places)),
    ]


def options(values: dict[str, Any]) -> MatchingOptions:
    return MatchingOptions().changed(values)


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        {"boundary": "anywhere", "join": True}, {"boundary": "anywhere", "extend": 2, "join": True}, {"join": True, "extend": 3},
        {"split": "parts", "join": True}, {"fuzzy": 2, "extend": 1}, {"max_risk": 0.6}, {"label": "LOC", "join": True},
    ],
)  # fmt: skip
def test_options_that_move_borders(tmp_path: Path, values: dict[str, Any], nested: bool) -> None:
    exported, written = both(tmp_path, sources_with(dict(values), dict(values)), ConflictPolicy(nested=nested), "jsonl")
    assert exported == written
    assert exported.count(b'"start"') > 3


@settings(max_examples=60, deadline=None)
@given(people=CHOSEN, places=CHOSEN, policy=POLICIES, form=st.sampled_from(["jsonl", "conll"]))
def test_any_options(
    tmp_path_factory: pytest.TempPathFactory, people: dict[str, Any], places: dict[str, Any], policy: ConflictPolicy, form: str
) -> None:
    exported, written = both(tmp_path_factory.mktemp("p"), sources_with(people, places), policy, form)
    assert exported == written
