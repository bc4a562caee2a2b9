"""`auditor check`: audits the version sets of a tree, for CI."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.checking import checked_tree, checking, configuration_of
from auditor.cli.options import writable
from auditor.cli.reports import deliver, destinations, formats_help
from auditor.core.finding import Severity
from auditor.report.entries import Settings
from auditor.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.cli.checking import Tree
    from auditor.cli.reports import Wanted
    from auditor.core import Audit
    from auditor.pipeline.baseline import Accepted, Compared

FOUND, INPUT_ERROR, CRASHED = 1, 2, 3

TEXTS = frozenset({"json", "html", "xliff", "xliff12", "tmx"})
"""Formats that show every version, not only what was found."""

NAMED = 10
"""Lines about one kind of thing at the end; the others are counted."""


@click.command("check", epilog=formats_help())
@click.option("--format", "formats", multiple=True, metavar="FMT[=PATH]", help="As for audit.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE_OR_DIR",
    help="Where the reports go; a folder takes one file per format.",
)
@click.option("--preview", is_flag=True, help="Show the findings of preview rules, and count them.")
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    help="Exit with 1 when a finding is at least this severe (major, if not set otherwise).",
)
@click.option(
    "--changed-since",
    "since",
    metavar="REV",
    help="Only stories of which git says that a file has changed since this revision.",
)
@click.option("--no-baseline", is_flag=True, help="Count accepted findings too.")
@click.option("--show-config", is_flag=True, help="Print the settings in force, and stop.")
@click.option("--config-reference", is_flag=True, hidden=True)
@checking
def command(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    config: Path | None,
    fail_on: str | None,
    since: str | None,
    *,
    preview: bool,
    no_baseline: bool,
    show_config: bool,
    config_reference: bool,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Audits the stories of a tree, as auditor.toml or [tool.auditor] of pyproject.toml says.

    PATHS are files and folders whose stories are checked; all when not given. Exit codes: 1 when a
    finding counts, 2 for input or settings that are wrong, 3 when a check crashed, else 0.
    """
    from auditor.pipeline.config import shown
    from auditor.pipeline.config_keys import reference

    if config_reference:
        click.echo(reference(), nl=False)
        return
    configuration = configuration_of(config)
    if preview:
        selection = replace(configuration.selection, preview=True)
        configuration = replace(configuration, selection=selection)
    if fail_on:
        configuration = replace(configuration, fail_on=Severity(fail_on))
    if show_config:
        click.echo(shown(configuration), nl=False)
        return
    wanted = destinations(formats, output)
    for one in wanted:
        if one.path is not None:
            writable(one.path)
    with checked_tree(configuration, paths, since=since, no_cache=no_cache, quiet=quiet) as tree:
        compared = _compared(tree, no_baseline=no_baseline)
        written = _report(tree, compared.audits, wanted)
        _say(tree, compared)
        code = _exit_code(tree, compared.audits)
    sys.exit(code if written else max(code, INPUT_ERROR))


def _compared(tree: Tree, *, no_baseline: bool) -> Compared:
    from auditor.pipeline.baseline import compare_with_baseline, read_baseline

    entries = () if no_baseline else read_baseline(tree.configuration.baseline)
    # Where nothing was ever accepted, nothing is new either.
    if not entries:
        from auditor.pipeline.baseline import Compared

        return Compared(tree.audits, (), ())
    return compare_with_baseline(tree.audits, entries, date.today())  # noqa: DTZ011 - the day of whoever runs it


def _report(tree: Tree, audits: Sequence[Audit], wanted: Sequence[Wanted]) -> bool:
    """Writes the reports; texts are fetched only for what is shown."""
    configuration = tree.configuration
    preview = configuration.selection.preview or any(o.preview for o in configuration.overrides)
    settings = Settings(preview, configuration.fail_on, str(Path.cwd()))
    every = any(one.format in TEXTS for one in wanted)
    full: list[Audit] = []
    telling: list[Audit] = []
    for one, audit in zip(tree.checked, audits, strict=True):
        shows = bool(audit.problems or audit.errors) or any(
            tree.counts(finding, audit) for finding in audit.findings
        )
        if (every or shows) and one.remembered:
            audit = replace(one.whole(), findings=audit.findings)  # noqa: PLW2901 - the same audit, with its texts
        full.append(audit)
        if shows:
            telling.append(audit)
    people = [one for one in wanted if one.format == "terminal"]
    programs = [one for one in wanted if one.format != "terminal"]
    written = deliver(full, programs, settings)
    # Stories without a finding are counted, not told one by one.
    return deliver(telling, people, settings) and written


def _say(tree: Tree, compared: Compared) -> None:
    """The end of every run, on standard error: what was checked, and what needs a hand."""
    audits = compared.audits
    findings = [f for a in audits for f in a.findings if tree.counts(f, a)]
    active = sum(finding.suppression is None for finding in findings)
    files = sum(len(audit.story.documents) for audit in audits)
    stories = f"{len(audits)} {'story' if len(audits) == 1 else 'stories'}"
    told = f"{counted(active, 'finding')}, {len(findings) - active} accepted"
    lines = [f"{stories}, {counted(files, 'version')}: {told}"]
    lines += [f"error: {problem}" for audit in audits for problem in audit.problems]
    lines += [
        f"error: {e.rule} crashed on {e.document or audit.story.name}: {e.error}"
        for audit in audits
        for e in audit.errors
    ]
    lines += _named(tree.notes(), "comments are of no use")
    lines += _named([_expired(entry) for entry in compared.expired], "accepted findings expired")
    if compared.fixed:
        fixed = counted(len(compared.fixed), "accepted finding")
        lines.append(f"{fixed} no longer found; remove with: auditor baseline prune")
    click.echo("\n".join(lines), err=True)


def _named(lines: Sequence[str], what: str) -> list[str]:
    more = len(lines) - NAMED
    return [*lines[:NAMED], *([f"... and {more} more {what}"] if more > 0 else [])]


def _expired(entry: Accepted) -> str:
    reason = f" ({entry.reason})" if entry.reason else ""
    return (
        f"{entry.document}: {entry.rule} on “{entry.quote}” was accepted until"
        f" {entry.expires}{reason}; it counts again"
    )


def _exit_code(tree: Tree, audits: Sequence[Audit]) -> int:
    """3 before 2 before 1: what the tool could not do weighs more than what it found."""
    if any(audit.errors for audit in audits):
        return CRASHED
    if any(audit.problems for audit in audits):
        return INPUT_ERROR
    floor = tree.configuration.fail_on.rank
    failing = (
        f.suppression is None and f.severity.rank >= floor and tree.counts(f, a)
        for a in audits
        for f in a.findings
    )
    return FOUND if any(failing) else 0
