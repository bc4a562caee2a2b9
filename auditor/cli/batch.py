"""`auditor batch`: audits many stories and keeps the results in a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.cli.options import languages, naming
from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.batch.cluster import Cluster
    from auditor.batch.job import Job, Refused, Setup
    from auditor.batch.pool import Pool
    from auditor.batch.run import Tally

INPUT_ERROR, CRASHED = 2, 3

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--store",
        "folder",
        required=True,
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where results are kept; made when there is none.",
    ),
    click.option(
        "--jobs",
        "-j",
        type=click.IntRange(1, 512),
        default=os.cpu_count() or 1,
        show_default="processors",
        help="Processes; each takes up to 700 MB.",
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0.1),
        default=300.0,
        show_default=True,
        metavar="SECONDS",
        help="For one story; one that takes longer is listed as failed.",
    ),
    click.option(
        "--night",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Date under which results are kept; today's (UTC) when not given.",
    ),
    click.option(
        "--lang",
        "lang",
        multiple=True,
        metavar="TAG",
        help="A language to choose from; repeatable.",
    ),
    click.option("--rule", "rules", multiple=True, metavar="ID", help="All rules when not given."),
    click.option("--no-reports", is_flag=True, help="Keep findings and passages only."),
    click.option(
        "--log", type=click.Path(path_type=Path), metavar="FILE", help="In place of STORE/log/."
    ),
    click.option(
        "--encoder",
        default="auto",
        show_default=True,
        metavar="NAME",
        help="As of `auditor audit`.",
    ),
    click.option(
        "--device",
        "devices",
        multiple=True,
        metavar="NAME",
        help="Where a sentence-transformers encoder runs: cpu, cuda, cuda:1; repeatable, workers "
        "take them in turn. The GPU where there is one when not given.",
    ),
    click.option(
        "--ahead",
        type=click.IntRange(1, 10_000),
        metavar="N",
        help="Stories encoded in one go: 64 with sentence-transformers, else 1, when not given.",
    ),
    click.option("--no-cache", is_flag=True, help="Keep no vectors and alignments in the store."),
    click.option(
        "--cache-size",
        type=click.FloatRange(min=0.01),
        default=1.0,
        show_default=True,
        metavar="GIB",
        help="Of what is kept for the day when a rule changes; the oldest goes first.",
    ),
    click.option("--quiet", "-q", is_flag=True, help="No progress on standard error."),
)


def batching(function: F) -> F:
    """The options that `batch` and `watch` share."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return naming(function)


