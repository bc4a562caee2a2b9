"""Corrupted text: makes its own from clean documents, and counts what the auditor tells apart.

Everything is drawn from one seed, so that the same command on the same folder prints the same
figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.bench.clean import DOCUMENTS, TAGS
from auditor.core import ConfigError


@dataclass(frozen=True, slots=True)
class Parallel:
    """A clean document in several languages, line by line.

    Attributes:
        name: as `document_ids.txt` has it.
        texts: for each BCP 47 tag its lines; all tags have as many.
    """

    name: str
    texts: Mapping[str, tuple[str, ...]]

    def text(self, tag: str) -> str:
        """One version, a paragraph for each line."""
        return "\n\n".join(self.texts[tag])


@dataclass(frozen=True, slots=True)
class Row:
    """A figure.

    Attributes:
        name: what was measured, with its settings.
        value: the figure as printed.
        note: counts, bounds, or why there is no figure.
    """

    name: str
    value: str
    note: str = ""


def parallel_documents(folder: Path, most: int | None = None) -> list[Parallel]:
    """Reads a folder as `auditor bench clean` does.

    Args:
        folder: line-aligned files (`eng.txt`, `fra.txt`, ...) and `document_ids.txt`.
        most: so many documents, spread over the folder; all when None.

    Raises:
        ConfigError: files are missing or differ in length.
    """
    ids = folder / DOCUMENTS
    if not ids.is_file():
        raise ConfigError(str(ids), "is missing", f"name a folder with files and {DOCUMENTS}")
    names = _lines(ids)
    texts: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        if path.name == DOCUMENTS:
            continue
        lines = _lines(path)
        if len(lines) != len(names):
            raise ConfigError(str(path), "has another number of lines", "realign it")
        texts[TAGS.get(path.stem, path.stem)] = lines
    distinct = list(dict.fromkeys(names))
    if most is not None and most < len(distinct):
        distinct = [distinct[at * len(distinct) // most] for at in range(most)]
    rows: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        rows.setdefault(name, []).append(at)
    return [
        Parallel(n, {tag: tuple(lines[i] for i in rows[n]) for tag, lines in texts.items()})
        for n in distinct
    ]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def table(rows: Sequence[Row]) -> list[str]:
    """The figures as lines of text."""
    width = max((len(row.name) for row in rows), default=0) + 2
    return [f"{row.name:<{width}}{row.value:>8}  {row.note}".rstrip() for row in rows]
