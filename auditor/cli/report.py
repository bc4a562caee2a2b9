"""`auditor report`: the page of a night."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from auditor.cli.options import writable, write


@click.command("report")
@click.argument("folder", metavar="STORE", type=click.Path(path_type=Path))
@click.option(
    "--night", type=click.DateTime(["%Y-%m-%d"]), help="Which; the latest when not given."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    default=Path("night.html"),
    show_default=True,
)
def command(folder: Path, *, night: datetime | None, output: Path) -> None:
    """Writes what a night found in a STORE as one self-contained page."""
    from auditor.cli.batch import needed

    needed("duckdb", "pyarrow")
    from auditor.batch.dashboard import dashboard
    from auditor.batch.store import Store

    writable(output)
    write(output, dashboard(Store(folder), night.date() if night else None))
    click.echo(f"report: {output}", err=True)
