"""`auditor baseline`: keeps the findings that were accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.checking import checked_tree, checking, configuration_of
from auditor.cli.options import write
from auditor.report.wording import counted

if TYPE_CHECKING:
    from auditor.pipeline.baseline import Accepted


@click.group("baseline")
def command() -> None:
    """Keeps the findings that were accepted, each with its reason."""


@command.command("write")
@click.option("--reason", default="", help="Why the new ones are accepted.")
@click.option("--author", default="", help="Who accepts them; git's user when not given.")
@click.option(
    "--expires", type=click.DateTime(["%Y-%m-%d"]), help="The day from which they count again."
)
@click.option("--preview", is_flag=True, help="Accept the findings of preview rules too.")
@checking
def write_command(
    paths: tuple[Path, ...],
    config: Path | None,
    reason: str,
    author: str,
    expires: datetime | None,
    *,
    preview: bool,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Accepts every finding that counts now; entries that are there keep their reasons."""
    from auditor.pipeline.baseline import (
        baseline_text,
        compare_with_baseline,
        entry_of,
        read_baseline,
    )

    configuration = configuration_of(config)
    if preview:
        selection = replace(configuration.selection, preview=True)
        configuration = replace(configuration, selection=selection)
    today = date.today()  # noqa: DTZ011 - the day of whoever runs it
    held = read_baseline(configuration.baseline)
    new: list[Accepted] = []
    with checked_tree(configuration, paths, since=None, no_cache=no_cache, quiet=quiet) as tree:
        compared = compare_with_baseline(tree.audits, held, today)
        for audit in compared.audits:
            new += [
                replace(
                    entry_of(audit, finding),
                    reason=reason,
                    author=author or _git_user(configuration.root),
                    date=today,
                    expires=expires.date() if expires else None,
                )
                for finding in audit.findings
                if finding.suppression is None and tree.counts(finding, audit)
            ]
    # An expired entry is accepted anew, with the reason of today.
    again = {entry.key for entry in new}
    kept = [entry for entry in held if entry.key not in again]
    write(configuration.baseline, baseline_text([*kept, *new]))
    click.echo(f"{counted(len(new), 'finding')} accepted in {configuration.baseline}")


@command.command("show")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE")
def show_command(config: Path | None) -> None:
    """Lists what was accepted: by whom, when, until when and why."""
    from auditor.pipeline.baseline import read_baseline

    today = date.today()  # noqa: DTZ011 - the day of whoever runs it
    for entry in read_baseline(configuration_of(config).baseline):
        dates = f"{entry.date or 'no date'}"
        if entry.expires:
            dates += f", {'expired' if entry.expired(today) else 'until'} {entry.expires}"
        click.echo(f"{entry.document}  {entry.rule}  “{entry.quote}”")
        click.echo(f"    {entry.reason or 'no reason'} ({entry.author or 'no author'}, {dates})")


@command.command("prune")
@checking
def prune_command(
    paths: tuple[Path, ...],
    config: Path | None,
    *,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Removes what is no longer found, in the stories of PATHS or in all."""
    from auditor.pipeline.baseline import baseline_text, compare_with_baseline, read_baseline

    configuration = configuration_of(config)
    held = read_baseline(configuration.baseline)
    today = date.today()  # noqa: DTZ011 - the day of whoever runs it
    with checked_tree(configuration, paths, since=None, no_cache=no_cache, quiet=quiet) as tree:
        gone = set(compare_with_baseline(tree.audits, held, today).fixed)
        if not paths:
            # The file itself is no longer there.
            present = {d.id for audit in tree.audits for d in audit.story.documents}
            gone |= {entry for entry in held if entry.document not in present}
    if gone:
        write(configuration.baseline, baseline_text(e for e in held if e not in gone))
    click.echo(f"{counted(len(gone), 'accepted finding')} removed, {len(held) - len(gone)} kept")


def _git_user(root: Path) -> str:
    from auditor.core.errors import ConfigError
    from auditor.pipeline.changed import git

    try:
        return git(root, "user.name", "config", "user.name").strip()
    except ConfigError:
        return ""
