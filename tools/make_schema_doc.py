"""Write docs/project-file.md from the tables of core/farspan/store/schema.py."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Column, Index, Table, UniqueConstraint

from farspan.store import schema

TARGET: Final = Path(__file__).resolve().parent.parent / "docs" / "project-file.md"

_KINDS: Final = (
    ("human", "What people did", "Every change of these rows stands in operation_log and can be undone."),
    ("content", "Texts, names and tokens", "Written once and never changed; rows of the other tables point at them."),
    ("machine", "What runs found", "Blobs of numbers; deleting a run deletes them, running again makes them again."),
    ("log", "The log", "From it undo, redo and replay work."),
)

_INTRODUCTION: Final = """\
# The project file

<!-- Written by tools/make_schema_doc.py from core/farspan/store/schema.py; change that file, not this one. -->

A project is one file, `NAME.farspan`: an SQLite 3 database that any SQLite browser opens. Schema version {version}.

## What you can rely on

- **Nothing a person did is lost.** Every action is one transaction (write-ahead log, `synchronous = FULL`), on the disk
  before the program says that it is done: killing the process, or a power cut, loses at most a running import or run, never
  an action.
- **One writer, any number of readers.** A second writer is refused and told who holds the project; readers see the last
  state that was committed. While a project is open for writing, `NAME.farspan-wal`, `-shm` and `-lock` stand beside it; they
  go when it is closed. Copy a project when it is closed, or copy it with its `-wal`. Keep it on a disk of the machine, not
  on a network share: SQLite's write-ahead log needs shared memory.
- **Read-only media work.** Where the file or its folder cannot be written to, the project opens read-only.
- **Older files open.** A file of an older schema is copied to `NAME.farspan.bak-vN` and then brought up to date in one
  transaction. A file of a newer schema is refused and left alone.
- **The header says what it is.** `application_id` is {application_id} (`FsP1`), `user_version` is the schema version.

## How it is built

- **Texts are plain TEXT**, not compressed: any SQLite browser shows and searches them, and a text is there once, however
  often it is imported. Compressed, the file would be smaller and closed to every other tool.
- **Human work is rows.** A row that belongs to a place in a text holds document, first and last character, the characters
  themselves and up to 40 on either side. It stays through every run. When a document is imported again with another text, it
  moves with its place: unchanged parts of the text shift, changed parts are searched for the characters with their old
  neighbours; a place that is gone keeps its row with `attached = 0` and is looked for again in the next text.
- **Machine output is blobs**, a row for each run, document and source: it is written in seconds, read by the page without
  touching the rest, and no row of it is ever rewritten.
- **Texts, lists and tokens are written once** and found again by their hash. They are stored first, a batch at a time, and
  show only when the action that needs them is committed.
- **The log holds every action**, with all rows it changed before and after, undone ones too. Undo and redo are rows of the
  log themselves. `farspan project replay` makes every action again, in order, in a new file.
- **What the tables promise, triggers hold**: judgements are never deleted or rewritten, rule sets and noise estimates never
  rewritten.

## Sent and kept

`farspan project pack P.farspan -o P.zip` puts the project, as it is at that moment, into one ZIP file with its recipe,
lists and texts as plain files, the files that options name, and the SHA-256 of each. `farspan project unpack P.zip`, or
opening the ZIP file in the window, makes a new folder of it on any machine, checks the hashes and touches nothing that is
there. An archive that leads out of its folder is refused.

## Blobs

- *Columns one after the other*: little-endian numbers; the first column whole, then the second. How long each is, the row
  says.
- *Packed strings*: a JSON array of strings in UTF-8, compressed by zlib.
- *changes* of operation_log: a JSON array of `{{table, columns, before, after}}`, compressed by zlib; before is null for
  rows added, after for rows deleted.
- Character offsets count Unicode code points from 0; ranges are half-open. Token ranges count the tokens of the document.
"""


def schema_document() -> str:
    """docs/project-file.md, in Markdown."""
    number = f"0x{schema.APPLICATION_ID:08X}"
    parts = [_INTRODUCTION.format(version=schema.SCHEMA_VERSION, application_id=number)]
    for kind, title, text in _KINDS:
        tables = [table for table in schema.metadata.tables.values() if table.info["kind"] == kind]
        parts += [f"## {title}\n\n{text}\n", *map(_table, tables)]
    guards = "\n".join(f"    {line}" for statement in schema.GUARDS for line in statement.split("\n"))
    parts.append(f"## Triggers\n\n{guards}\n")
    return "\n".join(parts)


def _table(table: Table) -> str:
    lines = [f"### {table.name}", "", table.comment or "", "", "| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {_type(column)} | {_meaning(column)} |" for column in table.columns]
    indexes = sorted((*_keys(table), *(_index(index) for index in table.indexes)))
    return "\n".join([*lines, "", *(f"- {text}" for text in indexes), *([""] if indexes else [])])


def _type(column: Column[object]) -> str:
    name = "REAL" if str(column.type) == "FLOAT" else str(column.type)
    return name + (", key" if column.primary_key else ", may be null" if column.nullable else "")


def _meaning(column: Column[object]) -> str:
    targets = [f"`{key.target_fullname}`" for key in column.foreign_keys]
    return f"{column.comment}{' → ' + ', '.join(targets) if targets else ''}"


def _keys(table: Table) -> list[str]:
    return [f"unique: {', '.join(key.columns.keys())}" for key in table.constraints if isinstance(key, UniqueConstraint)]


def _index(index: Index) -> str:
    columns = ", ".join(index.columns.keys())
    where = index.dialect_options["sqlite"]["where"]
    condition = "" if where is None else f" where {where}"
    return f"{'unique' if index.unique else 'index'}: {columns}{condition}"


if __name__ == "__main__":
    TARGET.write_text(schema_document(), encoding="utf-8", newline="\n")
