"""Opens a review database and brings its tables up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from auditor.core import ConfigError

BUSY_SECONDS = 30
"""How long a writer waits for another one on SQLite."""


def open_database(where: str) -> Engine:
    """A database with all its tables, made where there is none.

    Args:
        where: the path of an SQLite file, or a URL such as `postgresql://user@host/name`.

    Raises:
        ConfigError: it cannot be opened.
    """
    url = _url(where)
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            _settle_sqlite(engine)
        _migrate(engine)
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        raise ConfigError(_named(url), f"cannot be opened: {reason}", "check --database") from error
    except ImportError as error:
        raise ConfigError(
            _named(url),
            f"its driver is not installed: {error}",
            "pip install 'translation-auditor[review-postgresql]'",
        ) from error
    return engine


def _url(where: str) -> URL:
    if "://" not in where:
        path = Path(where)
        if not path.absolute().parent.is_dir():
            raise ConfigError(where, "lies in no folder that exists", "make the folder")
        return URL.create("sqlite", database=str(path.absolute()))
    try:
        url = make_url(where)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigError(
            where.partition("://")[0],
            "is no database that is known",
            "give a file or postgresql://",
        ) from error
    return url


def _named(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _settle_sqlite(engine: Engine) -> None:
    """Makes a commit last: written ahead, and on the disk before it is reported."""

    @event.listens_for(engine, "connect")
    def settle(connection: object, entry: ConnectionPoolEntry) -> None:
        del entry
        # The driver's own BEGIN comes too late to keep two writers apart.
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that becomes a writer cannot wait for another writer: writers say so at once.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that changes something; committed when the block ends without an error."""
    with engine.connect() as connection:
        marked = connection.execution_options(writes=True)
        with marked.begin():
            yield marked


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    with as_file(files("auditor.review") / "migrations") as scripts, writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def now() -> str:
    """The present, ISO 8601 in UTC to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
