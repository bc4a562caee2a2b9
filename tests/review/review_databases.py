"""Databases of the review: SQLite always, PostgreSQL where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from auditor.review.database import open_database, writing
from auditor.review.tables import METADATA

NO_POSTGRESQL = "initdb is not installed: nothing was tested on PostgreSQL"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reason in sorted({str(r.longrepr[2]) for r in terminalreporter.stats.get("skipped", [])}):
        if "PostgreSQL" in reason or "Chromium" in reason:
            terminalreporter.section("NOT TESTED", red=True)
            terminalreporter.line(reason, red=True)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, on a socket in a folder of its own."""
    initdb = shutil.which("initdb") or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None
    )
    if initdb is None:
        pytest.skip(NO_POSTGRESQL)
    # PostgreSQL refuses to run as root, and its user must reach every folder above its own.
    folder = Path(f"/tmp/auditor-pg-{os.getpid()}")  # noqa: S108 - a socket path has 107 bytes
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    control = str(Path(initdb).with_name("pg_ctl"))
    place, options = str(folder / "data"), f"-k {folder} -h '' -c fsync=off"
    made = subprocess.run(
        [*as_user, initdb, "-D", place, "-A", "trust", "-U", "auditor", "-E", "UTF8"],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(folder)
        pytest.skip(f"{NO_POSTGRESQL}: {made.stderr.strip()[-200:]}")
    start = [
        *as_user,
        control,
        "-D",
        place,
        "-o",
        options,
        "-l",
        str(folder / "log"),
        "-w",
        "start",
    ]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        yield f"postgresql://auditor@/postgres?host={folder}"
    finally:
        subprocess.run(
            [*as_user, control, "-D", place, "-m", "immediate", "stop"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty database lies."""
    if request.param == "sqlite":
        yield str(tmp_path / "review.db")
        return
    where: str = request.getfixturevalue("postgresql")
    yield where
    engine = open_database(where)
    with writing(engine) as connection:
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An open database with all tables."""
    held = open_database(database)
    yield held
    held.dispose()
