"""`auditor align`: the beads of two files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.options import open_run, running, writable, write
from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.core import Alignment


@click.command("align")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--source-lang", metavar="TAG", help="Language of the source; found when not given.")
@click.option("--target-lang", metavar="TAG", help="Language of the target; found when not given.")
@click.option("--segmented", is_flag=True, help="The files hold one sentence per line, as given.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "ladder", "json"]),
    default="text",
    show_default=True,
    help="text: both sides side by side; ladder: [0, 1]:[2]; json: numbers and offsets.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@running
def command(
    source: Path,
    target: Path,
    source_lang: str | None,
    target_lang: str | None,
    *,
    segmented: bool,
    form: str,
    output: Path | None,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Aligns SOURCE and TARGET, versions of one text, and prints the beads.

    Every sentence of both is in exactly one bead; [] stands for an empty side.
    """
    if source.is_file() and target.is_file() and source.samefile(target):
        raise ConfigError(str(target), "is the source itself", "name two versions")
    if output:
        _spare(writable(output), source, target)
    from auditor.pipeline.pairwise import align_files

    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        alignment = align_files(
            source,
            target,
            run,
            source_lang=source_lang,
            target_lang=target_lang,
            segmented=segmented,
        )
    text = _shown(alignment, form)
    if output:
        write(output, text)
    else:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _spare(output: Path, *inputs: Path) -> None:
    for path in inputs:
        if output.resolve() == path.resolve():
            raise ConfigError(str(output), "is one of the two files", "name another file with -o")


def _shown(alignment: Alignment, form: str) -> str:
    if form == "ladder":
        from auditor.align.notation import ladder

        return ladder(alignment)
    if form == "json":
        import json

        from auditor.pipeline.pairwise import bead_rows

        return json.dumps(bead_rows(alignment), ensure_ascii=False, indent=2) + "\n"
    return "\n".join(_side_by_side(alignment)) + "\n"


def _side_by_side(alignment: Alignment) -> Iterator[str]:
    """Each bead as its score and the text of both sides, `-` where one is missing."""
    for bead in alignment.beads:
        yield f"{bead.score:.2f}"
        for mark, side in (("<", bead.source), (">", bead.target)):
            text = " ".join(segment.text for segment in side) or "-"
            yield f"  {mark} {''.join(c if c.isprintable() else ' ' for c in text)}"
