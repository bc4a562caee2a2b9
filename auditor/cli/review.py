"""`auditor review`: translators decide on what was flagged, in the browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from auditor.cli.decisions import installed
from auditor.cli.options import open_run, running
from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from auditor.core import Audit
    from auditor.review.serve import Place

DEMO = "storm-barrier-defects"


@click.command("review")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[REPORT_OR_FOLDER]...")
@click.option("--demo", is_flag=True, help="A story of this project, in a database of its own.")
@click.option(
    "--database",
    metavar="FILE_OR_URL",
    help="An SQLite file, or postgresql://...; a file of this user when not given.",
)
@click.option("--root", type=click.Path(path_type=Path), help="Folder of a report's articles.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8377, show_default=True, type=click.IntRange(0, 65535))
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name of this host.")
@click.option("--login", is_flag=True, help="Ask for a password on this machine too.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--behind-proxy", is_flag=True, help="A proxy speaks HTTPS to the browsers.")
@click.option("--add-user", metavar="NAME", help="Add a user or change the password, and stop.")
@click.option("--role", type=click.Choice(["reviewer", "editor"]), default="reviewer")
@click.option("--import-only", is_flag=True, help="Take the audits in, and stop.")
@running
def command(
    paths: tuple[Path, ...],
    *,
    demo: bool,
    database: str | None,
    root: Path | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    login: bool,
    certificate: Path | None,
    key: Path | None,
    behind_proxy: bool,
    add_user: str | None,
    role: str,
    import_only: bool,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Opens a queue of flagged passages in the browser, to be decided.

    REPORT_OR_FOLDER is a JSON report, a folder of them, or a story to be audited first. What was
    decided on a finding stays decided when its story is audited again. On another address than this
    machine's it asks for a password (--add-user; AUDITOR_PASSWORD, or asked for).
    """
    installed("auditor review")
    with _opened(database, temporary=demo and database is None) as engine:
        if add_user is not None:
            _add_user(engine, add_user, role)
            return
        wanted = (*paths, demo_story()) if demo else paths
        with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:

            def audited(path: Path) -> Audit:
                from auditor.pipeline import audit_story, load_story

                loaded = load_story([path])
                return audit_story(loaded.story, run, loaded.problems)

            _take_in(engine, wanted, root, audited)
        if not import_only:
            from auditor.review.serve import Place

            place = Place(host, port, names, login, certificate, key, behind_proxy)
            _serve(engine, place)


@contextmanager
def _opened(database: str | None, *, temporary: bool) -> Iterator[Engine]:
    from auditor.review.database import open_database

    with TemporaryDirectory(prefix="auditor-review-") as folder:
        where = str(Path(folder) / "demo.db") if temporary else database or default_database()
        engine = open_database(where)
        try:
            yield engine
        finally:
            engine.dispose()


def default_database() -> str:
    """The SQLite file of the machine's user."""
    from platformdirs import user_data_path

    folder = user_data_path("translation-auditor", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "review.db")


def demo_story() -> Path:
    """The story of the demonstration: of the checkout, or as it was installed.

    Raises:
        ConfigError: it was not installed.
    """
    import auditor

    package = Path(auditor.__file__).resolve().parent
    for place in (package.parent / "corpora" / DEMO, package / "review" / "demo"):
        if (place / "story.toml").is_file():
            return place
    raise ConfigError("--demo", "the story is not there", "name a story folder instead")


def _add_user(engine: Engine, name: str, role: str) -> None:
    from auditor.review.database import writing
    from auditor.review.users import add_user

    password = os.environ.get("AUDITOR_PASSWORD") or click.prompt(
        f"Password of {name}", hide_input=True, confirmation_prompt=True
    )
    with writing(engine) as connection:
        add_user(connection, name, role, password)
    click.echo(f"{name} may sign in as {role}.", err=True)


def _take_in(
    engine: Engine, paths: tuple[Path, ...], root: Path | None, audited: Callable[[Path], Audit]
) -> None:
    from auditor.review.database import writing
    from auditor.review.given import given
    from auditor.review.importing import take_in
    from auditor.review.users import local_user

    author = local_user().name
    for one in given(paths, root, audited):
        with writing(engine) as connection:
            brought = take_in(connection, one, author)
        click.echo(
            f"{brought.name}: {brought.added} new findings, {brought.kept} known, "
            f"{brought.gone} gone",
            err=True,
        )


def _serve(engine: Engine, place: Place) -> None:
    from auditor.review.serve import serve

    def say(address: str) -> None:
        click.echo(f"Review at {address} (Ctrl-C stops it)")
        sys.stdout.flush()

    serve(engine, place, say)
