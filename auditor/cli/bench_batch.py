"""`auditor bench batch` and `auditor bench match`: what a night of many stories costs."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.options import open_run, running
from auditor.core.errors import ConfigError


@click.command("batch")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--stories", default=5000, show_default=True, type=click.IntRange(min=5))
@click.option("--jobs", "-j", default=2, show_default=True, type=click.IntRange(1, 512))
@click.option(
    "--part",
    type=click.Choice(["all", "scaling", "night"]),
    default="all",
    show_default=True,
    help="Two workers against one, the night itself, or both.",
)
@click.option(
    "--turn",
    default=100,
    show_default=True,
    type=click.IntRange(min=4),
    metavar="N",
    help="Stories of each of the four turns of the scaling.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the night there: the same command goes on with it.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0.1),
    help="Of the night in this sitting; with --keep.",
)
@click.option("--encoder", default="auto", show_default=True, metavar="NAME")
@click.option("--device", "devices", multiple=True, metavar="NAME", help="As of `auditor batch`.")
@click.option("--ahead", default=0, type=click.IntRange(0, 10_000), help="As of `auditor batch`.")
@click.option("--no-reports", is_flag=True, help="Keep findings and passages only.")
@click.option("--no-cache", is_flag=True, help="Keep no vectors and alignments.")
def batch(
    folder: Path,
    stories: int,
    jobs: int,
    part: str,
    turn: int,
    keep: Path | None,
    minutes: float | None,
    encoder: str,
    devices: tuple[str, ...],
    ahead: int,
    *,
    no_reports: bool,
    no_cache: bool,
) -> None:
    """A night of STORIES built from clean documents: speed, memory, scaling, what it costs.

    FOLDER holds line-aligned files (eng.txt, fra.txt, ...) and document_ids.txt, as NTREX-128 does.
    A long night can be measured in several sittings: --keep DIR --minutes 8, again and again.
    """
    from tempfile import TemporaryDirectory

    from auditor import __version__
    from auditor.batch.job import Setup
    from auditor.bench.batch import measure_night, measure_scaling
    from auditor.bench.batch_table import night_table, scaling_table

    if minutes and not keep:
        raise ConfigError("--minutes", "leaves a night unfinished", "add --keep DIR")
    setup = Setup(
        encoder=encoder,
        devices=devices,
        ahead=ahead,
        cache="" if no_cache else "yes",
        reports=not no_reports,
    )
    if part != "night":
        click.echo(
            "\n".join([*scaling_table(measure_scaling(folder, turn, setup), stories, jobs), ""])
        )
    if part != "scaling":
        with TemporaryDirectory(prefix="auditor-bench-") as passing:
            place = keep or Path(passing)
            night = measure_night(folder, place, stories, setup, jobs, minutes)
        click.echo("\n".join(night_table(night)))
    click.echo(f"auditor {__version__}, {encoder}")


@click.command("match")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lines", type=click.IntRange(min=1), help="Of each document; all when not given.")
@click.option("--seed", default=1, show_default=True, help="Of the shuffling.")
@running
def match(
    folder: Path, lines: int | None, seed: int, *, encoder: str, no_cache: bool, quiet: bool
) -> None:
    """How well the versions of stories are found in a pile: pairs of shuffled documents.

    FOLDER holds line-aligned files (eng.txt, fra.txt, ...) and document_ids.txt, as NTREX-128 does.
    """
    from auditor.bench.piles import measure_pile, pile_table

    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        click.echo("\n".join(pile_table(measure_pile(folder, run, lines, seed))))
