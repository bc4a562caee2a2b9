"""Characters that must not reach a reader as they are: controls, direction changes, escapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Emoji families and Persian or Indic words are spelt with these two.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

# What an editor calls a line: `str.splitlines` also breaks at form feeds and U+2028.
LINE_END = re.compile(r"\r\n|\r|\n")

# Text that a browser shows without harm, in one test for nearly every piece of an article.
_HARMLESS = re.compile(r"[\t\n\r\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]")


def code_point(character: str) -> str:
    """The name by which a character can be looked up, such as `U+202E`."""
    return f"U+{ord(character):04X}"


def well_formed(text: str) -> str:
    """The text with lone surrogates replaced, of the same length.

    A JSON string file may hold one half of an escaped emoji: Python keeps it, UTF-8 cannot.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if _lone(c) else c for c in text)
    return text


def well_formed_name(name: str) -> str:
    """A file name with undecodable bytes written out, so that two names stay two."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def on_one_line(text: str, keep: str = JOINERS) -> str:
    """The text as one line that is safe in a terminal.

    White space becomes single spaces; whatever could move the cursor, turn the
    direction or hide is written as `<U+001B>`.

    Args:
        text: any text.
        keep: format characters that are shown as they are.
    """
    spaced = " ".join(text.split(" ")) if text.isprintable() else _spaced(text)
    if spaced.isprintable():
        return spaced
    return "".join(
        c if c.isprintable() or c in keep or c == "\N{IDEOGRAPHIC SPACE}" else f"<{code_point(c)}>"
        for c in spaced
    )


def shown_parts(text: str, *, marked: bool) -> Iterator[tuple[str, str]]:
    """Cuts text for a web page into what is shown as it is and what is named instead.

    Args:
        text: any text.
        marked: True inside a finding, where also soft hyphens, zero-width and blank
            characters must be seen, since they may be the defect.

    Yields:
        `(text, "")` for plain text, `(text, name)` for a single character whose name
        stands for it: `U+202E RIGHT-TO-LEFT OVERRIDE`.
    """
    if text.isprintable() or (not marked and _HARMLESS.sub("", text).isprintable()):
        yield from ((text, ""),) if text.strip() or not marked else _blanks(text)
        return
    plain: list[str] = []
    for character in text:
        if _is_plain(character, marked=marked):
            plain.append(character)
            continue
        if plain:
            yield "".join(plain), ""
            plain.clear()
        yield character, _name(character)
    if plain:
        yield "".join(plain), ""


def _blanks(text: str) -> Iterator[tuple[str, str]]:
    # A mark of nothing but spaces would be an invisible mark.
    for character in text:
        yield character, _name(character)


def _is_plain(character: str, *, marked: bool) -> bool:
    if character.isprintable() or character in "\t\n\r" or character in JOINERS:
        return True
    if unicodedata.category(character) == "Zs":
        return True
    # Legitimate in most pages, and of no width: only of interest where it was found.
    harmless = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    return not marked and character in harmless


def _name(character: str) -> str:
    return f"{code_point(character)} {unicodedata.name(character, '')}".strip()


def _lone(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _spaced(text: str) -> str:
    wide = "\N{IDEOGRAPHIC SPACE}"
    blank = {"\t", "\n", "\r"}
    return re.sub(
        " {2,}",
        " ",
        "".join(
            " "
            if c in blank or (unicodedata.category(c) in ("Zs", "Zl", "Zp") and c != wide)
            else c
            for c in text
        ),
    )
