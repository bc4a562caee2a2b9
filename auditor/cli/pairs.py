"""`auditor pairs`: audits segment pairs that are already aligned."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.options import naming, open_run, running, writable
from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.pipeline.pairwise import AuditedPair


@click.command("pairs")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source-lang", metavar="TAG", help="Language of the sources; found when not given.")
@click.option("--target-lang", metavar="TAG", help="Language of the targets; found when not given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@naming
@running
def command(
    file: Path,
    source_lang: str | None,
    target_lang: str | None,
    *,
    output: Path | None,
    names: Path | None,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Audits the segment pairs of FILE: TSV (header row: id source target), TMX, XLIFF or PO.

    Prints one JSON object per line: id, fidelity (0 to 100, null when it cannot be told) and
    findings of every tier.
    """
    from auditor.pipeline.pairwise import audit_pairs
    from auditor.read.names import read_names
    from auditor.read.pairs import read_pairs

    if output and writable(output).resolve() == file.resolve():
        raise ConfigError(str(output), "is the file of pairs itself", "name another file with -o")
    held = read_pairs(file, source_lang=source_lang, target_lang=target_lang)
    langs = (source_lang or held.source_lang, target_lang or held.target_lang)
    crashed = False
    with (
        open_run(encoder, no_cache=no_cache, quiet=quiet) as opened,
        click.open_file(str(output or "-"), "w", encoding="utf-8") as stream,
    ):
        run = replace(opened, names=read_names(names) if names else ())
        for audited in audit_pairs(held.pairs, run, source_lang=langs[0], target_lang=langs[1]):
            for error in audited.audit.errors:
                crashed = True
                click.echo(
                    f"auditor: {error.rule} crashed on pair {audited.id}: {error.error}", err=True
                )
            stream.write(json.dumps(_row(audited)) + "\n")
    if crashed:
        raise SystemExit(3)


def _row(audited: AuditedPair) -> dict[str, Any]:
    from auditor.report import to_json

    findings = to_json(audited.audit)["findings"]
    return {"id": audited.id, "fidelity": audited.fidelity, "findings": findings}
