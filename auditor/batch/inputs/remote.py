"""Stories on other file systems, by an address for fsspec: S3, GCS, HDFS, SFTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from auditor.batch.job import Job, Refused
from auditor.core import ConfigError, ReadError
from auditor.pipeline.load import MANIFEST, MOST, NAMES, SUFFIXES
from auditor.read.manifest import read_manifest

DEEPEST = 32


def stories_at(address: str) -> Iterator[Job | Refused]:
    """The stories below an address; they are fetched one by one, where they are audited.

    Args:
        address: such as `s3://bucket/stories`.

    Raises:
        ReadError: it cannot be listed.
        ConfigError: fsspec, or what it needs for that kind of address, is not installed.
    """
    system, base = _system(address)
    base = base.rstrip("/")
    found = False
    try:
        for folder, _, files in system.walk(base, maxdepth=DEEPEST):
            names = [PurePosixPath(str(name)).name for name in files]
            if MANIFEST in names or any(_is_article(name) for name in names):
                found = True
                key = str(folder).removeprefix(base).strip("/") or PurePosixPath(base).name
                yield Job(key, remote=system.unstrip_protocol(folder))
    except Exception as error:
        raise _unreachable(address, error) from error
    if not found and not system.exists(base):
        raise ReadError(address, "is not there", "check the address")


def fetch(address: str, folder: Path, most: int) -> None:
    """Copies the files of a story into a folder.

    Args:
        address: of the story's folder.
        folder: empty.
        most: bytes of all files together.

    Raises:
        ReadError: they cannot be fetched, or are too large.
    """
    system, base = _system(address)
    try:
        _fetched(system, base, folder, most, address)
    except (ReadError, ConfigError):
        raise
    except Exception as error:  # each file system raises errors of its own
        raise _unreachable(address, error) from error


def _fetched(system: Any, base: str, folder: Path, left: int, address: str) -> None:
    names = [PurePosixPath(str(one)).name for one in system.ls(base, detail=False)]
    manifest = MANIFEST in names
    wanted = [n for n in names if n in (MANIFEST, NAMES) or (_is_article(n) and not manifest)]
    if len(wanted) > MOST + 2:
        raise ReadError(address, f"holds {len(wanted)} files", "put each story into a folder")
    for name in sorted(wanted):
        left = _copy(system, f"{base}/{name}", folder / name, left, address)
    if manifest:
        for listed in read_manifest(folder / MANIFEST).documents:
            place = folder / listed.file
            place.parent.mkdir(parents=True, exist_ok=True)
            left = _copy(system, f"{base}/{listed.file}", place, left, address)


def _copy(system: Any, source: str, target: Path, left: int, address: str) -> int:
    """Copies a file, and says how many bytes may follow."""
    with system.open(source, "rb") as stream:
        octets = stream.read(left + 1)
    if len(octets) > left:
        raise ReadError(address, "its versions are too large for one story", "split the story")
    target.write_bytes(octets)
    return left - len(octets)


def _system(address: str) -> tuple[Any, str]:
    if "::" in address:
        # zip::s3://... would unpack what somebody else packed.
        raise ConfigError(address, "goes through another address", "name the folder itself")
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        remedy = "pip install 'translation-auditor[remote]'"
        raise ConfigError(address, "fsspec is not installed", remedy) from error
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise ConfigError(address, str(error), "install what it names") from error
    except ValueError as error:
        raise ConfigError(address, str(error), "give an address such as s3://bucket/x") from error
    return system, str(path)


def _is_article(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES and not name.startswith(".")


def _unreachable(address: str, error: Exception) -> ReadError:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return ReadError(address, f"cannot be read: {said}", "check the address and the rights")
