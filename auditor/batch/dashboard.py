"""The page of a night: what to read first, which rules spoke, what failed, what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.batch.asked import opened
from auditor.batch.store import Store
from auditor.core import ConfigError
from auditor.report.characters import on_one_line, well_formed

if TYPE_CHECKING:
    import duckdb

MOST = 100
"""Rows of a table; the store has the rest."""

QUOTED = 160
"""Characters of a cell: a finding may quote a whole document."""

_WORST = """
SELECT key, outlet, critical, major, minor, fidelity, segments FROM night_stories
WHERE night = $night AND stable > 0
ORDER BY 25 * critical + 5 * major + minor DESC, fidelity ASC NULLS LAST, key LIMIT $most
"""
_NEW = """
SELECT f.key, f.document, f.rule, f.severity, f.quote, f.message FROM night_findings f
WHERE f.night = $night AND f.tier = 'stable' AND NOT EXISTS (
    SELECT 1 FROM all_findings o
    WHERE o.key = f.key AND o.night < f.night AND o.fingerprint = f.fingerprint
)
ORDER BY list_position(['critical', 'major', 'minor', 'neutral'], f.severity), f.key, f.number
LIMIT $most
"""
_REVISED = """
SELECT key, document, 'new' AS change, rule, severity, quote, message FROM drifted
WHERE night = $night AND tier = 'stable'
UNION ALL
SELECT m.key, m.document, 'gone', m.rule, m.severity, m.quote, m.message FROM mended m
JOIN stories s ON s.key = m.key
WHERE s.night = $night AND m.tier = 'stable'
ORDER BY ALL LIMIT $most
"""
_RULES = """
SELECT rule, count(*) AS findings FROM night_findings
WHERE night = $night AND tier = 'stable' GROUP BY rule ORDER BY findings DESC, rule LIMIT $most
"""
_OUTLETS = """
SELECT outlet, count(*) AS stories, sum(stable) AS findings,
       round(1000 * sum(stable) / nullif(sum(segments), 0), 2) AS rate
FROM night_stories WHERE night = $night AND status <> 'failed'
GROUP BY outlet ORDER BY findings DESC, outlet LIMIT $most
"""
_FAILED = """
SELECT key, reason FROM night_stories
WHERE night = $night AND status IN ('failed', 'incomplete') ORDER BY status, key LIMIT $most
"""
_FIDELITY = """
SELECT least(9, floor(fidelity / 10))::INT AS bin, count(*) FROM night_stories
WHERE night = $night AND fidelity IS NOT NULL GROUP BY bin ORDER BY bin
"""
_EARLIER = """
SELECT count(*) FROM (
    SELECT key FROM all_stories GROUP BY key
    HAVING min(night) < $night AND NOT bool_or(night = $night)
)
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: what it stands for, how much, and its length from 0 to 1."""

    name: str
    count: int
    share: float


def dashboard(store: Store, night: date | None = None) -> str:
    """The page, self-contained: no script, no network, every text of a story escaped.

    Args:
        store: what it tells of.
        night: which; the latest when None.

    Raises:
        ConfigError: the store has nothing of that night.
    """
    with opened(store) as connection:
        nights = connection.execute("SELECT * FROM nights").fetchall()
        known = [row[0] for row in nights]
        chosen = night or (known[-1] if known else None)
        if chosen is None or chosen not in known:
            listed = ", ".join(day.isoformat() for day in known[-5:]) or "none"
            raise ConfigError(
                str(store.folder), f"has nothing of {chosen or 'any night'}", f"it has {listed}"
            )

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return _rows(connection, sql, chosen)

        rules = [(rule, count) for rule, count in rows(_RULES)]
        spread: dict[int, int] = dict(rows(_FIDELITY))
        page = _template().render(
            night=chosen,
            total=dict(zip(_NIGHT, nights[known.index(chosen)], strict=True)),
            nights=_bars([(day.isoformat(), int(row[3] or 0)) for day, *row in _last(nights)]),
            rules=_bars(rules),
            fidelity=_bars([(_range(bin), spread.get(bin, 0)) for bin in range(10)]),
            worst=rows(_WORST),
            new=rows(_NEW),
            revised=rows(_REVISED),
            outlets=rows(_OUTLETS),
            failed=rows(_FAILED),
            earlier=rows(_EARLIER)[0][0],
            most=MOST,
        )
    return well_formed(page)


_NIGHT = ("night", "stories", "failed", "stable", "preview", "segments", "cpu", "outside")


def _last(nights: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
    return [(row[0], *row) for row in nights[-30:]]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, night: date) -> list[tuple[Any, ...]]:
    parameters: dict[str, Any] = {"night": night}
    if "$most" in sql:
        parameters["most"] = MOST
    found = connection.execute(sql, parameters).fetchall()
    return [tuple(_told(v) if isinstance(v, str) else v for v in row) for row in found]


def _told(text: str) -> str:
    line = on_one_line(text)
    return line if len(line) <= 2 * QUOTED else f"{line[:QUOTED]}\N{HORIZONTAL ELLIPSIS}"


def _bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    highest = max((count for _, count in counts), default=0) or 1
    return [Bar(name, count, count / highest) for name, count in counts]


def _range(bin: int) -> str:
    return f"{10 * bin}\N{EN DASH}{10 * bin + (10 if bin == 9 else 9)}"


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("auditor.batch"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("dashboard.html")
