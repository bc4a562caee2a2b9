"""Translations that people judged, and translations with one planted error."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from auditor.core import ConfigError

RATED = "qe-dev/adequacy.*.tsv"
CRITICAL = "qe-dev/critical.*.tsv"
RANKED = "demetr-dev/*.json"

LANGUAGES = MappingProxyType(
    {
        "chinese_simple": "zh-Hans",
        "french": "fr",
        "german": "de",
        "hindi": "hi",
        "italian": "it",
        "japanese": "ja",
        "polish": "pl",
        "russian": "ru",
        "spanish": "es",
        "czech": "cs",
    }
)
"""How DEMETR names its languages."""

_NAME = re.compile(r"\.(?P<source>[a-z]{2,3})-(?P<target>[a-z]{2,3})(?:\.train)?\.tsv$")
_KIND = re.compile(r"^[a-z]+_id\d+_")


@dataclass(frozen=True, slots=True)
class Translation:
    """A source text and a translation of it, with their BCP 47 tags."""

    source_lang: str
    target_lang: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Rated:
    """Translations that people have rated.

    Attributes:
        name: of the file.
        translations: in its order.
        ratings: mean adequacy of each, 0 to 100.
        z_ratings: the same, each rater's habits taken out.
    """

    name: str
    translations: tuple[Translation, ...]
    ratings: tuple[float, ...]
    z_ratings: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Translations with or without a critical error, by the majority of three people."""

    name: str
    translations: tuple[Translation, ...]
    wrong: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Good translations, each beside the same with one planted error of one kind."""

    kind: str
    good: tuple[Translation, ...]
    bad: tuple[Translation, ...]


def rated(folder: Path) -> list[Rated]:
    """The rated translations of a folder; files named `*.train.tsv` are what was fitted on."""
    found = []
    for path in sorted(folder.glob(RATED)):
        if path.name.endswith(".train.tsv"):
            continue
        rows = _rows(path, ("source", "target", "mean", "z_mean"))
        try:
            ratings = tuple(float(row["mean"]) for row in rows)
            z_ratings = tuple(float(row["z_mean"]) for row in rows)
        except ValueError as error:
            raise ConfigError(str(path), "has a rating that is no number") from error
        found.append(Rated(path.name, _translations(path, rows), ratings, z_ratings))
    return found


def labelled(folder: Path) -> list[Labelled]:
    """The translations of a folder that are labelled `ERR` or `NOT`."""
    found = []
    for path in sorted(folder.glob(CRITICAL)):
        rows = _rows(path, ("source", "target", "label"))
        wrong = tuple(row["label"] == "ERR" for row in rows)
        found.append(Labelled(path.name, _translations(path, rows), wrong))
    return found


def ranked(folder: Path) -> list[Ranked]:
    """The planted errors of a folder by kind, without the rows where nothing was changed."""
    found = []
    for path in sorted(folder.glob(RANKED)):
        try:
            rows: list[Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
            changed = [row for row in rows if row["mt_sent"].strip() != row["pert_sent"].strip()]
            sides = [
                tuple(
                    Translation(LANGUAGES[row["lang_tag"]], "en", row["src_sent"], row[side])
                    for row in changed
                )
                for side in ("mt_sent", "pert_sent")
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(str(path), f"is no file of DEMETR ({error})") from error
        if changed:
            found.append(Ranked(_KIND.sub("", path.stem), *sides))
    return found


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise ConfigError(str(path), f"has no column {missing[0]}", f"it needs {columns}")
        return [row for row in reader if all(row[name] is not None for name in columns)]


def _translations(path: Path, rows: Sequence[Mapping[str, str]]) -> tuple[Translation, ...]:
    match = _NAME.search(path.name)
    if not match:
        raise ConfigError(str(path), "does not name its languages", "name it KIND.en-zh.tsv")
    source, target = (tag.replace("zh", "zh-Hans") for tag in (match["source"], match["target"]))
    return tuple(Translation(source, target, row["source"], row["target"]) for row in rows)
