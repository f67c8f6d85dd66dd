"""200 writers killed at any moment: the project opens, is whole, and has every action that had come back."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from farspan.model import Document
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.work import Judgement

KILLS = 50  # in each of four rounds
KILLS_A_FILE = 8
LONGEST = 0.1  # seconds a writer lives at most

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@contextmanager
def writers():
    """A process that makes writers; a function that lets one work on a project for some seconds and kills it."""
    command = [sys.executable, str(Path(__file__).with_name("killed_writer.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"

        def kill_one(path, acks, seed, seconds):
            print(path, acks, seed, sep="\t", file=process.stdin, flush=True)
            child = int(process.stdout.readline())
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            assert int(process.stdout.readline()) == signal.SIGKILL, "the writer ended by itself"

        yield kill_one
        process.stdin.close()


def new_project(path):
    with Project.create(path) as project:
        project.add_documents([Document(str(number), "Sancho Panza fue escudero. " * 100) for number in range(5)])
        project.add_source(EntityList.from_names("PER", ["Sancho", "Sancho Panza"]))
        project.work.judge([Judgement(1, 0, 12, "right", "PER")])


def check_whole(path, acks):
    """Open the project and hold it to what was acknowledged."""
    acknowledged = [int(line) for line in acks.read_text().split()] if acks.exists() else []
    with Project.open(path) as project:
        assert project.check() == []
        entries = project.history.entries(10**6)
        log = {entry.id for entry in entries}
        assert {number for number in acknowledged if number > 0} <= log
        assert {-number for number in acknowledged if number < 0} <= {run.id for run in project.runs.all()}
        rows = Counter()
        for entry in entries:
            rows[entry.action] += entry.rows if entry.state == "done" else 0
        assert len(project.work.judgements()) == rows["judge"]
        assert len(project.lists.load("PER")) in {2, 2000}
        for run in project.runs.all():
            assert len(project.runs.load(run.id)) == run.candidates
        with project._database.reading() as connection:
            for table in ("document_text", "name_list"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE pending = 1").scalar() == 0
            assert connection.exec_driver_sql("SELECT count(*) FROM run WHERE state = 'partial'").scalar() == 0
            orphans = "SELECT count(*) FROM candidate_blob WHERE id NOT IN (SELECT id FROM decision_blob)"
            assert connection.exec_driver_sql(orphans).scalar() == 0
    return len(acknowledged)


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_never_harms_the_project(tmp_path, seed):
    chance = random.Random(seed)
    acknowledged = 0
    with writers() as kill_one:
        for number in range(KILLS):
            path = tmp_path / f"{number // KILLS_A_FILE}.farspan"
            acks = path.with_suffix(".acks")
            if not path.exists():
                new_project(path)
            kill_one(path, acks, 1000 * seed + number, chance.uniform(0, LONGEST))
            acknowledged += check_whole(path, acks)
    assert acknowledged > KILLS, "the writers were killed before they did anything"
