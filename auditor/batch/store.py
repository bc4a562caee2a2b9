"""What the nights found, in Parquet files that are whole or not there.

A part is three files of one name, one in each dataset, made of the outcomes of some stories.
The file of `stories` is moved into place last: without it the other two do not count. Parts are
never changed; many small ones are later written anew as a large one, and a note names both sides
of the exchange, so that a run killed in between leaves either the old ones or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.batch.job import Outcome, Status
from auditor.batch.known import Known, Piece
from auditor.batch.lock import LOCK, locked
from auditor.batch.tables import (
    DATASETS,
    FINDINGS,
    PASSAGES,
    STORIES,
    VERSION,
    conformed,
    schema,
    table,
    write_table,
)
from auditor.core import ConfigError

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST, EXCHANGE, CACHE, LOGS = "store.json", "exchange.json", "cache.sqlite3", "log"
FORMAT = "translation-auditor-store"

TOGETHER = 64
"""Parts that are written anew as one, at most."""
SMALL = 2_000
"""Stories of a part below which it is small."""
MANY = 24
"""Small parts of one night that are worth writing anew as one: fewer files are read faster."""


_KNOWN = ["key", "sequence", "digest", "status"]
_ROWS = 4096
"""Rows that are Python objects at a time, when all stories of a store are looked through."""


@dataclass(frozen=True, slots=True)
class Part:
    """Three files of one name."""

    night: date
    name: str

    def path(self, folder: Path, dataset: str) -> Path:
        """The file of one dataset."""
        return folder / dataset / f"night={self.night.isoformat()}" / f"{self.name}.parquet"


class Store:
    """A folder of parts, open for reading; `writing` opens one for a run."""

    def __init__(self, folder: Path) -> None:
        """Checks that the folder is a store of this version.

        Raises:
            ConfigError: it is none, or of another version.
        """
        self.folder = folder
        path = folder / MANIFEST
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
            found, version = manifest["format"], manifest["version"]
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(
                str(folder), f"is no store ({MANIFEST}: {reason})", "run `auditor batch` first"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(
                str(path), "is damaged", "restore it from a copy, or name another store"
            ) from error
        if found != FORMAT:
            raise ConfigError(str(path), "is of another program", "name another folder")
        if version != VERSION:
            raise ConfigError(
                str(folder),
                f"is a store of version {version!r}, and this auditor keeps version {VERSION}",
                _way_out(version, manifest.get("written_by")),
            )

    def parts(self) -> list[Part]:
        """All that count, oldest night first."""
        gone, made = self._exchanged()
        present = self._present(STORIES)
        # Both sides of an exchange are there for a moment; one of them counts.
        hidden = gone if made in present else set()
        return sorted(present - hidden, key=lambda part: (part.night, part.name))

    def files(self, dataset: str) -> list[Path]:
        """The files of a dataset that count."""
        return [part.path(self.folder, dataset) for part in self.parts()]

    def known(self) -> Known:
        """The latest outcome of each story."""
        return Known(self._outcomes())

    def _outcomes(self) -> Iterator[Piece]:
        import pyarrow.parquet as pq

        for path in self.files(STORIES):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, columns=_KNOWN):
                    held: dict[str, list[Any]] = batch.to_pydict()
                    sound = [status == Status.AUDITED for status in held["status"]]
                    yield held["key"], held["sequence"], held["digest"], sound

    def _present(self, dataset: str) -> set[Part]:
        return {
            Part(date.fromisoformat(path.parent.name.removeprefix("night=")), path.stem)
            for path in (self.folder / dataset).glob("night=????-??-??/part-*.parquet")
        }

    def _exchanged(self) -> tuple[set[Part], Part | None]:
        try:
            note = json.loads((self.folder / EXCHANGE).read_text(encoding="utf-8"))
            night = date.fromisoformat(note["night"])
            return {Part(night, name) for name in note["old"]}, Part(night, note["new"])
        except FileNotFoundError:
            return set(), None


class OpenStore(Store):
    """A store that one run writes to."""

    def __init__(self, folder: Path) -> None:
        """Use `writing`."""
        super().__init__(folder)
        self._tidy()
        self._sequence = 0

    def add(self, outcomes: Sequence[Outcome], night: date) -> None:
        """Keeps outcomes as one part.

        Args:
            outcomes: of any order; those of unchanged stories are left out.
            night: under which date.

        Raises:
            ConfigError: they cannot be written; the store is as before.
        """
        kept = sorted((o for o in outcomes if o.status != Status.UNCHANGED), key=lambda o: o.key)
        if not kept:
            return
        now = datetime.now(UTC)
        # Later parts win, also where the clock was put back for a moment.
        self._sequence = max(self._sequence + 1, int(now.timestamp() * 1e6))
        common = {"night": night, "sequence": self._sequence}
        rows: dict[str, list[dict[str, Any]]] = {dataset: [] for dataset in DATASETS}
        for outcome in kept:
            own = {**common, "key": _utf8(outcome.key), "digest": outcome.digest}
            rows[STORIES].append({**own, **_story(outcome), "audited": now})
            rows[FINDINGS] += [{**row, **own} for row in outcome.findings]
            rows[PASSAGES] += [{**row, **own} for row in outcome.passages]
        named = blake2b("|".join(f"{o.key} {o.digest}" for o in kept).encode("utf-8", "replace"))
        part = Part(night, f"part-{self._sequence:016x}-{named.hexdigest()[:16]}")
        self._write(part, {dataset: [table(dataset, own)] for dataset, own in rows.items()})

    def merge(self) -> None:
        """Writes the small parts of each night anew as one, where there are many.

        Those of a newer auditor, with columns that this one does not know, stay as they are.

        Raises:
            ConfigError: the disk is full; the store is as before.
        """
        import pyarrow.parquet as pq

        nights: dict[date, list[Part]] = {}
        for part in self.parts():
            count = pq.read_metadata(part.path(self.folder, STORIES)).num_rows
            if count < SMALL and not self._strange(part):
                nights.setdefault(part.night, []).append(part)
        for night, small in nights.items():
            if len(small) >= MANY:
                for start in range(0, len(small), TOGETHER):
                    self._merged(night, small[start : start + TOGETHER])

    def _merged(self, night: date, small: Sequence[Part]) -> None:
        named = blake2b("|".join(part.name for part in small).encode()).hexdigest()[:16]
        new = Part(night, f"part-{small[-1].name.split('-')[1]}-{named}")
        note = {"night": night.isoformat(), "new": new.name, "old": [p.name for p in small]}
        try:
            _write_text(self.folder / EXCHANGE, json.dumps(note))
        except OSError as error:
            raise _unwritten(self.folder, error) from error
        self._write(new, {dataset: self._each(small, dataset) for dataset in DATASETS})
        self._tidy()

    def _each(self, parts: Sequence[Part], dataset: str) -> Iterator[pa.Table]:
        """The tables of some parts, one in memory at a time."""
        import pyarrow.parquet as pq

        for part in parts:
            with pq.ParquetFile(part.path(self.folder, dataset)) as file:
                yield conformed(file.read(), dataset)

    def _strange(self, part: Part) -> bool:
        import pyarrow.parquet as pq

        return any(
            set(pq.read_schema(part.path(self.folder, dataset)).names) - set(schema(dataset).names)
            for dataset in DATASETS
        )

    def _write(self, part: Part, tables: Mapping[str, Iterable[pa.Table]]) -> None:
        try:
            for dataset in DATASETS:
                write_table(part.path(self.folder, dataset), tables[dataset], dataset)
        except OSError as error:
            raise _unwritten(self.folder, error) from error

    def _tidy(self) -> None:
        """Ends what a killed run began: half an exchange, files without their stories."""
        gone, made = self._exchanged()
        present = self._present(STORIES)
        if made is not None:
            if made in present:
                for part in gone:
                    # The stories last: as long as they are there, so must be the rest.
                    for dataset in reversed(DATASETS):
                        part.path(self.folder, dataset).unlink(missing_ok=True)
            (self.folder / EXCHANGE).unlink()
            present = self._present(STORIES)
        for path in self.folder.glob(".*.part"):
            path.unlink()
        for dataset in DATASETS:
            for path in (self.folder / dataset).glob("night=*/.*.part"):
                path.unlink()
            for part in self._present(dataset) - present:
                part.path(self.folder, dataset).unlink()


@contextmanager
def writing(folder: Path) -> Iterator[OpenStore]:
    """Opens a store for a run, made when there is none, and locked until the end.

    Raises:
        ConfigError: the folder is none for a store, another run holds it, or its version is
            another.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MANIFEST).exists():
            _begin(folder)
        with locked(folder):
            yield OpenStore(folder)
    except OSError as error:
        raise _unwritten(folder, error) from error


