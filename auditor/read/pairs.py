"""Reads segment pairs that are already aligned: tab-separated values, TMX, XLIFF and PO."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from auditor.core import ReadError
from auditor.read.decoding import decode

COLUMNS = ("id", "source", "target")

LARGEST = 256 << 20
"""Bytes of the largest file of pairs that is read: about a million pairs."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source segment and its translation.

    Attributes:
        id: as in the file.
        source: text of the source; what stands for mark-up in it is left out.
        target: likewise; empty where there is no translation yet.
    """

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A file of pairs.

    Attributes:
        pairs: in the order of the file.
        source_lang: BCP 47 tag that the file declares, or None.
        target_lang: likewise.
    """

    pairs: tuple[Pair, ...]
    source_lang: str | None = None
    target_lang: str | None = None


def read_pairs(
    path: Path, *, source_lang: str | None = None, target_lang: str | None = None
) -> Pairs:
    """Reads a file of pairs; its ending says the format.

    In tab-separated values the header row names the columns; `id`, `source` and `target` are
    needed, in any order, and others are ignored. Fields are taken as they stand: quotes are text.

    Args:
        path: a `.tsv`, `.txt`, `.tmx`, `.xlf`, `.xliff` or `.po` file.
        source_lang: chooses the source among the languages of a TMX file.
        target_lang: chooses the target among them.

    Raises:
        ReadError: the file cannot be read, or is not what its ending says.
    """
    where = str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise ReadError(where, "is larger than 256 MB", "split it")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(where, f"cannot be read: {reason}", "check the path") from error
    ending = path.suffix.lower()
    if ending in (".tsv", ".tab", ".txt"):
        text, _ = decode(data, where)
        return Pairs(tuple(_rows(text, where)))
    if ending == ".tmx":
        from auditor.read.pairs_xml import read_tmx

        return read_tmx(data, where, source_lang, target_lang)
    if ending in (".xlf", ".xliff"):
        from auditor.read.pairs_xml import read_xliff

        return read_xliff(data, where)
    if ending in (".po", ".pot"):
        return _po(data, where)
    raise ReadError(
        where,
        f"pairs are not read from {ending or 'files without an ending'}",
        "give .tsv (header row: id source target), .tmx, .xlf, .xliff or .po",
    )


def _rows(text: str, where: str) -> Iterator[Pair]:
    # The default bound of a field is 128 KiB; the file itself is bounded above.
    csv.field_size_limit(LARGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader, [])
    try:
        places = [header.index(name) for name in COLUMNS]
    except ValueError as error:
        raise ReadError(
            where,
            "its first row does not name the columns",
            f"write a header row with {', '.join(COLUMNS)}, separated by tabs",
        ) from error
    for row in reader:
        if not row:
            continue
        if len(row) <= max(places):
            raise ReadError(
                where,
                f"line {reader.line_num} has {len(row)} columns, not {len(header)}",
                "separate the columns with single tabs",
            )
        yield Pair(*(row[place] for place in places))


def _po(data: bytes, where: str) -> Pairs:
    """The translated messages of a PO file; obsolete ones are left out."""
    import polib

    text, _ = decode(data, where)
    try:
        # What is no path is taken as the file's text; an empty text would be a path.
        catalogue = polib.pofile(text if "\n" in text else f"{text}\n")
    except (OSError, ValueError, UnicodeError) as error:
        raise ReadError(where, f"is no PO file: {error}", "correct that place") from error
    pairs = [
        Pair(f"{entry.linenum}", entry.msgid, entry.msgstr)
        for entry in catalogue
        if entry.msgid and not entry.obsolete and not entry.msgid_plural
    ]
    plural = [
        Pair(f"{entry.linenum}[{form}]", entry.msgid if form == 0 else entry.msgid_plural, target)
        for entry in catalogue
        if entry.msgid_plural and not entry.obsolete
        for form, target in sorted(entry.msgstr_plural.items())
    ]
    language = catalogue.metadata.get("Language") or None
    return Pairs(tuple(pairs + plural), None, language)
