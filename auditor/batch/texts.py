"""From a job to a story: reads its versions, and says by a digest what they say."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.batch.job import Job, Version
from auditor.core import AuditorError, Document, ReadError, Story
from auditor.pipeline import Loaded, load_story
from auditor.pipeline.load import MANIFEST, MOST, NAMES, SUFFIXES
from auditor.read import read_document
from auditor.read.files import document_from_text, id_under
from auditor.read.manifest import read_manifest

LARGEST_STORY = 64 << 20
"""Bytes of all versions together: a story of a newsroom is a hundredth of that."""

LONGEST_STORY = 4_000_000
"""Characters of content of all versions together: a dozen novels. More would take gigabytes."""

_CHUNK = 1 << 20


@contextmanager
def at_hand(job: Job) -> Iterator[Job]:
    """The job with its files on this machine; those of a remote folder only for so long."""
    if not job.remote:
        yield job
        return
    from auditor.batch.inputs.remote import fetch

    with TemporaryDirectory(prefix="auditor-") as folder:
        fetch(job.remote, Path(folder), LARGEST_STORY)
        yield replace(job, folder=folder, root=folder, remote="")


def load_job(job: Job, names: Path | None = None) -> Loaded:
    """Reads the versions of a job that is at hand.

    Args:
        job: its files lie here.
        names: a file of names for all stories, or None.

    Raises:
        AuditorError: nothing could be read, or it is too much for one story.
    """
    _refuse_giants(job)
    if job.folder:
        loaded = load_story([Path(job.folder)], names=names, published=_day(job))
        story = loaded.story
        problems = loaded.problems
    else:
        story, problems = _named(job)
    length = sum(len(block.text) for document in story.documents for block in document.blocks)
    if length > LONGEST_STORY:
        what = (
            f"its versions have {length:,} characters together, and {LONGEST_STORY:,} is the most"
        )
        raise ReadError(job.key, what, "split the story")
    outlet = job.outlet or story.outlet
    return Loaded(replace(story, outlet=outlet), problems)


def content_digest(job: Job) -> str:
    """A digest of everything that a job says, before anything of it is parsed.

    It never fails: what cannot be read goes in as such, so that it is read again once it can be.

    Args:
        job: its files lie here.
    """
    digest = blake2b(digest_size=16)

    def add(part: str) -> None:
        octets = part.encode("utf-8", "surrogatepass")
        digest.update(len(octets).to_bytes(8, "big") + octets)

    for part in (str(job.source), job.date, job.outlet):
        add(part)
    if job.folder:
        for path in story_files(Path(job.folder)):
            add(_relative(path, job.folder))
            add(_file_digest(path))
    for version in job.versions:
        for part in (version.id, str(version.lang), str(version.html)):
            add(part)
        if version.text is None:
            add(_file_digest(Path(job.root) / version.id))
        else:
            add(version.text)
    return digest.hexdigest()


def story_files(folder: Path) -> list[Path]:
    """The files that make a story of a folder, sorted: its versions and what is said of them."""
    manifest = folder / MANIFEST
    found = {path for path in (manifest, folder / NAMES) if path.is_file()}
    if manifest in found:
        try:
            found.update(folder / listed.file for listed in read_manifest(manifest).documents)
        except AuditorError:
            return sorted(found)
    else:
        try:
            entries = [path.name for path in folder.iterdir()]
        except OSError:
            return sorted(found)
        found.update(
            folder / name
            for name in entries
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")
        )
    return sorted(found)


def _relative(path: Path, folder: str) -> str:
    return path.relative_to(folder).as_posix()


def _file_digest(path: Path) -> str:
    digest = blake2b(digest_size=16)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "no file"
        with path.open("rb") as stream:
            # What is larger is refused when it is read, whatever it says.
            for _ in range(LARGEST_STORY // _CHUNK + 1):
                piece = stream.read(_CHUNK)
                if not piece:
                    break
                digest.update(piece)
    except (OSError, ValueError) as error:
        # ValueError: a name with a null character.
        return f"unreadable: {type(error).__name__}"
    return digest.hexdigest()


def _refuse_giants(job: Job) -> None:
    total = sum(len(version.text or "") for version in job.versions)
    if len(job.versions) > MOST:
        what = f"has {len(job.versions)} versions, and {MOST} is the most"
        raise ReadError(job.key, what, "name one story for each text")
    paths = story_files(Path(job.folder)) if job.folder else []
    paths += [Path(job.root) / version.id for version in job.versions if version.text is None]
    for path in paths:
        try:
            total += path.stat().st_size
        except (OSError, ValueError):
            # Named with its reason when it is read.
            continue
    if total > LARGEST_STORY:
        limit = LARGEST_STORY >> 20
        raise ReadError(job.key, f"its versions are larger than {limit} MiB", "split the story")


def _named(job: Job) -> tuple[Story, tuple[str, ...]]:
    documents: list[Document] = []
    errors: list[AuditorError] = []
    for version in job.versions:
        try:
            documents.append(_document(version, job))
        except AuditorError as error:
            errors.append(error)
    if not documents:
        raise errors[0] if errors else ReadError(job.key, "names no version", "name its files")
    present = {document.id for document in documents}
    source = job.source if job.source in present else None
    story = Story(job.key, tuple(documents), source=source, date=_day(job), outlet=job.outlet)
    return story, tuple(str(error) for error in errors)


def _document(version: Version, job: Job) -> Document:
    if version.text is not None:
        return document_from_text(version.text, version.id, lang=version.lang, html=version.html)
    root = Path(job.root)
    path = root / version.id
    try:
        id_under(path, root)
    except ValueError as error:
        raise ReadError(version.id, "is no name of a file", "correct the path") from error
    return read_document(path, root, lang=version.lang)


def _day(job: Job) -> date | None:
    return date.fromisoformat(job.date) if job.date else None
