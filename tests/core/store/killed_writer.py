"""Writers to be killed: forks one for every line on standard input, from a process that has imported everything already.

A line is `PROJECT ACKS SEED`. The child opens the project and works on it without end: imports, runs, bulk judgements, edits,
undo. What has come back from the project it notes in ACKS, a line a finished action.
"""

import os
import random
import sys
import traceback
from pathlib import Path

import numpy as np

from farspan.model import Document
from farspan.sources.lists import EntityList
from farspan.store.columns import RunColumns
from farspan.store.project import Project
from farspan.store.work import Edit, GoldSpan, Judgement

TEXT = "Sancho Panza fue escudero de don Quijote de la Mancha. " * 40


def columns(documents, count):
    """Machine output of `count` candidates a document."""
    size = count * len(documents)
    number, small = np.arange(size, dtype=np.int32) % count, np.zeros(size, np.uint8)
    offsets = np.arange(len(documents) + 1, dtype=np.int64) * count
    first = np.ones(size, np.int32)
    scores = np.ones(size, np.float32)
    return RunColumns(
        np.array(documents), offsets, number, number + 1, first, first * 0, scores, small, small, first * -1, small + 255
    )


def judge(project, chance):
    documents = [stored.id for stored in project.documents.all()]
    places = [(chance.choice(documents), 55 * chance.randrange(40)) for _ in range(chance.choice([1, 1, 1500]))]
    return project.work.judge([Judgement(document, at, at + 12, "right", "PER") for document, at in places]).id


def import_texts(project, chance):
    name = chance.randrange(10**9)
    return project.add_documents([Document(f"{name}-{number}", f"{number} {TEXT}{name}") for number in range(30)]).operation.id


def import_again(project, chance):
    stored = chance.choice(project.documents.all())
    change = project.add_documents([Document(stored.name, f"{chance.random()} {project.documents.text(stored.id)}")])
    return change.operation.id


def edit(project, chance):
    document = chance.choice(project.documents.all()).id
    project.work.add_gold([GoldSpan(document, 0, 12, "PER")])
    return project.work.edit([Edit(document, 0, 12, "add", "PER")]).id


def replace_names(project, chance):
    names = [f"Sancho {chance.random()}" for _ in range(2000)]
    project.lists.replace_names("PER", EntityList.from_names("PER", names))
    return project.history.entries(1)[0].id


def store_run(project, chance):
    documents = [stored.id for stored in project.documents.all()][:60]
    batches = (columns(documents[start : start + 10], 200) for start in range(0, len(documents), 10))
    return -project.runs.save(1, "unicode/es", [1], batches).id


def undo(project, chance):
    project.history.undo()
    project.history.redo()
    return project.history.entries(1)[0].id


def work(path, acks, seed):
    chance = random.Random(seed)
    with Path(acks).open("ab", buffering=0) as noted, Project.open(path) as project:
        while True:
            action = chance.choice([judge, judge, import_texts, import_again, edit, replace_names, store_run, undo])
            noted.write(f"{action(project, chance)}\n".encode())


def main():
    print("ready", flush=True)
    for line in sys.stdin:
        path, acks, seed = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                work(path, acks, int(seed))
            except BaseException:  # noqa: BLE001  (whoever is killed never gets here)
                traceback.print_exc()
            os._exit(3)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
