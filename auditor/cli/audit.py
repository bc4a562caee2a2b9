"""`auditor audit`: audits the versions of one story."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.decisions import shares
from auditor.cli.options import (
    judging,
    languages,
    naming,
    open_run,
    read_table,
    running,
    writable,
    write,
)
from auditor.cli.reports import deliver, destinations, formats_help
from auditor.core.errors import ConfigError
from auditor.core.finding import Severity, Tier
from auditor.report.entries import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.align.notation import PassageTable
    from auditor.core import Audit, Story

FOUND, INPUT_ERROR, CRASHED = 1, 2, 3


@click.command("audit", epilog=formats_help())
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FMT[=PATH]",
    help="A format of those below; several may be given, each with its own file (- is standard "
    "output).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE_OR_DIR",
    help="Where the reports go; a folder takes one file per format.",
)
@click.option("--preview", is_flag=True, help="Show the findings of preview rules too.")
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    help="Exit with 1 when a stable finding is at least this severe (with --preview, any finding).",
)
@click.option(
    "--lang",
    "lang",
    multiple=True,
    metavar="[FILE=]TAG",
    help="A language to choose from, or the language of one file. May be repeated.",
)
@click.option("--source", metavar="FILE", help="The version that the others were translated from.")
@click.option(
    "--date",
    "published",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When the story was published, for anniversaries and relative dates.",
)
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help="Where the files of a manifest lie, when not beside it.",
)
@click.option(
    "--alignment",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Use the passages of a table of offsets instead of computed ones.",
)
@click.option(
    "--save-alignment",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the passages as a table of offsets.",
)
@click.option(
    "--mqm-weight",
    "mqm_weights",
    multiple=True,
    metavar="NAME=NUMBER",
    help="What an error costs by MQM: major=10 for a severity, Style=0.5 to halve a type.",
)
@click.option(
    "--mqm-pass",
    type=click.FloatRange(0, 100),
    metavar="SCORE",
    help="Exit with 1 when the MQM score of a version is lower.",
)
@click.option(
    "--decisions",
    metavar="FILE_OR_URL",
    help="A database of auditor review: SARIF then carries the measured precision of each rule.",
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    metavar="[VERSION=]FILE",
    help="A reference translation, paragraph by paragraph: adds chrF++, BLEU and TER of the "
    "version in its language. May be repeated.",
)
@judging
@naming
@running
def command(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    *,
    preview: bool,
    fail_on: str | None,
    lang: tuple[str, ...],
    source: str | None,
    published: datetime | None,
    root: Path | None,
    alignment: Path | None,
    save_alignment: Path | None,
    decisions: str | None,
    mqm_weights: tuple[str, ...],
    mqm_pass: float | None,
    references: tuple[str, ...],
    judge: str | None,
    names: Path | None,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Audits the versions of one story.

    PATHS is a story folder (one file per version, or a story.toml), a story.toml, or the versions'
    files. Exit codes: 0, or 1 with --fail-on, 2 for input that could not be read, 3 when a check
    crashed.
    """
    wanted = destinations(formats, output)
    for path in (*(one.path for one in wanted), save_alignment):
        if path is not None:
            writable(path)
    measured = shares(decisions)
    declared, candidates = languages(lang)
    from auditor.pipeline import audit_story, load_story
    from auditor.pipeline.references import read_reference
    from auditor.score.mqm import read_weights

    weights = read_weights(mqm_weights)
    loaded = load_story(
        paths,
        root=root,
        languages=declared,
        source=source,
        published=published.date() if published else None,
        names=names,
    )
    _spare_versions([one.path for one in wanted], paths, loaded.story)
    trusted = [read_reference(written, loaded.story) for written in references]
    with open_run(
        encoder, no_cache=no_cache, quiet=quiet, candidates=candidates, judge=judge
    ) as run:
        given = _given(alignment, loaded.story) if alignment else None
        weighed = replace(run, weights=weights)
        audit = audit_story(loaded.story, weighed, loaded.problems, given, references=trusted)
    floor = Severity(fail_on) if fail_on else Severity.MAJOR
    written = deliver((audit,), wanted, Settings(preview, floor, str(Path.cwd()), measured))
    if save_alignment:
        _save(audit, save_alignment)
    code = _exit_code(audit, fail_on, preview=preview)
    if mqm_pass is not None and _failed(audit, mqm_pass):
        code = max(code, FOUND)
    # What the tool could not do weighs more than what it found.
    sys.exit(code if written else max(code, INPUT_ERROR))


def _given(path: Path, story: Story) -> PassageTable:
    """A table of passages, checked against the story it is for."""
    table = read_table(path)
    lengths = {document.id: len(document.raw) for document in story.documents}
    for number, name in enumerate(table.documents):
        if name not in lengths:
            raise ConfigError(
                str(path),
                f"{name} is no version of this story",
                f"choose from {', '.join(lengths)}",
            )
        last = max((s.end for row in table.rows for s in row.spans[number]), default=0)
        if last > lengths[name]:
            raise ConfigError(
                str(path),
                f"a range ends at {last}, but {name} has {lengths[name]} characters",
                "align the file as it is now",
            )
    return table


def _spare_versions(places: Sequence[Path | None], paths: Sequence[Path], story: Story) -> None:
    """Refuses to write over a version, or where a report would be read as one the next time.

    Raises:
        ConfigError: a place is a version of the story, or an article's file name in its folder.
    """
    from auditor.pipeline.load import MANIFEST, SUFFIXES

    versions = {Path(document.path).resolve() for document in story.documents}
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    for place in filter(None, places):
        if place.resolve() in versions:
            raise ConfigError(str(place), "is a version of this story", "name another file")
        beside = folder is not None and place.resolve().parent == folder.resolve()
        listed = folder is not None and (folder / MANIFEST).is_file()
        if beside and not listed and place.suffix.lower() in SUFFIXES:
            raise ConfigError(
                str(place), "would be a version of the story there", "write it elsewhere"
            )


def _save(audit: Audit, path: Path) -> None:
    from auditor.align.notation import dumps

    write(path, dumps(audit.story.name, [d.id for d in audit.story.documents], audit.passages))


def _failed(audit: Audit, passing: float) -> bool:
    """Names on standard error the versions whose MQM score is too low."""
    low = [r for r in audit.documents if r.mqm is not None and r.mqm.score < passing]
    for result in low:
        if result.mqm is not None:
            click.echo(
                f"auditor: {result.document} fails: MQM {result.mqm.score:.2f} "
                f"(95 % {result.mqm.low:.2f} to {result.mqm.high:.2f}) is below {passing:g}",
                err=True,
            )
    return bool(low)


def _exit_code(audit: Audit, fail_on: str | None, *, preview: bool) -> int:
    """3 before 2 before 1: what the tool could not do weighs more than what it found."""
    if audit.errors:
        return CRASHED
    if audit.problems:
        return INPUT_ERROR
    if fail_on is None:
        return 0
    floor = Severity(fail_on).rank
    counted = (
        f for f in audit.findings if f.suppression is None and (preview or f.tier is Tier.STABLE)
    )
    return FOUND if any(f.severity.rank >= floor for f in counted) else 0
