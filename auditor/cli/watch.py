"""`auditor watch`: audits the stories that arrive in a folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.batch import batching, engine_of, log_of, needed, night_of, setup_of

if TYPE_CHECKING:
    from auditor.batch.job import Job, Refused


@click.command("watch")
@click.argument("stories", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--interval",
    type=click.FloatRange(min=0.05),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two looks; a story is audited when two in a row find it the same.",
)
@click.option("--looks", type=click.IntRange(min=1), help="End after that many looks.")
@batching
def command(
    stories: Path,
    *,
    interval: float,
    looks: int | None,
    folder: Path,
    night: datetime | None,
    log: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Audits the stories that arrive in FOLDER, until Ctrl-C."""
    from auditor.batch.run import Plan, run_batch
    from auditor.batch.store import CACHE, writing
    from auditor.batch.told import log_to, summary
    from auditor.batch.watch import watch

    needed("pyarrow")
    left = looks

    def wait() -> bool:
        nonlocal left
        if left is not None:
            left -= 1
            if left <= 0:
                return False
        sleep(interval)
        return True

    with (
        writing(folder) as store,
        engine_of("local", None, setup_of(folder / CACHE, options), options) as engine,
    ):

        def audit(found: list[Job | Refused]) -> None:
            begun = monotonic()
            plan = Plan(night_of(night))
            with log_to(log or log_of(folder, plan.night)) as logged:
                tally = run_batch(found, engine, store, plan, [logged] if logged else [])
            if not quiet:
                for line in summary(tally, monotonic() - begun, folder):
                    click.echo(line, err=True)

        watch(stories, audit, wait)
