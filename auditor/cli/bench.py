"""`auditor bench`: measures the auditor on data of the user's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from auditor.cli.bench_batch import batch, match
from auditor.cli.bench_time import check, peers, review, speed
from auditor.cli.options import open_run, running, writable, write
from auditor.core.errors import ConfigError


@click.group("bench")
def command() -> None:
    """Measures the auditor on data of your own."""


for measured in (batch, match, speed, check, review, peers):
    command.add_command(measured)


@command.command("clean")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--source", default="eng", show_default=True, help="File of the source language.")
@click.option(
    "--target", "targets", multiple=True, help="Files of the targets; all when not given."
)
@click.option("--together", is_flag=True, help="One story of all versions for each document.")
@click.option("--show", is_flag=True, help="Print every finding, to be read by eye.")
@running
def clean(
    folder: Path,
    source: str,
    targets: tuple[str, ...],
    *,
    together: bool,
    show: bool,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """False alarms on sound translations.

    FOLDER holds line-aligned files (eng.txt, fra.txt, ...) and document_ids.txt, as NTREX-128 does.
    Every document is audited as a story of two versions, without a declared source.
    """
    from auditor.bench.clean import clean_stories, table

    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        stories = list(clean_stories(folder, source, targets, run, together=together))
    for story in stories if show else ():
        for finding in story.audit.findings:
            span = finding.spans[0]
            quote = story.audit.text(span.document, span.start, span.end)[:80]
            click.echo(
                f"{story.pair} {story.name} {finding.rule} {finding.tier} {finding.confidence}"
                f" {quote!r} -> {finding.repair!r}: {finding.message}"
            )
    click.echo("\n".join(table(stories)))


@command.command("drift")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--rule", "rules", multiple=True, metavar="ID", help="All drift rules when not given."
)
@click.option("--lang", "langs", multiple=True, metavar="TAG", help="All languages when not given.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="What was changed.")
@click.option("--half", type=click.Choice(["dev", "test"]), help="Every other document.")
@click.option(
    "--sample", type=click.IntRange(min=1), help="Rows and lines drawn; all if not given."
)
@click.option("--seed", default=1, show_default=True, help="Of the drawing.")
@click.option("--whole", is_flag=True, help="Run all rules: drift yields to some of them.")
@click.option("--speed", is_flag=True, help="Measure what finding facts costs instead.")
@click.option("--show", type=click.Choice(["missed", "false"]), help="Print the cases with texts.")
@click.option(
    "--plant", "planting", is_flag=True, help="Plant speakers, quotations, hedges, relative dates."
)
@click.option(
    "--date",
    "published",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When the lines were published, for relative dates.",
)
@running
def drift(
    folder: Path,
    rules: tuple[str, ...],
    langs: tuple[str, ...],
    types: tuple[str, ...],
    half: str | None,
    sample: int | None,
    seed: int,
    *,
    whole: bool,
    speed: bool,
    show: str | None,
    planting: bool,
    published: datetime | None,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Factual drift: recall of planted changes by type, and findings on sound lines.

    FOLDER holds drift-dev.jsonl (fields: id doc lang type src good bad old new start) and the
    line-aligned files of ntrex-dev/. A hit is a finding whose span holds the characters in which
    old and new differ and is at most three times as long as new, with eight more for a unit. With
    --plant also what FOLDER has no rows for, planted in its sound lines with --seed: another
    speaker, a quotation without its marks, a suspicion as a fact, a value left out (for --rule
    fidelity/value), and with --date a wrong year for "last year".
    """
    from auditor import __version__
    from auditor.bench.drift import false, measure, missed, read_corpus, table
    from auditor.bench.planting import plant

    day = published.date() if published else None
    corpus = read_corpus(folder, langs=langs, types=types, half=half, sample=sample, seed=seed)
    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        if speed:
            from auditor.bench.drift_speed import measure_finders, speed_table

            click.echo("\n".join(speed_table(measure_finders(corpus.lines, run.encoder))))
            return
        if planting:
            rows = [r for r in plant(corpus.lines, seed, day) if not types or r.type in types]
            corpus = replace(corpus, rows=(*corpus.rows, *rows))
        measured = measure(corpus, run, rules=rules, whole=whole, published=day)
        shown = {"missed": missed, "false": false}[show](measured) if show else []
        click.echo("\n".join([*shown, *table(measured)]))
        drawn = f"sample {sample}, seed {seed}" if sample else "everything"
        drawn += f", planted with seed {seed}" if planting else ""
        click.echo(f"auditor {__version__}, {run.encoder.id}, documents: {half or 'all'}, {drawn}")