def _begin(folder: Path) -> None:
    from auditor import __version__

    strange = sorted(path.name for path in folder.iterdir() if path.name != LOCK)
    if any(not name.startswith(".") for name in strange):
        raise ConfigError(
            str(folder),
            f"holds other files ({strange[0]}) and is no store",
            "name an empty or a new folder with --store",
        )
    manifest = {"format": FORMAT, "version": VERSION, "written_by": __version__}
    _write_text(folder / MANIFEST, json.dumps(manifest) + "\n")


def _write_text(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _story(outcome: Outcome) -> dict[str, Any]:
    return {
        **(outcome.story or {}),
        "status": outcome.status.value,
        "reason": outcome.reason or None,
        "seconds": outcome.seconds,
        "cpu": outcome.cpu,
        "encoder_cpu": outcome.encoder_cpu,
        "report": outcome.report or None,
    }


def _utf8(key: str) -> str:
    return key.encode("utf-8", "backslashreplace").decode("utf-8")


def _unwritten(folder: Path, error: OSError) -> ConfigError:
    reason = error.strerror or str(error)
    return ConfigError(
        str(folder),
        f"cannot be written: {reason}",
        "make room, and run the same command again: what is kept is not audited twice",
    )


def _way_out(version: object, by: object) -> str:
    if isinstance(version, int) and version > VERSION:
        return f"it was written by version {by} of the auditor: install that or a newer one"
    return "name a new store: older ones cannot be converted, but can be read by their own auditor"
