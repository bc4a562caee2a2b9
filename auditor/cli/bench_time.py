"""`auditor bench speed`, `check`, `review` and `peers`: what the work of the auditor costs."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.options import open_run


@click.command("peers")
@click.option("--size", "sizes", multiple=True, type=click.IntRange(10, 100_000), metavar="N")
@click.option("--vecalign", type=click.Path(path_type=Path), metavar="FILE", help="vecalign.py.")
@click.option("--hunalign", type=click.Path(path_type=Path), metavar="FILE", help="Your hunalign.")
def peers(sizes: tuple[int, ...], vecalign: Path | None, hunalign: Path | None) -> None:
    """Seconds and memory of the aligner on made documents, beside your copies of others.

    100, 1,000, 10,000 and 40,000 segments, or --size N, with vectors of 512 numbers made from a
    fixed seed, 15 % merges, 10 % deletions and 10 % insertions. All read the same files.
    """
    from auditor.bench.peers import SIZES, Peers, time_aligners, timing_table

    timings = time_aligners(sizes or SIZES, Peers(vecalign, hunalign))
    click.echo("\n".join(timing_table(timings)))


@click.command("speed")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1, 50))
@click.option(
    "--encoder", "encoder_only", is_flag=True, help="Compare the encoder with its package."
)
@click.option("--stages", is_flag=True, help="Tell stages and rules apart, all models loaded.")
@click.option(
    "--documents",
    default=10,
    show_default=True,
    type=click.IntRange(min=1),
    help="With --stages, of a folder of line-aligned files.",
)
def speed(
    paths: tuple[Path, ...], runs: int, documents: int, *, encoder_only: bool, stages: bool
) -> None:
    """Seconds and memory of an audit of the stories at PATHS, as ratios to the forward pass.

    With --stages: processor time of each stage and of the rules that cost most, beside encoding
    the same text: what checks of one document take together, and everything after encoding. PATHS
    may then be folders of line-aligned files with document_ids.txt, as NTREX-128 has them.

    With --encoder: sentences a second of the embedded encoder and of the package that its weights
    come from, on the same token ids, each with the number of threads that suits it best.
    """
    if encoder_only:
        from auditor.bench.rate import measure_rates, rate_table

        click.echo("\n".join(rate_table(measure_rates(paths, runs))))
        return
    if stages:
        from auditor.bench.stages import measure_stages, stage_table, stories_of
        from auditor.pipeline import all_rules

        with open_run("use", no_cache=True, quiet=True) as run:
            stories = list(stories_of(paths, documents))
            spent = measure_stages(stories, run)
        click.echo("\n".join([f"{len(stories)} stories", *stage_table(spent, all_rules())]))
        return
    from auditor.bench.speed import measure, table

    click.echo("\n".join(table(measure(paths, runs))))


@click.command("check")
@click.option("--stories", default=500, show_default=True, help="Pages, each in four languages.")
def check(stories: int) -> None:
    """The time of `auditor check`: at first, with nothing changed, and with one file changed.

    The tree is made for it, of our own text, and deleted afterwards.
    """
    from tempfile import TemporaryDirectory

    from auditor.bench.check import PAGES, measure, table

    with TemporaryDirectory() as folder:
        timings = list(measure(Path(folder), stories))
    click.echo("\n".join(table(timings, stories * len(PAGES))))


@click.command("review")
@click.option("--findings", default=10_000, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option("--runs", default=20, show_default=True, type=click.IntRange(1, 1_000))
def review(findings: int, runs: int) -> None:
    """Server time of the review's pages, on a made database in 100 stories."""
    from auditor.bench.review import measure, table

    click.echo("\n".join(table(measure(findings, runs))))