@click.command("batch")
@click.argument("stories", metavar="STORIES")
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help="Where the files of a manifest or feed lie, when not beside it.",
)
@click.option(
    "--match", is_flag=True, help="Find the versions of each story in a pile of articles."
)
@click.option("--retry-failed", is_flag=True, help="Audit again what failed or is incomplete.")
@click.option("--max-errors", type=click.IntRange(min=0), help="Stop after that many failures.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster; one is started if none.")
@batching
def command(
    stories: str,
    *,
    root: Path | None,
    match: bool,
    retry_failed: bool,
    max_errors: int | None,
    engine: str,
    scheduler: str | None,
    folder: Path,
    night: datetime | None,
    log: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Audits the STORIES and keeps the results in a store that can be asked.

    STORIES is a folder of story folders, a manifest (.csv, .tsv, .jsonl), a sitemap or feed (.xml,
    .rss, .atom), an archive of a crawl (.warc, .wet), or an address such as s3://bucket/stories.
    What has not changed since it was audited is not audited again, so that an interrupted run is
    continued by the same command. Exit codes: 0, 2 when stories failed, 3 when a check crashed.
    """
    if scheduler and engine != "dask":
        raise ConfigError("--scheduler", "is for a Dask cluster", "add --engine dask")
    from auditor.batch.inputs.opened import entries_of
    from auditor.batch.run import Plan, run_batch
    from auditor.batch.store import CACHE, writing
    from auditor.batch.told import bar, log_to, summary

    needed("pyarrow")
    entries = _matched(stories, root, options["encoder"]) if match else entries_of(stories, root)
    plan = Plan(night_of(night), retry_failed, max_errors)
    begun = monotonic()
    with writing(folder) as store:
        setup = setup_of(folder / CACHE, options)
        total = None if match else _count(stories, root)
        with (
            engine_of(engine, scheduler, setup, options) as audits,
            log_to(log or log_of(folder, plan.night)) as logged,
            bar(total, quiet=quiet) as shown,
        ):
            told = [one for one in (logged, shown) if one]
            tally = run_batch(entries, audits, store, plan, told)
    for line in summary(tally, monotonic() - begun, folder):
        click.echo(line, err=True)
    sys.exit(exit_code(tally))


def exit_code(tally: Tally) -> int:
    """What the tool could not do weighs more than what it could not read."""
    from auditor.batch.job import Status

    if tally.crashed:
        return CRASHED
    return INPUT_ERROR if tally.counts[Status.FAILED] or tally.stopped else 0


def needed(*modules: str) -> None:
    """Says which extra to install where a module is missing.

    Raises:
        ConfigError: one is.
    """
    from importlib.util import find_spec

    extra = {"distributed": "cluster", "warcio": "crawl", "fsspec": "remote"}
    for module in modules:
        if find_spec(module) is None:
            name = extra.get(module, "batch")
            raise ConfigError(
                "", f"{module} is not installed", f"pip install 'translation-auditor[{name}]'"
            )


def setup_of(cache: Path, options: dict[str, Any]) -> Setup:
    """What the workers audit with, from the options of `batching`.

    Raises:
        ConfigError: a language is none, or declared for one file.
    """
    from auditor.batch.job import Setup

    declared, candidates = languages(options["lang"])
    if declared:
        raise ConfigError("--lang", "names one file", "declare it in the story's manifest")
    names = options["names"]
    return Setup(
        encoder=options["encoder"],
        devices=options["devices"],
        ahead=options["ahead"] or 0,
        candidates=candidates,
        rules=options["rules"],
        cache="" if options["no_cache"] else str(cache.resolve()),
        cache_limit=round(options["cache_size"] * (1 << 30)),
        names=str(names.resolve()) if names else "",
        reports=not options["no_reports"],
    )


@contextmanager
def engine_of(
    name: str, scheduler: str | None, setup: Setup, options: dict[str, Any]
) -> Iterator[Pool | Cluster]:
    """The engine of that name; its processes end with the block."""
    jobs, limit = options["jobs"], options["time_limit"]
    engine: Pool | Cluster
    if name == "dask":
        needed("distributed")
        from auditor.batch.cluster import Cluster

        engine = Cluster(setup, jobs, limit, scheduler)
    else:
        from auditor.batch.pool import Pool

        engine = Pool(setup, jobs, limit)
    try:
        yield engine
    finally:
        engine.close()


def _matched(pile: str, root: Path | None, encoder: str) -> Iterable[Job | Refused]:
    from auditor.batch.inputs.opened import entries_of
    from auditor.batch.match import matched_stories, pile_of
    from auditor.encode import open_encoders
    from auditor.pipeline.context import Meaning

    folder = Path(pile)
    entries = pile_of(folder) if folder.is_dir() else entries_of(pile, root)
    return matched_stories(list(entries), Meaning(open_encoders(encoder)[0]))


def _count(stories: str, root: Path | None) -> int | None:
    """How many stories there are, where that costs little to know."""
    from auditor.batch.inputs.opened import LINES, TABLES, entries_of

    if not sys.stderr.isatty():
        return None
    if Path(stories).is_dir() or stories.lower().endswith((*TABLES, *LINES)):
        return sum(1 for _ in entries_of(stories, root))
    return None


def night_of(night: datetime | None) -> date:
    """The date under which results are kept: as asked, or today's (UTC)."""
    return night.date() if night else datetime.now(UTC).date()


def log_of(folder: Path, night: date) -> Path:
    """The log of a night, where no other file is named."""
    from auditor.batch.store import LOGS

    return folder / LOGS / f"{night.isoformat()}.jsonl"
