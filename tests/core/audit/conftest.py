"""A project over the labelled film news: the gold labels are what a patient judge would say."""

import shutil
from dataclasses import replace

import pytest

from farspan.formats import read_documents
from farspan.model import Document
from farspan.sources.lists import load_list
from farspan.store.project import Project
from farspan.store.running import run_project
from farspan_resources import copy_sample

LISTS = ("film_titles.jsonl", "spanish_titles.txt")


@pytest.fixture(scope="session")
def films(tmp_path_factory):
    """The path of a project whose documents are the gold articles without their labels, with one run."""
    home = tmp_path_factory.mktemp("films")
    copy_sample("film-news", home)
    with Project.create(home / "films.farspan") as project:
        [gold] = read_documents([str(home / "gold" / "test.conll")])
        project.add_documents([Document("news", gold.text)])
        for name in LISTS:
            project.add_source(load_list(str(home / "lists" / name), "MOVIE"))
        project.rules.put_in_force(replace(project.rules.in_force(), lang="es", name_tokenizer="unicode"))
        run_project(project)
    return home / "films.farspan"


@pytest.fixture(scope="session")
def truth(films):
    """{(start, end)} of every film in the gold articles."""
    [gold] = read_documents([str(films.parent / "gold" / "test.conll")])
    return {(span.start, span.end) for span in gold.spans}


@pytest.fixture
def project(films, tmp_path):
    shutil.copy(films, tmp_path / "films.farspan")
    with Project.open(tmp_path / "films.farspan") as project:
        yield project
