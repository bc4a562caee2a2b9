"""Where the reports of a run go: `--format FMT[=PATH]`, several in one run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from auditor.cli.options import write
from auditor.core import Audit
from auditor.core.errors import ConfigError
from auditor.report.entries import Report, Settings
from auditor.report.formats import FORMATS

STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that was asked for; `path` None is standard output."""

    format: str
    path: Path | None


def formats_help() -> str:
    """The formats as lines of a help page."""
    wide = max(map(len, FORMATS))
    lines = [f"  {made.name:{wide}}  {made.summary}" for made in FORMATS.values()]
    # \b keeps click from filling the lines into one paragraph.
    return "\b\nFormats:\n" + "\n".join(lines)


def destinations(formats: Sequence[str], output: Path | None) -> list[Wanted]:
    """Which reports go where.

    Args:
        formats: values of `--format`, `FMT` or `FMT=PATH`; PATH `-` is standard output.
        output: value of `-o`: a file, or a folder that takes one file per format.

    Raises:
        ConfigError: a format is unknown, or two reports go to one place.
    """
    wanted: list[Wanted] = []
    for value in formats or ("terminal",):
        name, _, path = value.partition("=")
        if name not in FORMATS:
            raise ConfigError(
                f"--format {value}", "is unknown", f"choose from {', '.join(FORMATS)}"
            )
        target = Path(path) if path and path != STANDARD_OUTPUT else None
        if not path and output is not None:
            target = output / f"report.{FORMATS[name].ending}" if output.is_dir() else output
        wanted.append(Wanted(name, target))
    places = [w.path and w.path.absolute() for w in wanted]
    if len(set(places)) != len(places):
        raise ConfigError(
            "--format", "two reports go to one place", "give each a file: --format json=a.json"
        )
    return wanted


def deliver(audits: Sequence[Audit], wanted: Sequence[Wanted], settings: Settings) -> bool:
    """Writes every report, and says which could not be written.

    Returns:
        True when all were written: a full disk under one does not cost the others.
    """
    report = Report(audits, settings)
    written = True
    for one in wanted:
        try:
            _deliver(report, one)
        except ConfigError as error:
            click.echo(f"auditor: {error}", err=True)
            written = False
    return written


def _deliver(report: Report, one: Wanted) -> None:
    if one.format == "terminal" and one.path is None:
        from auditor.report import print_terminal

        # Colours and width are those of the terminal.
        for audit in report.audits:
            print_terminal(audit, sys.stdout, preview=report.settings.preview)
        return
    parts = FORMATS[one.format].write(report)
    if one.path is None:
        if len(parts) != 1:
            raise ConfigError(
                f"--format {one.format}",
                f"makes {len(parts)} files ({', '.join(parts)})" if parts else "has nothing to say",
                f"name a file: --format {one.format}=report.{FORMATS[one.format].ending}",
            )
        (text,) = parts.values()
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
        return
    for name, text in parts.items():
        path = one.path.with_stem(f"{one.path.stem}.{name}") if name else one.path
        write(path, text)
        click.echo(f"{one.format} report: {path}", err=True)
