"""`auditor query`: asks a store."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.options import write


@click.command("query")
@click.argument("folder", metavar="STORE", type=click.Path(path_type=Path))
@click.argument("question", required=False, metavar="[VIEW|SQL]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
)
@click.option("--limit", type=click.IntRange(min=1), help="Rows; 100 in a table, else all.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
def command(
    folder: Path, question: str | None, *, form: str, limit: int | None, output: Path | None
) -> None:
    """Asks a STORE: a view by its name, or one SELECT over the views.

    Without a question, lists the views. Nothing but the store can be read, and nothing written.
    """
    from auditor.cli.batch import needed

    needed("duckdb", "pyarrow")
    from auditor.batch.asked import VIEWS, as_csv, as_json, as_table, ask
    from auditor.batch.store import Store

    store = Store(folder)
    if question is None:
        wide = max(map(len, VIEWS))
        click.echo("\n".join(f"{name:{wide}}  {shows}" for name, shows in VIEWS.items()))
        return
    if form == "table":
        text = as_table(ask(store, question, limit or 100))
    else:
        answer = ask(store, question, limit)
        text = as_csv(answer) if form == "csv" else as_json(answer)
    if output:
        write(output, text)
    else:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
