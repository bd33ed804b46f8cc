"""The desk's database: its table, and how to write and read it beside others who do the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from desk.where import DeskUnavailable

SCHEMA_VERSION = 1
BUSY_SECONDS = 30.0

_TABLES = sa.MetaData()
RECORD = sa.Table(
    "record",
    _TABLES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("value", sa.JSON(none_as_null=True)),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("undoes", sa.Integer, sa.ForeignKey("record.id")),
    sqlite_autoincrement=True,  # a number is never given twice
)
VERSION = sa.Table("desk_version", _TABLES, sa.Column("version", sa.Integer, primary_key=True))

# What was entered stays: the database itself refuses to change or drop a record.
_KEEP = [
    f"create trigger if not exists record_is_never_{verb}d before {verb} on record "
    "begin select raise(abort, 'records are only ever added'); end"
    for verb in ("update", "delete")
]


@contextmanager
def writing(url: str) -> Iterator[sa.Connection]:
    """A transaction on a desk that is made if need be."""
    database = sa.make_url(url)
    if _file(database):
        Path(str(database.database)).parent.mkdir(parents=True, exist_ok=True)
    with _told(database), _opened(database) as con:
        _prepare(con)
        with con.begin():
            yield con


@contextmanager
def reading(url: str) -> Iterator[sa.Connection | None]:
    """A connection to read from, or None when nothing was ever entered."""
    database = sa.make_url(url)
    file = _file(database)
    if file and not file.exists():
        yield None
        return
    with _told(database), _opened(database) as con:
        made = sa.inspect(con).has_table(VERSION.name) and _version(con) is not None
        yield con if made else None


def _file(database: sa.URL) -> Path | None:
    """The file of a SQLite database; None for a server."""
    return Path(database.database) if database.get_backend_name() == "sqlite" and database.database else None


@contextmanager
def _opened(database: sa.URL) -> Iterator[sa.Connection]:
    # No pool: an entry is rare, and an open connection would hold files of a desk that moves or is deleted.
    options: dict[str, Any] = {"poolclass": sa.NullPool}
    if _file(database):
        options["connect_args"] = {"timeout": BUSY_SECONDS}
    made = sa.create_engine(database, **options)
    try:
        with made.connect() as con:
            yield con
    finally:
        made.dispose()


def _prepare(con: sa.Connection) -> None:
    """Tables, once. Two who make them at the same moment must both succeed, hence the second try."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            _make_tables(con)
            return
        except (sa.exc.OperationalError, sa.exc.IntegrityError, sa.exc.ProgrammingError):
            con.rollback()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _make_tables(con: sa.Connection) -> None:
    is_sqlite = con.dialect.name == "sqlite"
    if is_sqlite and con.exec_driver_sql("pragma journal_mode").scalar() != "wal":
        con.exec_driver_sql("pragma journal_mode = wal")  # readers and a writer do not wait for each other
    if not sa.inspect(con).has_table(VERSION.name):
        con.execute(CreateTable(RECORD, if_not_exists=True))
        for trigger in _KEEP if is_sqlite else ():
            con.exec_driver_sql(trigger)
        con.execute(CreateTable(VERSION, if_not_exists=True))
    if _version(con) is None:
        con.execute(sa.insert(VERSION).values(version=SCHEMA_VERSION))
    con.commit()


def _version(con: sa.Connection) -> int | None:
    """The version a desk was made by; None while it is only being made."""
    version: int | None = con.execute(sa.select(sa.func.max(VERSION.c.version))).scalar()
    if version not in (None, SCHEMA_VERSION):
        raise DeskUnavailable("入力の記録が別の版のものです。ダッシュボードを同じ版にそろえてください。")
    return version


@contextmanager
def _told(database: sa.URL) -> Iterator[None]:
    """Errors of the database as a sentence. The cause keeps the details; a password is never among the words."""
    where = _file(database) or database.render_as_string(hide_password=True)
    try:
        yield
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        told = f"入力の記録（{where}）を開けません。置き場所と接続を確かめてください。"
        raise DeskUnavailable(told) from error
