"""What reviewers decided, for commands that only ask for it: `--decisions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.core.errors import ConfigError

if TYPE_CHECKING:
    from auditor.review.precision import Precision

NEEDED = ("fastapi", "uvicorn", "sqlalchemy", "alembic", "argon2")
"""What the extra `review` brings."""


def installed(command: str) -> None:
    """Refuses to go on without the extra.

    Raises:
        ConfigError: something of it is missing.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ConfigError(
            command, f"needs {', '.join(missing)}", "pip install 'translation-auditor[review]'"
        )


def measured_in(where: str) -> Sequence[Precision]:
    """The precision of each rule that the decisions of a database give.

    Raises:
        ConfigError: it cannot be read, or is not there yet.
    """
    installed("--decisions")
    from auditor.review.database import open_database
    from auditor.review.precision import precisions

    # Opening would make one.
    if "://" not in where and not Path(where).is_file():
        raise ConfigError(where, "there is no such database", "name the one of auditor review")
    engine = open_database(where)
    try:
        with engine.connect() as connection:
            return precisions(connection)
    finally:
        engine.dispose()


def shares(where: str | None) -> Mapping[str, float]:
    """The share that was right of each rule on which enough was decided; none without a database.

    Raises:
        ConfigError: it cannot be read, or is not there yet.
    """
    if where is None:
        return {}
    measured = measured_in(where)
    from auditor.review.precision import ENOUGH

    return {m.rule: m.value for m in measured if m.value is not None and m.decided >= ENOUGH}
