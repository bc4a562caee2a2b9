"""From what a user names to a story: files, folders and manifests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from auditor.core import AuditorError, ConfigError, Document, ReadError, Story
from auditor.read import read_document
from auditor.read.manifest import Listed, read_manifest
from auditor.read.names import read_names

MANIFEST = "story.toml"
NAMES = "names.toml"

SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml"})
"""What is taken from a folder without a manifest; other files there are not versions."""

MOST = 200
"""Versions of one story: more is a folder of something else."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A story as read, and what could not be read.

    Attributes:
        story: its documents, languages as declared or `und`.
        problems: one line for each file that could not be read.
    """

    story: Story
    problems: tuple[str, ...]


def load_story(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    languages: Mapping[str, str] | None = None,
    source: str | None = None,
    published: date | None = None,
    names: Path | None = None,
) -> Loaded:
    """Reads a story from a folder, a manifest, or the files of its versions.

    Args:
        paths: one folder (with or without `story.toml`), one `story.toml`, or files.
        root: where the files of a manifest lie, when not beside it.
        languages: BCP 47 tag by file name, for files whose language is to be taken as given.
        source: the file that the others were translated from.
        published: the date of publication; a manifest's date otherwise.
        names: the file of names to use; `names.toml` in the story's folder or in `root` otherwise.

    Returns:
        The story and the problems. One unreadable version among several is a problem; the
        others are still audited.

    Raises:
        ReadError: nothing could be read.
        ConfigError: a manifest or an option is wrong.
    """
    if not paths:
        raise ConfigError("", "no file was named", "name a story folder or the versions' files")
    first = paths[0]
    if len(paths) == 1 and (first.is_dir() or first.name.endswith(".toml")):
        manifest_path = first / MANIFEST if first.is_dir() else first
        if manifest_path.is_file() or not first.is_dir():
            loaded = _from_manifest(manifest_path, root or manifest_path.parent)
        else:
            loaded = _from_files(first.name or str(first), _versions_in(first), root or first)
    else:
        loaded = _from_files(_name(paths), _each_once(paths), root or _common(paths))
    story = _declared(loaded.story, languages or {}, source, published)
    beside = first if first.is_dir() else first.parent
    held = names or next((f for f in _names_in(beside, root) if f.is_file()), None)
    return Loaded(replace(story, names=read_names(held)) if held else story, loaded.problems)


def _names_in(folder: Path, root: Path | None) -> list[Path]:
    return [place / NAMES for place in (folder, *([root] if root else []))]


def _from_manifest(path: Path, root: Path) -> Loaded:
    if not root.is_dir():
        raise ConfigError(str(root), "is no folder", "name the folder of the articles with --root")
    manifest = read_manifest(path)
    documents, problems = _read_all(
        [root / listed.file for listed in manifest.documents],
        root,
        {listed.file: listed for listed in manifest.documents},
    )
    present = {document.id for document in documents}
    relations = tuple(
        relation for relation in manifest.relations if {relation.left, relation.right} <= present
    )
    story = Story(
        name=manifest.title or path.parent.name,
        documents=documents,
        source=manifest.source if manifest.source in present else None,
        relations=relations,
        date=manifest.date,
        outlet=manifest.outlet,
    )
    return Loaded(story, problems)


def _versions_in(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(str(folder), f"cannot be listed: {reason}", "check its rights") from error
    found = [
        path
        for path in entries
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and not path.is_dir()
    ]
    if not found:
        wanted = ", ".join(sorted(SUFFIXES))
        raise ReadError(
            str(folder), "holds no article", f"put one file per version there ({wanted})"
        )
    return found


def _from_files(name: str, paths: Sequence[Path], root: Path) -> Loaded:
    if len(paths) > MOST:
        raise ConfigError(
            name, f"{len(paths)} files are too many for one story", "audit one story at a time"
        )
    documents, problems = _read_all(paths, root, {})
    return Loaded(Story(name, documents), problems)


def _read_all(
    paths: Sequence[Path], root: Path, listed: Mapping[str, Listed]
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    documents: list[Document] = []
    errors: list[AuditorError] = []
    for path in paths:
        file = path.relative_to(root).as_posix() if listed else path.name
        entry = listed.get(file)
        try:
            document = read_document(path, root, lang=entry.lang if entry else None)
            if entry and entry.sha256:
                _verify(path, entry.sha256)
            documents.append(document)
        except AuditorError as error:
            errors.append(error)
    if not documents:
        raise errors[0]
    return tuple(documents), tuple(str(error) for error in errors)


def _verify(path: Path, expected: str) -> None:
    if sha256(path.read_bytes()).hexdigest() != expected.lower():
        raise ReadError(
            str(path),
            "is not the file that the manifest means: its sha256 differs",
            "restore the file, or correct sha256 in the manifest",
        )


def _each_once(paths: Sequence[Path]) -> list[Path]:
    for path in paths:
        if path.is_dir():
            raise ConfigError(
                str(path), "is a folder among files", "name one folder, or the versions' files"
            )
    return list(dict.fromkeys(paths))


def _common(paths: Sequence[Path]) -> Path:
    """The folder that holds all the files, so that their ids differ where their names do not."""
    parents = [path.absolute().parent for path in paths]
    common = parents[0]
    while not all(parent.is_relative_to(common) for parent in parents):
        common = common.parent
    return common


def _name(paths: Sequence[Path]) -> str:
    return paths[0].absolute().parent.name or "story"


def _declared(
    story: Story, languages: Mapping[str, str], source: str | None, published: date | None
) -> Story:
    ids = [document.id for document in story.documents]
    for file in (*languages, *([source] if source else ())):
        if file not in ids:
            raise ConfigError(
                file, "is not a version of this story", f"choose from {', '.join(ids)}"
            )
    documents = tuple(
        replace(document, lang=languages[document.id], lang_declared=True)
        if document.id in languages
        else document
        for document in story.documents
    )
    return replace(
        story,
        documents=documents,
        source=source or story.source,
        date=published or story.date,
    )
