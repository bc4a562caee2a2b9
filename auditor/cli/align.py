"""`auditor align`: the beads of two files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.options import open_run, read_table, running, writable, write
from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.core import Alignment
    from auditor.pipeline.beside import AlignedFiles


@click.command("align")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--source-lang", metavar="TAG", help="Language of the source; found when not given.")
@click.option("--target-lang", metavar="TAG", help="Language of the target; found when not given.")
@click.option("--segmented", is_flag=True, help="The files hold one sentence per line, as given.")
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path),
    metavar="TABLE",
    help="Convert this table of passages, as --format tsv writes it, in place of aligning.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "ladder", "json", "tsv", "tmx"]),
    default="text",
    show_default=True,
    help="text: both sides side by side; ladder: [0, 1]:[2]; json: numbers and offsets; "
    "tsv: a table of passages that people can correct; tmx: a translation memory.",
)
@click.option(
    "--order",
    type=click.Choice(["auto", "kept", "free"]),
    default="auto",
    show_default=True,
    help="kept: versions of one text; free: articles that share sentences in any order; "
    "auto: free only where what they share is in no common order.",
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
    table: Path | None,
    form: str,
    order: str,
    output: Path | None,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Aligns SOURCE and TARGET, versions of one text, and prints the beads.

    Every sentence of both is in exactly one bead; [] stands for an empty side. Beads are in the
    order of both files, but for text that stands elsewhere in the target. Articles that share
    sentences in no common order are matched sentence by sentence, in the order of the source.
    """
    if source.is_file() and target.is_file() and source.samefile(target):
        raise ConfigError(str(target), "is the source itself", "name two versions")
    if output:
        _spare(writable(output), source, target, *filter(None, [table]))
    from auditor.pipeline.beside import Order, align_files

    given = read_table(table) if table else None
    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        aligned = align_files(
            source,
            target,
            run,
            source_lang=source_lang,
            target_lang=target_lang,
            segmented=segmented,
            order=Order(order),
            given=given,
        )
    text = _shown(aligned, form, (source, target))
    if output:
        write(output, text)
    else:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _spare(output: Path, *inputs: Path) -> None:
    for path in inputs:
        if output.resolve() == path.resolve():
            raise ConfigError(str(output), "is one of the files read", "name another file with -o")


def _shown(aligned: AlignedFiles, form: str, paths: tuple[Path, Path]) -> str:
    alignment = aligned.alignment
    if form == "ladder":
        from auditor.align.notation import ladder

        return ladder(alignment)
    if form == "json":
        import json

        from auditor.pipeline.beside import bead_rows

        return json.dumps(bead_rows(alignment), ensure_ascii=False, indent=2) + "\n"
    if form == "tsv":
        return _table(alignment, paths)
    if form == "tmx":
        from auditor import __version__
        from auditor.report.as_tmx import beads_to_tmx

        return beads_to_tmx(alignment, aligned.source, aligned.target, __version__)
    return "\n".join(_side_by_side(alignment)) + "\n"


def _table(alignment: Alignment, paths: tuple[Path, Path]) -> str:
    """The beads as a table of passages, its columns named for the files."""
    from auditor.align.notation import dumps
    from auditor.core import Passage

    source, target = names = (
        tuple(path.name for path in paths)
        if paths[0].name != paths[1].name
        else tuple(path.as_posix() for path in paths)
    )
    passages = (
        Passage(
            number,
            (
                *(replace(s, document=source) for s in bead.source),
                *(replace(t, document=target) for t in bead.target),
            ),
            bead.score,
        )
        for number, bead in enumerate(alignment.beads)
    )
    return dumps(paths[0].stem, names, passages)


def _side_by_side(alignment: Alignment) -> Iterator[str]:
    """Each bead as its score and the text of both sides, `-` where one is missing."""
    for bead in alignment.beads:
        yield f"{bead.score:.2f}{' moved' if bead.moved else ''}"
        for mark, side in (("<", bead.source), (">", bead.target)):
            text = " ".join(segment.text for segment in side) or "-"
            yield f"  {mark} {''.join(c if c.isprintable() else ' ' for c in text)}"
