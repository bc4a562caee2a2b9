"""Asks a store: SQL that can only read, and views for the questions of every morning."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from auditor.batch.store import Store
from auditor.batch.tables import DATASETS, schema
from auditor.core import ConfigError

if TYPE_CHECKING:
    import duckdb

VIEWS = MappingProxyType(
    {
        "stories": "the latest outcome of each story",
        "findings": "findings of the latest revision of each story",
        "passages": "passages of the latest revision of each story",
        "worst": "stories ranked: critical and major findings, then fidelity",
        "rules_by_outlet": "findings and stories for each rule and outlet",
        "new_findings": "findings of the latest night that the story did not have before",
        "drifted": "findings that came with the latest revision of a story",
        "mended": "findings that went with it",
        "revisions": "the texts of each story, in their order: first and last audit",
        "failed": "stories that failed or are incomplete, with the reason",
        "nights": "stories, findings and cost of each night",
        "night_stories": "the last outcome of each story in each night",
        "night_findings": "its findings",
        "all_stories": "every outcome ever kept",
        "all_findings": "every finding ever kept",
        "all_passages": "every passage ever kept",
    }
)
"""What each view shows; they are defined in views.sql."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows that answer a question.

    Attributes:
        columns: their names.
        rows: values in the same order.
        more: True when there are more rows than were asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool = False


def ask(store: Store, question: str, most: int | None = None) -> Answer:
    """Asks a store.

    Args:
        store: what is asked.
        question: the name of a view, or one SELECT.
        most: rows wanted, or None for all.

    Raises:
        ConfigError: the SQL is wrong, or would change something.
    """
    import duckdb

    sql = f"SELECT * FROM {question}" if question.strip() in VIEWS else question  # noqa: S608
    with opened(store) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise ConfigError("", "only one SELECT can be asked", _KNOWN)
            answered = connection.execute(statements[0])
            columns = tuple(column[0] for column in answered.description or ())
            rows = answered.fetchall() if most is None else answered.fetchmany(most + 1)
        except duckdb.Error as error:
            said = str(error).strip().splitlines()[0]
            raise ConfigError("the question", said, _KNOWN) from error
    shown = rows if most is None else rows[:most]
    return Answer(columns, tuple(shown), len(shown) < len(rows))


_KNOWN = f"ask one SELECT, or one of the views {', '.join(VIEWS)}"


def opened(store: Store) -> duckdb.DuckDBPyConnection:
    """A connection that sees the store's tables and views and nothing else of the machine.

    Raises:
        ConfigError: a file of the store is damaged.
    """
    import duckdb

    connection = duckdb.connect()
    folder = str(store.folder.resolve())
    try:
        for dataset in DATASETS:
            _define(connection, dataset, store.files(dataset))
        connection.execute(_sql())
        # From here on no file is read but those of the store, and none of this can be undone.
        connection.execute("SET allowed_directories = [$folder]", {"folder": folder})
        connection.execute("SET enable_external_access = false")
        connection.execute("SET autoload_known_extensions = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        connection.close()
        said = str(error).strip().splitlines()[0]
        raise ConfigError(str(store.folder), f"cannot be read: {said}", "restore it") from error
    return connection


def _define(connection: duckdb.DuckDBPyConnection, dataset: str, paths: Sequence[Path]) -> None:
    empty = schema(dataset).empty_table()
    if not paths:
        connection.register(f"all_{dataset}", empty)
        return
    # Parts of an older auditor may all lack a column that a view asks for.
    connection.register(f"columns_{dataset}", empty)
    # DuckDB takes no parameters in CREATE VIEW; a quote in a path is doubled.
    listed = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in paths)
    connection.execute(
        f"CREATE VIEW all_{dataset} AS SELECT * FROM columns_{dataset} UNION ALL BY NAME"  # noqa: S608
        f" SELECT * FROM read_parquet([{listed}], hive_partitioning = false, union_by_name = true)"
    )


@cache
def _sql() -> str:
    return (files(__package__) / "views.sql").read_text(encoding="utf-8")


def as_csv(answer: Answer) -> str:
    """The answer as CSV with a header; a cell that a spreadsheet would run begins with a quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    return out.getvalue()


def as_json(answer: Answer) -> str:
    """The answer as one line of JSON for each row."""
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)


def as_table(answer: Answer, width: int = 60) -> str:
    """The answer as columns for people.

    Args:
        answer: the rows.
        width: characters of a cell.
    """
    cells = [[_shown(value, width) for value in row] for row in answer.rows]
    wide = [max(map(len, column)) for column in zip(answer.columns, *cells, strict=True)]
    lines = [answer.columns, *cells]
    text = [
        "  ".join(c.ljust(w) for c, w in zip(line, wide, strict=True)).rstrip() for line in lines
    ]
    if answer.more:
        text.append("... there are more: raise --limit")
    return "\n".join(text) + "\n"


def _shown(value: Any, width: int) -> str:
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
    text = "".join(c if c.isprintable() else " " for c in text[: width + 1])
    return text if len(text) <= width else text[: width - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _cell(value: Any) -> Any:
    # A story's text must not become a formula: =HYPERLINK(...), +1, @SUM.
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
