"""Bringing a project file of an older schema up to date, after a copy of it was kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from farspan.errors import ProjectError, place
from farspan.store import schema
from farspan.store.database import Database, plain_faults, stamp


def migrate(database: Database, version: int) -> Path:
    """Bring the file from schema `version` to the present one in a single transaction; the copy made before is returned."""
    where = place(database.path)
    with plain_faults(where):
        copy = back_up(database.path, version)
    with database.without_foreign_keys(), database.writing() as connection:
        upgrade(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            remedy = f"the file is as it was; report this with the copy {copy.name}"
            raise ProjectError(f"the project cannot be brought up to date: table {broken[0]}", where=where, remedy=remedy)
    return copy


def upgrade(connection: Connection) -> None:
    """Run the migrations up to the present schema inside the open transaction of `connection`."""
    command.upgrade(configuration(connection), f"{schema.SCHEMA_VERSION:04d}")
    stamp(connection, schema.SCHEMA_VERSION)


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings: the scripts of the installed package and no file of settings."""
    config = Config()
    config.set_main_option("script_location", "farspan.store:migrations")
    config.attributes["connection"] = connection
    return config


def back_up(path: Path, version: int) -> Path:
    """A whole copy of the project beside it, called NAME.farspan.bak-vN; an earlier copy is never replaced."""
    copy = path.with_name(f"{path.name}.bak-v{version}")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.bak-v{version}-{number}")
    aside = copy.with_name(copy.name + ".part")
    aside.unlink(missing_ok=True)
    old = sqlite3.connect(path)
    new = sqlite3.connect(aside)
    try:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
    finally:
        new.close()
        old.close()
    aside.rename(copy)
    return copy