@command.command("align")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--source-lang", metavar="TAG", help="Language of the sources; found when not given.")
@click.option("--target-lang", metavar="TAG", help="Language of the targets; found when not given.")
@click.option(
    "--export",
    "exports",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write sentences, blocks and vectors as vecalign, bertalign and hunalign read them.",
)
@running
def align(
    folder: Path,
    source_lang: str | None,
    target_lang: str | None,
    exports: Path | None,
    *,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Alignment against gold: precision, recall, F1, nulls, trust, seconds and memory.

    FOLDER and the folders in it hold NAME.source.txt, NAME.target.txt and NAME.gold.ladder for each
    document, or NAME.de, NAME.fr and NAME.defr. Precision counts all beads found, null beads
    included; recall the beads of the gold that are not null; null figures count sentences.
    """
    from auditor.bench.align import AlignRow, aligned, gold_documents, reliability, table
    from auditor.bench.exports import export

    rows: list[AlignRow] = []
    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        for name, documents in gold_documents(folder).items():
            row = AlignRow(name)
            for one in aligned(documents, run, source_lang, target_lang):
                row.add(one)
                if exports:
                    export(one, exports / name, run)
            rows.append(row)
    click.echo("\n".join([*table(rows), "", *reliability(rows)]))


@command.command("relations")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@running
def relations(folder: Path, *, encoder: str, no_cache: bool, quiet: bool) -> None:
    """How well translations, articles that share half, and unrelated ones are told apart.

    FOLDER holds line-aligned files (eng.txt, fra.txt, ...) and document_ids.txt, as NTREX-128 does.
    """
    from auditor.bench.relations import confusion, relation_table

    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        click.echo("\n".join(relation_table(confusion(folder, run))))


@command.command("corruption")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--thesaurus",
    "thesauri",
    multiple=True,
    metavar="TAG=FILE",
    help="What the spinner replaces words by; the encoder's nearest words when not given.",
)
@click.option("--documents", type=click.IntRange(1), help="So many of them; all when not given.")
@click.option(
    "--half",
    type=click.Choice(["dev", "test"]),
    help="Every other document: the first, or the second.",
)
@click.option("--seed", default=1, show_default=True, type=int)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(["spun", "spam", "variant"]),
    help="All when not given.",
)
@click.option(
    "--lang",
    "langs",
    multiple=True,
    type=click.Choice(["en", "fr", "it", "zh-Hans", "zh-Hant"]),
    help="All when not given.",
)
@click.option(
    "--without-seed-entries",
    is_flag=True,
    help="Only without what the word lists share with the articles of the tests.",
)
@running
def corruption(
    folder: Path,
    thesauri: tuple[str, ...],
    documents: int | None,
    half: str | None,
    seed: int,
    parts: tuple[str, ...],
    langs: tuple[str, ...],
    *,
    without_seed_entries: bool,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Corrupted text told from clean text, made from the clean documents of FOLDER.

    FOLDER holds line-aligned files (eng.txt, fra.txt, ...) and document_ids.txt, as NTREX-128 does.
    A thesaurus is a LibreOffice .dat file, a JSON tree of lists, or groups of synonyms, one a line.
    The figures of spun text and spam come twice, the second time without the entries of the word
    lists that the articles of the tests hold.
    """
    from auditor.bench.corruption import parallel_documents
    from auditor.bench.corruption_report import LANGUAGES, PARTS, lines
    from auditor.bench.thesaurus import open_thesauri

    clean = parallel_documents(folder, documents)
    if half:
        clean = clean[half == "test" :: 2]
    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        tags = list(clean[0].texts)
        listed, origins = open_thesauri(thesauri, tags, run.encoder)
        click.echo(f"{len(clean)} documents, seed {seed}; {'; '.join(origins)}")
        only = without_seed_entries
        asked = (parts or PARTS, langs or LANGUAGES)
        for line in lines(clean, run, seed, listed, *asked, only_without=only):
            click.echo(line)


@command.command("fidelity")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--sample", type=click.IntRange(min=2), help="Rows drawn of each file; all if not given."
)
@click.option("--seed", default=1, show_default=True, help="Of the drawing.")
@click.option(
    "--diagram",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw the reliability of the first file of ratings as SVG.",
)
@running
def fidelity(
    folder: Path,
    sample: int | None,
    seed: int,
    diagram: Path | None,
    *,
    encoder: str,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Fidelity against human ratings, critical errors, planted errors and swapped lines.

    FOLDER holds qe-dev/adequacy.en-zh.tsv (source target mean z_mean), qe-dev/critical.en-zh.tsv
    (source target label), demetr-dev/*.json and ntrex-dev/, or some of these.
    """
    from auditor import __version__
    from auditor.bench import reliability
    from auditor.bench.fidelity import bins, read_all, read_corpus, table

    corpus = read_corpus(folder, sample=sample, seed=seed)
    if diagram and not corpus.rated:
        raise ConfigError(str(folder), "has no ratings to draw", "leave --diagram out")
    if diagram:
        writable(diagram)
    with open_run(encoder, no_cache=no_cache, quiet=quiet) as run:
        readings = read_all(corpus, run)
        click.echo("\n".join(table(corpus, readings)))
        if diagram:
            first = corpus.rated[0]
            write(diagram, reliability.diagram(bins(first, readings), first.name))
        drawn = f"{sample} of each file, seed {seed}" if sample else "everything"
        click.echo(f"auditor {__version__}, {run.encoder.id}, {drawn}")
