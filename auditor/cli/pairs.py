"""`auditor pairs`: audits segment pairs that are already aligned."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.options import judging, naming, open_run, running, writable
from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.pipeline.pairwise import AuditedPair


@click.command("pairs")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source-lang", metavar="TAG", help="Language of the sources; found when not given.")
@click.option("--target-lang", metavar="TAG", help="Language of the targets; found when not given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--reference",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Reference translations, one a line: adds chrF++, BLEU and TER to each pair.",
)
@click.option(
    "--date",
    "published",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When the texts were published, for relative dates.",
)
@judging
@naming
@running
def command(
    file: Path,
    source_lang: str | None,
    target_lang: str | None,
    *,
    output: Path | None,
    reference: Path | None,
    judge: str | None,
    names: Path | None,
    published: datetime | None,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Audits the segment pairs of FILE: TSV (header row: id source target), TMX, XLIFF or PO.

    Prints one JSON object per line: id, fidelity (0 to 100, null when it cannot be told) and
    findings of every tier; with --judge also judge, that model's own score; with --reference also
    metrics, and those of all pairs together, with their signatures, on standard error.
    """
    from auditor.pipeline.pairwise import audit_pairs
    from auditor.read.names import read_names
    from auditor.read.pairs import read_pairs
    from auditor.score.metrics import corpus_metrics, segment_metrics

    if output and writable(output).resolve() == file.resolve():
        raise ConfigError(str(output), "is the file of pairs itself", "name another file with -o")
    held = read_pairs(file, source_lang=source_lang, target_lang=target_lang)
    langs = (source_lang or held.source_lang, target_lang or held.target_lang)
    references = _references(reference, len(held.pairs)) if reference else None
    crashed = False
    hypotheses: list[str] = []
    lang = langs[1] or "und"
    with (
        open_run(encoder, no_cache=no_cache, quiet=quiet, judge=judge) as opened,
        click.open_file(str(output or "-"), "w", encoding="utf-8") as stream,
    ):
        run = replace(opened, names=read_names(names) if names else ())
        day = published.date() if published else None
        for audited in audit_pairs(
            held.pairs, run, source_lang=langs[0], target_lang=langs[1], published=day
        ):
            for error in audited.audit.errors:
                crashed = True
                click.echo(
                    f"auditor: {error.rule} crashed on pair {audited.id}: {error.error}", err=True
                )
            row = _row(audited)
            if judge is not None:
                row["judge"] = audited.judged
            if references is not None:
                lang = audited.audit.story.documents[1].lang
                hypotheses.append(audited.audit.story.documents[1].raw)
                expected = references[len(hypotheses) - 1]
                row["metrics"] = segment_metrics(hypotheses[-1], expected, lang)
            stream.write(json.dumps(row) + "\n")
    for metric in corpus_metrics(hypotheses, references, lang) if references else ():
        click.echo(f"{metric.name} {metric.score:.2f} {metric.signature}", err=True)
    if crashed:
        raise SystemExit(3)


def _references(path: Path, count: int) -> list[str]:
    """The lines of a file of references.

    Raises:
        ConfigError: it cannot be read, or has another length than the pairs.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(str(path), f"cannot be read: {reason}", "check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "is not UTF-8", "save it as UTF-8") from error
    if len(lines) != count:
        raise ConfigError(
            str(path), f"has {len(lines)} lines for {count} pairs", "write one reference a line"
        )
    return lines


def _row(audited: AuditedPair) -> dict[str, Any]:
    from auditor.report import to_json

    findings = to_json(audited.audit)["findings"]
    return {"id": audited.id, "fidelity": audited.fidelity, "findings": findings}
