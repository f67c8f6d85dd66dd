"""Write tests/data/project_vN.farspan: a small project of the present schema, which later versions prove to open.

Run it once, just before the schema changes; a kept file is never made again.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from farspan.model import Document, Triple
from farspan.options import MatchingOptions
from farspan.relations.browsing import ProjectRelations
from farspan.relations.kb import knowledge_base
from farspan.relations.project import put_plan, relate_project
from farspan.relations.relating import RelationPlan
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan.store.running import run_project
from farspan.store.schema import SCHEMA_VERSION
from farspan.store.work import Edit, GoldSpan, Judgement

TARGET = Path(__file__).resolve().parent.parent / "tests" / "data" / f"project_v{SCHEMA_VERSION}.farspan"

# Miguel de Cervantes, Don Quijote de la Mancha (1605), chapter 1: in the public domain.
TEXTS = (
    Document(
        "cap1-1", "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo.\n"
    ),
    Document("cap1-2", "Quieren decir que tenía el sobrenombre de Quijada, o Quesada.\n", {"año": 1605}),
)


def fill(project: Project) -> None:
    """Put a little of everything into the project."""
    project.add_documents(TEXTS)
    project.add_source(EntityList.from_names("LOC", {"la Mancha": "Q26546", "Mancha": ""}))
    project.add_source(EntityList.from_names("PER", ["quijada", "Quesada"]), MatchingOptions(case="ignore"))
    project.rules.put_in_force(Rules(project.rules.in_force().options, lang="es", tokenizer="unicode"))
    run_project(project)
    project.work.judge([Judgement(1, 15, 24, "right", "LOC", source="LOC", name="la Mancha", judge="Ana")])
    project.work.add_gold([GoldSpan(2, 42, 49, "PER")])
    project.work.edit([Edit(1, 3, 11, "add", "LOC"), Edit(2, 53, 60, "relabel", "PER", new_label="MISC")])
    put_plan(project, RelationPlan(), knowledge_base([Triple("quijada", "or_else", "Quesada", source="cap1")], "names.tsv"))
    relate_project(project)
    found = ProjectRelations(project)
    found.judge(int(found.queue("sentence")[0]), "right", purpose="sentence", judge="Ana")
    project.work.judge([Judgement(2, 53, 60, "unsure", "PER")])
    project.undo()


if __name__ == "__main__":
    with Project.create(TARGET) as made:
        fill(made)
    with closing(sqlite3.connect(TARGET)) as connection:  # small pages: most tables hold a row or two
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM"):
            connection.execute(statement)
