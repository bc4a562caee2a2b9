"""Synonyms for the bench's own spinner: from a file of the user's, or nearest by the encoder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from auditor.core import ConfigError
from auditor.encode import Encoder, knows
from auditor.lang import base
from auditor.text.frequencies import common_words

Thesaurus = Mapping[str, tuple[str, ...]]
"""Each word, lower case, with what a rewriter may put in its place."""

WORDS = 6000
"""Of the frequency list, for a thesaurus made by the encoder: the content words of news."""
NEAREST = 8
LEAST_COSINE = 0.55
_ROWS = 500
_STEM = 4
_NOTE = re.compile(r"\s*\([^)]*\)\s*")


def read_thesaurus(path: Path, lang: str) -> Thesaurus:
    """Reads a thesaurus in one of the forms in which they are at hand.

    Args:
        path: a LibreOffice `.dat`; a JSON tree whose leaves are lists of synonyms; else one
            group of synonyms a line, parted by commas, spaces or tabs, the head word first.
        lang: BCP 47 tag of its words.

    Raises:
        ConfigError: it cannot be read, or holds no synonyms.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ConfigError(str(path), "cannot be read", "name a thesaurus file") from error
    if path.suffix == ".dat":
        groups = _of_libreoffice(text)
    elif path.suffix == ".json":
        groups = ((word, group) for group in _leaves(json.loads(text)) for word in group)
    elif base(lang) == "zh":
        lines = (re.findall(r"[\u3400-\u9fff]{2,4}", line) for line in text.splitlines())
        groups = ((word, group) for group in lines for word in group)
    else:
        lines = (line.split("," if "," in line else None) for line in text.splitlines())
        groups = ((line[0], line[1:]) for line in lines if line)
    found = _collected(groups, lang)
    if not found:
        raise ConfigError(str(path), "holds no synonyms", "see `auditor bench corruption --help`")
    return found


def _of_libreoffice(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """`word|2`, then a line for each sense: `(noun)|synonym|synonym`."""
    word = ""
    for line in text.splitlines()[1:]:
        head, *rest = line.split("|")
        if head.startswith(("(", "-")) and word:
            # What is related, broader or opposite is named in brackets, and is no synonym.
            yield word, [_NOTE.sub("", r) for r in rest if "antonym" not in r]
        else:
            word = head


def _leaves(tree: object) -> Iterator[list[str]]:
    if isinstance(tree, dict):
        for branch in tree.values():
            yield from _leaves(branch)
    elif isinstance(tree, list) and all(isinstance(word, str) for word in tree):
        yield tree


def _collected(groups: Iterable[tuple[str, Sequence[str]]], lang: str) -> Thesaurus:
    found: dict[str, dict[str, None]] = {}
    for word, others in groups:
        head = word.strip().lower()
        kept = (other.strip().lower() for other in others)
        usable = {o: None for o in kept if o and o != head and _is_usable(o, lang)}
        if head and usable and _is_usable(head, lang):
            found.setdefault(head, {}).update(usable)
    return {word: tuple(others) for word, others in found.items()}


def _is_usable(word: str, lang: str) -> bool:
    if base(lang) == "zh":
        return 2 <= len(word) <= 4
    # A spinner puts in phrases too ("get together"), but no sentences.
    return word.count(" ") <= 1 and all(part.isalpha() for part in re.split("[ '-]", word))


def nearest_words(lang: str, encoder: Encoder) -> Thesaurus:
    """The words nearest in meaning to each common word, by the encoder.

    Args:
        lang: BCP 47 tag.
        encoder: knows the language.
    """
    shortest = 2 if base(lang) == "zh" else 4
    ranked = sorted(common_words(lang).items(), key=lambda item: (-item[1], item[0]))
    words = [w for w, _ in ranked if w.isalpha() and len(w) >= shortest][:WORDS]
    vectors = encoder.encode(words)
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(words), _ROWS):
        cosines = vectors[start : start + _ROWS] @ vectors.T
        for row, order in enumerate(np.argsort(-cosines, axis=1, kind="stable")[:, :30]):
            word = words[start + row]
            near = [
                words[at]
                for at in order
                if cosines[row, at] >= LEAST_COSINE and not _is_form(word, words[at], lang)
            ]
            if near:
                found[word] = tuple(near[:NEAREST])
    return found


def _is_form(word: str, other: str, lang: str) -> bool:
    """True for what may be one word in two forms; no rewriter would call that a synonym."""
    return word == other if base(lang) == "zh" else word[:_STEM] == other[:_STEM]


def open_thesauri(
    given: Sequence[str], tags: Iterable[str], encoder: Encoder
) -> tuple[dict[str, Thesaurus], list[str]]:
    """The thesaurus of each language, and where each comes from, to be printed.

    Args:
        given: `TAG=FILE` values of the user's.
        tags: BCP 47 tags of the documents.
        encoder: makes those that are not given, of the languages that it knows.

    Raises:
        ConfigError: a value is no `TAG=FILE`, or its file no thesaurus.
    """
    files: dict[str, Path] = {}
    for value in given:
        tag, equals, file = value.partition("=")
        if not (tag and equals and file):
            raise ConfigError(f"--thesaurus {value}", "is no TAG=FILE", "write en=thesaurus.dat")
        files[base(tag)] = Path(file)
    found: dict[str, Thesaurus] = {}
    origins: list[str] = []
    for tag in dict.fromkeys(base(tag) for tag in tags):
        if tag in files:
            found[tag] = read_thesaurus(files[tag], tag)
            origins.append(f"{tag}: {files[tag].name}")
        elif knows(encoder, tag):
            found[tag] = nearest_words(tag, encoder)
            origins.append(f"{tag}: nearest words of {encoder.id}")
    return found, origins
