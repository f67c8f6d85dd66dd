"""A sample as a project of one's own: copied into a folder, taken in, ready to run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from farspan.errors import OutputError, place
from farspan.formats import read_documents
from farspan.job import Job
from farspan.sources.lists import ListArgument, load_list, parse_list_argument
from farspan.store.project import Project
from farspan_resources import copy_sample, sample, samples


@dataclass(frozen=True, slots=True)
class RelationSample:
    """The triples that came with a sample project, and the lists that they speak of."""

    lists: tuple[ListArgument, ...]
    triples: tuple[Path, ...]


def relation_sample(project: Path) -> RelationSample | None:
    """What the project file `project` was copied with to find relations by; None if it is no sample, or it is not there."""
    chosen = next((one for one in samples() if one.name == project.stem), None)
    if chosen is None or not chosen.triples:
        return None
    lists = []
    for argument in chosen.relation_lists:
        label, _, file = argument.partition("=")
        lists.append(parse_list_argument(f"{label}={project.parent / file}"))
    triples = tuple(project.parent / file for file in chosen.triples)
    if not all(path.is_file() for path in (*triples, *(Path(one.path) for one in lists))):
        return None
    return RelationSample(tuple(lists), triples)


def make_sample_project(name: str, folder: Path, job: Job) -> Path:
    """The project file of the sample `name` below `folder`; made if it is not there. Raises FarspanError."""
    chosen, home = sample(name), folder / name
    path = home / f"{name}.farspan"
    if path.exists():
        return path
    try:
        home.mkdir(parents=True, exist_ok=True)
        copy_sample(name, home)
    except FileExistsError as error:
        raise OutputError(
            "it was changed since the sample was copied", where=place(str(error)), remedy="choose another folder"
        ) from error
    except OSError as error:
        raise OutputError(str(error), where=place(home), remedy="choose another folder") from error
    # Made under another name and renamed when whole: a sample that was stopped half-way is made anew the next time.
    part = path.with_suffix(".making")
    part.unlink(missing_ok=True)
    with Project.create(part) as project:
        rules = replace(project.rules.in_force(), lang=chosen.language)
        project.rules.put_in_force(rules, "Language of the sample")
        project.add_documents(read_documents([str(home / chosen.texts)]), job)
        for argument in chosen.lists:
            label, _, file = argument.partition("=")
            asked = parse_list_argument(f"{label}={home / file}")
            project.add_source(load_list(asked.path, asked.label, columns=asked.columns, job=job), job=job)
    part.rename(path)
    return path
