"""Files and strings to documents."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path, PurePosixPath

from auditor.core import Block, BlockKind, Document, ReadError
from auditor.read.decoding import decode
from auditor.read.html_blocks import parse_html
from auditor.read.html_vote import main_text_vote
from auditor.read.json_strings import json_strings
from auditor.read.markdown import markdown_blocks
from auditor.read.plain import plain_blocks
from auditor.read.yaml_strings import yaml_strings

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
STRING_SUFFIXES = frozenset({".json", ".yaml", ".yml"})
TEXT_SUFFIXES = frozenset({".txt", ".text", ""})
KNOWN = HTML_SUFFIXES | MARKDOWN_SUFFIXES | STRING_SUFFIXES | TEXT_SUFFIXES
SUPPORTED = (
    "plain text (.txt or no ending), Markdown (.md, .markdown), HTML (.html, .htm, .xhtml)"
    " and string files (.json, .yaml, .yml)"
)
MAX_BYTES = 64 * 1024 * 1024
# A page of 16 MiB takes up to a minute to parse; articles are below one.
MAX_HTML = 16 * 1024 * 1024
# A shelf of novels; more would be audited for hours.
MAX_LINES = 500_000
# A novel is 100,000 to 500,000 characters; a paragraph of a million is a database dump.
MAX_BLOCK = 1_000_000


def read_document(
    path: Path, root: Path, *, lang: str | None = None, any_ending: bool = False
) -> Document:
    """One file as a document.

    Args:
        path: the file.
        root: the story's folder; `path` lies in it, also when links are followed.
        lang: BCP 47 tag that the user or the manifest gives.
        any_ending: take a file of unknown ending as plain text, where the user says that it is.

    Returns:
        Blocks with positions in the decoded file. Without `lang`, the language is what an HTML
        page says of itself, or `und`; `lang_declared` is False in both cases.

    Raises:
        ReadError: the file is missing, unreadable, outside `root`, of another format,
            binary, undecodable, empty or too large.
    """
    where = str(path)
    id = id_under(path, root)
    suffix = path.suffix.casefold()
    data = bytes_of(path)
    text, encoding = decode(data, where)
    if suffix not in KNOWN and not any_ending:
        raise ReadError(
            where, f"files ending in {suffix} are not read", f"give {SUPPORTED}, or convert it"
        )
    document = _parsed(text, id, where, lang, suffix)
    return replace(document, encoding=encoding)


def document_from_text(
    text: str, id: str, *, lang: str | None = None, html: bool = False, ending: str = ""
) -> Document:
    """A string as a document.

    Args:
        text: of any format that `read_document` reads.
        id: names the document in reports.
        lang: BCP 47 tag, if known.
        html: True when `text` is HTML.
        ending: of a file of its format, such as `.json`; plain text where it says nothing.

    Raises:
        ReadError: it holds nothing to read, or a paragraph is too long.
    """
    return _parsed(text, id, id, lang, ".html" if html else ending)


def _parsed(text: str, id: str, where: str, lang: str | None, suffix: str) -> Document:
    if not text.strip():
        raise ReadError(where, "the file is empty", "give a file with text")
    blocks, hint = _blocks(text, where, suffix)
    check_sizes(blocks, where, text)
    return Document(
        id=id,
        lang=lang or hint or "und",
        raw=text,
        path=where,
        blocks=blocks,
        lang_declared=lang is not None,
    )


def _blocks(text: str, where: str, suffix: str) -> tuple[tuple[Block, ...], str]:
    """The blocks of a file, and the language that it says of itself, or nothing."""
    if suffix in HTML_SUFFIXES:
        if len(text) > MAX_HTML:
            limit = MAX_HTML // 1024 // 1024
            raise ReadError(where, f"the page is larger than {limit} MiB", "save the article alone")
        page = parse_html(text)
        blocks, hint = main_text_vote(text, page.blocks), page.lang
        if not any(block.kind is not BlockKind.HIDDEN for block in blocks):
            raise ReadError(where, "the page shows no text", "save the page as a reader sees it")
        return blocks, hint
    lines = text.count("\n")
    if lines > MAX_LINES:
        raise ReadError(where, f"it has {lines:,} lines, and {MAX_LINES:,} is the most", "split it")
    if suffix == ".json":
        return json_strings(text, where), ""
    if suffix in STRING_SUFFIXES:
        return yaml_strings(text, where), ""
    if suffix in MARKDOWN_SUFFIXES:
        return markdown_blocks(text, where), ""
    return plain_blocks(text), ""


def check_sizes(blocks: tuple[Block, ...], where: str, raw: str) -> None:
    """Refuses a paragraph that would be read for hours.

    Raises:
        ReadError: one is too long.
    """
    for block in blocks:
        if len(block.text) > MAX_BLOCK:
            line = raw.count("\n", 0, block.offsets.to_origin(0, 1)[0]) + 1
            raise ReadError(
                where,
                f"the paragraph at line {line} has {len(block.text):,} characters,"
                f" and {MAX_BLOCK:,} is the most",
                "break the text into paragraphs",
            )


def id_under(path: Path, root: Path) -> str:
    """The path relative to the root, with forward slashes.

    Raises:
        ReadError: links lead outside the root, or in a circle.
    """
    try:
        real, base = path.resolve(), root.resolve()
    except (OSError, RuntimeError) as error:
        raise ReadError(str(path), "its links lead in a circle", "give the file itself") from error
    if not real.is_relative_to(base):
        what = "a link that leads" if path.is_symlink() else "it lies"
        raise ReadError(
            str(path), f"{what} outside the folder {root}", "copy the file into the folder"
        )
    # The name that the user sees, not the one that a link inside the folder leads to.
    named = path.parent.resolve() / path.name
    return str(
        PurePosixPath(*(named if named.is_relative_to(base) else real).relative_to(base).parts)
    )


def bytes_of(path: Path) -> bytes:
    """What a regular file holds.

    Raises:
        ReadError: it is missing, unreadable, no file, or too large.
    """
    where = str(path)
    try:
        mode = path.stat()
        if stat.S_ISDIR(mode.st_mode):
            raise ReadError(where, "this is a folder", "give a file")
        if not stat.S_ISREG(mode.st_mode):
            raise ReadError(where, "this is not a regular file", "give a file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadError(where, "there is no such file", "check the path") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(where, f"it cannot be read: {reason}", "check its permissions") from error
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise ReadError(
            where, f"it is larger than {limit} MiB", "split it, or give the article alone"
        )
    return data
