"""From patterns to version sets: which files of a folder are versions of one text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from auditor.core import ConfigError, ReadError
from auditor.lang import base, canonical
from auditor.pipeline.patterns import Pattern
from auditor.read import CONTAINER_SUFFIXES

MOST = 200_000
"""Files of one folder; more is no site."""

SKIPPED = frozenset({"node_modules", "__pycache__"})
"""Folders that `**` does not enter, and neither those whose name begins with a full stop."""


@dataclass(frozen=True, slots=True)
class VersionSet:
    """Files that are versions of one text.

    Attributes:
        name: their common path, with `{lang}`; the path itself of a file that holds its versions.
        files: path relative to the root and BCP 47 tag of each version, the source first; a
            file that holds its versions has the tag of its target, or an empty one.
    """

    name: str
    files: tuple[tuple[str, str], ...]

    @property
    def holds_versions(self) -> bool:
        """True for one PO, XLIFF or TMX file."""
        return Path(self.files[0][0]).suffix.casefold() in CONTAINER_SUFFIXES


def version_sets(
    root: Path,
    inputs: Sequence[str],
    exclude: Sequence[str] = (),
    languages: Mapping[str, str] | None = None,
    source: str = "",
) -> tuple[VersionSet, ...]:
    """The version sets of a folder, sorted by name.

    Args:
        root: patterns are relative to it, and nothing outside it is read.
        inputs: patterns; a file that two describe belongs to the first.
        exclude: patterns of files left out.
        languages: BCP 47 tag by what stands for `{lang}`; any language tag when empty.
        source: BCP 47 tag of the version that comes first.

    Raises:
        ConfigError: a pattern is wrong or matches nothing, or two files are one version.
        ReadError: a link leads in a circle or outside the root, or a folder cannot be read.
    """
    names = languages or {}
    left_out = [Pattern(text) for text in exclude]
    sets: dict[str, dict[str, tuple[str, str]]] = {}
    seen: set[str] = set()
    for text in inputs:
        pattern = Pattern(text, names)
        count = 0
        for path in _files(root, pattern, left_out):
            found = _version(pattern, path, names)
            if found is None:
                continue
            count += 1
            if path not in seen:
                seen.add(path)
                _add(sets, path, *found)
        if not count:
            raise ConfigError(
                text, f"this pattern matches no file in {root}", "correct it, or remove it"
            )
    return tuple(
        VersionSet(name, tuple(_in_order(held.values(), source)))
        for name, held in sorted(sets.items())
    )


def common_name(path: str, inputs: Sequence[str], languages: Mapping[str, str]) -> str | None:
    """The name of the version set that a path belongs to, whether or not the file exists."""
    for text in inputs:
        pattern = Pattern(text, languages)
        found = _version(pattern, path, languages)
        if found is not None:
            return found[1]
    return None


def _version(pattern: Pattern, path: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The language tag and the set of a path."""
    read = pattern.read(path)
    if read is None:
        return None
    lang, common = read
    container = Path(path).suffix.casefold() in CONTAINER_SUFFIXES
    if not pattern.has_lang and not container:
        raise ConfigError(
            pattern.text, "it does not say which part is the language", "write {lang} there"
        )
    tag = names.get(lang, lang).replace("_", "-")
    # `content/img/` is no version in the language img.
    if lang and not names and not _is_language(base(tag)):
        return None
    return tag, path if container else common


def _add(sets: dict[str, dict[str, tuple[str, str]]], path: str, tag: str, name: str) -> None:
    # zh-TW and zh-Hant are one version of a text, en-GB and en-US are two.
    version = canonical(tag) if base(tag) == "zh" else tag.lower()
    held = sets.setdefault(name, {})
    if version in held:
        raise ConfigError(
            path,
            f"{held[version][0]} is the version in {tag} already",
            "keep one of them, or exclude one",
        )
    held[version] = (path, tag)


def _in_order(files: Iterable[tuple[str, str]], source: str) -> list[tuple[str, str]]:
    """The source first, the others by tag and path."""

    def rank(file: tuple[str, str]) -> tuple[int, str, str]:
        path, tag = file
        exact = tag.lower() == source.lower()
        same = bool(source) and canonical(tag) == canonical(source)
        return (0 if exact else 1 if same else 2, tag, path)

    return sorted(files, key=rank)


@cache
def _is_language(lang: str) -> bool:
    return lang.lower() in _languages()


@cache
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").languages)


def _files(root: Path, pattern: Pattern, left_out: Sequence[Pattern]) -> list[str]:
    """The files that a pattern describes, relative to the root, in order."""
    walk = _Walk(root, root.resolve(), pattern.steps, left_out)
    return sorted(set(walk.files("", 0, (walk.real_root,))))


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk along one pattern."""

    root: Path
    real_root: Path
    steps: Sequence[re.Pattern[str] | str | None]
    left_out: Sequence[Pattern]

    def files(self, folder: str, at: int, above: tuple[Path, ...]) -> Iterator[str]:
        """The files below a folder that fit the steps from `at` on.

        `above` are the real places of the folders that led here: one of them again is a circle.
        """
        step, last = self.steps[at], at == len(self.steps) - 1
        if step is None and not last:
            yield from self.files(folder, at + 1, above)
        for entry in _entries(self.root / folder, step):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if any(one.matches(path) for one in self.left_out):
                continue
            wanted = last or step is not None
            is_folder = self._is_folder(entry, path, wanted=wanted)
            if not is_folder:
                if last and entry.is_file():
                    yield path
            elif step is None or not last:
                if step is None and (entry.name.startswith(".") or entry.name in SKIPPED):
                    continue
                place = (self.root / path).resolve()
                if place in above:
                    raise _circle(self.root / path)
                yield from self.files(path, at if step is None else at + 1, (*above, place))

    def _is_folder(self, entry: os.DirEntry[str], path: str, *, wanted: bool) -> bool:
        """True for a folder; a link must lead to something inside the root."""
        if not entry.is_symlink():
            return entry.is_dir()
        there = self.root / path
        try:
            real = there.resolve(strict=True)
        except FileNotFoundError as error:
            if not wanted:
                return False
            raise ReadError(
                str(there), "is a link to nothing", "remove it, or exclude it"
            ) from error
        except (OSError, RuntimeError) as error:
            # Python 3.11 and 3.12 raise the latter.
            raise _circle(there) from error
        if (wanted or real.is_dir()) and not real.is_relative_to(self.real_root):
            raise ReadError(
                str(there),
                f"is a link that leads outside the folder {self.root}",
                "copy what it leads to, or exclude it",
            )
        return real.is_dir()


def _circle(path: Path) -> ReadError:
    return ReadError(str(path), "its links lead in a circle", "remove the link, or exclude it")


def _entries(folder: Path, step: re.Pattern[str] | str | None) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in islice(entries, MOST + 1) if _fits(entry.name, step)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(str(folder), f"cannot be listed: {reason}", "check its rights") from error
    if len(found) > MOST:
        raise ReadError(str(folder), f"it has more than {MOST:,} files", "name a part of it")
    return sorted(found, key=lambda entry: entry.name)


def _fits(name: str, step: re.Pattern[str] | str | None) -> bool:
    if isinstance(step, str):
        return name == step
    return step is None or step.fullmatch(name) is not None
