"""Unicode made comparable without changing a word.

NFKC as a whole is not safe for an auditor: it turns m² into m2, 3½ into 31⁄2 and ① into 1,
and a number check would call each a factual error. Only compatibility characters that
say the same as their plain form are replaced.

Source: UAX #15 (normalisation forms), UAX #9 (bidirectional controls).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from auditor.core import OffsetMap, TextBuilder

# Scripts that write no spaces between words: a line end inside a sentence is nothing there.
_UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u3041-\u30ff\uff66-\uff9f\U00020000-\U0003134f"
    "\N{IDEOGRAPHIC COMMA}-\N{RIGHT BLACK LENTICULAR BRACKET}\uff01-\uff0f\uff1a-\uff20"
)
_INVISIBLE = (
    "\N{SOFT HYPHEN}"  # Donaudampf(shy)schiff, from a page that hyphenates
    "\N{COMBINING GRAPHEME JOINER}\N{ARABIC LETTER MARK}"
    "\N{MONGOLIAN VOWEL SEPARATOR}"
    "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}"
    "\N{ZERO WIDTH SPACE}"  # ca(zwsp)sino, to pass a filter
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}-\u206f"  # invisible operators and the isolates
    "\N{ZERO WIDTH NO-BREAK SPACE}"  # a byte-order mark where two files were joined
    "\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}"
    "\N{VARIATION SELECTOR-17}-\N{VARIATION SELECTOR-256}"
    "\U000e0000-\U000e007f"  # tag characters: ASCII that no one sees
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are not white space
)
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
# Persian and Indic words are spelled with joiners; emoji families are glued with them.
_JOINED = "\u0600-\u08ff\u0900-\u0dff\U0001f000-\U0001ffff"
# Compatibility characters whose NFKC form says the same.
_SAFE_NFKC = (
    "０-９Ａ-Ｚａ-ｚ％＋－＄＃＠＆／＝＿"  # full-width: ２０２０年, ５％
    "\uff66-\uff9f"  # half-width kana with their sound marks: ｶﾞ
    "\ufb00-\ufb06\u0132\u0133"  # ligatures of PDF text: ﬁ, ﬄ, ĳ
    "\ufb50-\ufbb1\ufbd3-\ufbff\ufe70-\ufefc"  # Arabic letters by position, from PDF
    "\u2f00-\u2fd5"  # Kangxi radicals: ⼈ for 人, from PDF
    "\U0001d400-\U0001d7ff"  # mathematical letters used as bold: 𝐛𝐨𝐥𝐝
    "\u2103\u2109"  # ℃ is °C
    "\u3380-\u339e\u33a9-\u33ac"  # ㎞, ㎏, ㎐; but ㎡ and ㎥ stay, "m2" is no m²
)
_PLAIN = {
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{FULLWIDTH QUOTATION MARK}": '"',
    "\N{FULLWIDTH APOSTROPHE}": "'",
}
_APOSTROPHES = (
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
    "\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}\N{GRAVE ACCENT}\N{PRIME}"
)
_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u052f"
_CHANGES = re.compile(
    # White space but for a single space between words, which is most of any text, and what
    # is invisible beside it.
    rf"(?P<gap>(?:[{_INVISIBLE}]|[^\S ]|[ ](?=[\s{_INVISIBLE}{_JOINERS}]|\Z)|\A[ ])"
    rf"[\s{_INVISIBLE}{_JOINERS}]*)"
    rf"|(?P<joiner>(?<![{_JOINED}\ufe0f])[{_JOINERS}])"
    # Half-width kana take their sound mark along; the others stand alone.
    rf"|(?P<kana>[\uff66-\uff9d][\uff9e\uff9f]?)"
    rf"|(?P<safe>[{_SAFE_NFKC}])"
    rf"|(?P<plain>[{''.join(_PLAIN)}])"
    # l’accusa, don´t: between letters every such mark is an apostrophe. Not so in 他说‘好’吗.
    rf"|(?P<apostrophe>(?<=[{_LETTER}])[{_APOSTROPHES}](?=[{_LETTER}]))"
)
_WHITE = re.compile(r"\s")
_UNSPACED_CHAR = re.compile(f"[{_UNSPACED}]")


def normalise_text(text: str) -> tuple[str, OffsetMap]:
    """A text without what nobody sees, in NFC, with single spaces.

    White space becomes one space, at the ends nothing; between characters of a script
    without spaces a line end becomes nothing. `LINE SEPARATOR`, which `read` writes
    for a break that the author set (`<br>`), becomes the only line end of the result.

    Args:
        text: as it stands in a block.

    Returns:
        The normalised text, and its map to `text`. Every character of it comes from a range
        that splits no composed character and no ligature.
    """
    cleaned, offsets = _cleaned(text)
    if unicodedata.is_normalized("NFC", cleaned):
        return cleaned, offsets
    composed, onto_cleaned = _composed(cleaned)
    return composed, onto_cleaned.over(offsets)


def _cleaned(text: str) -> tuple[str, OffsetMap]:
    """The text without invisible characters, white space and widths unified."""
    builder = TextBuilder()
    copied = 0
    for match in _CHANGES.finditer(text):
        start, end = match.span()
        kind, found = match.lastgroup, match.group()
        builder.copy(text[copied:start], copied)
        copied = end
        if kind == "gap":
            builder.replace(_gap(text, start, end) if len(builder) else "", start, end)
        elif kind == "plain":
            builder.replace(_PLAIN[found], start, end)
        elif kind == "apostrophe":
            builder.replace("'", start, end)
        elif kind in ("safe", "kana"):
            builder.replace(unicodedata.normalize("NFKC", found), start, end, whole=True)
    builder.copy(text[copied:], copied)
    return builder.build()


def _gap(text: str, start: int, end: int) -> str:
    """What white space and invisible characters `[start, end)` behind other text become."""
    run = text[start:end]
    if end == len(text) or not _WHITE.search(run):
        return ""
    if "\N{LINE SEPARATOR}" in run or "\N{PARAGRAPH SEPARATOR}" in run:
        return "\n"
    wrapped = "\n" in run or "\r" in run
    if wrapped and _UNSPACED_CHAR.match(text[start - 1]) and _UNSPACED_CHAR.match(text[end]):
        return ""
    return " "


def _composed(text: str) -> tuple[str, OffsetMap]:
    """The text in NFC: what composes maps as a whole, so that no range splits é into e and ´."""
    builder = TextBuilder()
    for start, end in _clusters(text):
        cluster = text[start:end]
        form = unicodedata.normalize("NFC", cluster)
        if form == cluster:
            builder.copy(cluster, start)
        else:
            builder.replace(form, start, end, whole=True)
    return builder.build()


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the text, end to end, that NFC never joins."""
    start = 0
    for at in range(1, len(text)):
        if text[at] < "\N{COMBINING GRAVE ACCENT}" or _starts(text, start, at):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _starts(text: str, start: int, at: int) -> bool:
    """True when the character at `at` does not join the cluster begun at `start`."""
    if unicodedata.combining(text[at]):
        return False
    # Hangul jamo and some Indic vowel signs join the starter right before them, and only
    # that: three characters hold all of it, however long the cluster is.
    near = text[max(start, at - 2) : at]
    whole = unicodedata.normalize("NFC", near + text[at])
    return whole == unicodedata.normalize("NFC", near) + unicodedata.normalize("NFC", text[at])
