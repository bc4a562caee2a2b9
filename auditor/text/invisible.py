"""Finds characters that nobody sees, or that show as an empty box, where they have no use.

Most of them have a use somewhere: joiners spell Persian and glue emoji, direction marks hold
Hebrew and English together, soft hyphens tell where a long word may break. Each is left alone
there, and found where it does nothing but hide: `ca(zwsp)sino` passes a word filter.

Source: UAX #9 (bidirectional controls), UAX #29 and UTS #51 (joiners, emoji), UTS #37
(variation sequences of ideographs), UTR #36 (what such characters are misused for).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Invisible(StrEnum):
    """What an odd character is, in the words of a message."""

    ZERO_WIDTH = "zero-width character inside a word"
    BYTE_ORDER = "byte-order mark inside the text"
    SOFT_HYPHEN = "soft hyphen where no word breaks"
    DIRECTION = "direction control without text of the other direction"
    OVERRIDE = "direction override"
    TAGS = "invisible characters that carry hidden text"
    CONTROL = "control character"
    PRIVATE = "private-use character, an empty box on other computers"
    LOST = "replacement character: what stood here was lost in decoding"
    FILLER = "blank letter"


@dataclass(frozen=True, slots=True)
class Odd:
    """A run of odd characters.

    Attributes:
        start: first code point in the searched text.
        end: one past its last.
        kind: what it is.
        names: the code points, each once, such as `U+200B`.
    """

    start: int
    end: int
    kind: Invisible
    names: tuple[str, ...]

    @property
    def deletable(self) -> bool:
        """True when nothing is lost with it."""
        return self.kind not in (Invisible.PRIVATE, Invisible.LOST)


_ZERO = "\N{ZERO WIDTH SPACE}\N{WORD JOINER}-\u2064\N{COMBINING GRAPHEME JOINER}"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_SHY = "\N{SOFT HYPHEN}"
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
_BIDI = "\u202a-\u202c\u2066-\u2069"
_OVERRIDES = "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
_TAGS = "\U000e0001\U000e0020-\U000e007f"
_SELECTORS = "\ufe00-\ufe0d\U000e0100-\U000e01ef"
_FILLERS = (
    "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}\N{BRAILLE PATTERN BLANK}"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_ODD = re.compile(
    # One run of one kind at a time: a million of them are one finding.
    rf"(?P<zero>[{_ZERO}{_JOINERS}{_SHY}]+)"
    rf"|(?P<bom>{_BOM}+)"
    rf"|(?P<override>[{_OVERRIDES}]+)"
    rf"|(?P<bidi>[{_BIDI}{_MARKS}]+)"
    rf"|(?P<tags>[{_TAGS}]+)"
    rf"|(?P<selectors>[{_SELECTORS}]+)"
    rf"|(?P<filler>[{_FILLERS}]+)"
    # C1 controls are windows-1252 read as latin-1: mojibake, with its repair.
    r"|(?P<control>[\x00-\x08\x0e-\x1f\x7f]+)"
    rf"|(?P<private>[{_PRIVATE}]+)"
    r"|(?P<lost>\N{REPLACEMENT CHARACTER}+)"
)
_KINDS = {
    "bom": Invisible.BYTE_ORDER,
    "override": Invisible.OVERRIDE,
    "bidi": Invisible.DIRECTION,
    "control": Invisible.CONTROL,
    "private": Invisible.PRIVATE,
    "lost": Invisible.LOST,
    "filler": Invisible.FILLER,
}
# Hebrew, Arabic, Syriac, Thaana, N'Ko and the forms of Arabic: written from the right.
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
# Scripts spelled with joiners, or written without spaces and broken where a zero-width
# space allows it: Arabic to Sinhala, Thai to Burmese, Khmer, Mongolian.
_SPELLED = re.compile(r"[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u1950-\u1aaf]")
# A no-break joiner between f and what would melt with it: `Auf(zwnj)lage`, German typesetting.
_LIGATURES = ("ff", "fi", "fl", "fj", "ft", "fb", "fh", "fk")
SHORTEST_PART = 2
"""Letters that hyphenation leaves on each side: TeX's patterns ask for 2 and 2 or 3."""
SHORTEST_BROKEN = 5
"""Letters of a word that is worth breaking."""
MOST_TAGS = 8
"""Variation selectors or tags in one run that spell something; flags of regions have 6 or 7."""
APPLE = "\uf8ff"
"""The logo of Apple on its own computers: a private-use character in print for forty years."""


def find_invisible(text: str) -> Iterator[Odd]:
    """Yields the odd characters of a text, runs of one kind joined.

    Args:
        text: a paragraph as it stands in the file.
    """
    turned: bool | None = None
    for match in _ODD.finditer(text):
        start, end = match.span()
        group = match.lastgroup or ""
        if group == "bidi":
            turned = bool(_RTL.search(text)) if turned is None else turned
        kind = _judged(text, start, end, group, turned=bool(turned))
        if kind:
            names = dict.fromkeys(f"U+{ord(char):04X}" for char in text[start:end])
            yield Odd(start, end, kind, tuple(names)[:4])


def _judged(text: str, start: int, end: int, group: str, *, turned: bool) -> Invisible | None:
    """What a run is, or None where it is in its place."""
    if group == "zero":
        return _zero_width(text, start, end)
    if group == "selectors":
        return _selectors(text, start, end)
    if group == "tags":
        # Flags of England, Scotland and Wales are a black flag with tags.
        flag = _before(text, start) == "\N{WAVING BLACK FLAG}" and end - start <= MOST_TAGS
        return None if flag else Invisible.TAGS
    if group in ("bidi", "filler"):
        # At the edge of a word they are what a copy from a social network leaves.
        harmless = turned or not _in_word(text, start, end)
    else:
        harmless = text[start:end] == APPLE
    return None if harmless else _KINDS[group]


def _zero_width(text: str, start: int, end: int) -> Invisible | None:
    before, after = _before(text, start), text[end : end + 1]
    run = text[start:end]
    if not _in_word(text, start, end) or _SPELLED.match(before) or _SPELLED.match(after):
        return None
    if set(run) == {_SHY}:
        return _soft_hyphen(text, start, end)
    if run == "\N{ZERO WIDTH NON-JOINER}" and (before + after).lower() in _LIGATURES:
        return None
    if run == "\N{ZERO WIDTH SPACE}" and (_is_wide(before) or _is_wide(after)):
        # Chinese and Japanese may break anywhere: there it is debris, and hides nothing.
        return None
    return Invisible.ZERO_WIDTH


def _soft_hyphen(text: str, start: int, end: int) -> Invisible | None:
    """A soft hyphen that no hyphenation sets: in a short word, or behind a single letter."""
    left, right = start, end
    while left > max(0, start - 40) and text[left - 1].isalpha():
        left -= 1
    while right < min(len(text), end + 40) and text[right].isalpha():
        right += 1
    alone = _is_wide(text[start - 1]) or _is_wide(text[end])
    parts = (start - left, right - end)
    # `c(shy)a(shy)s(shy)i(shy)n(shy)o`; but `ge(shy)n` is bad typesetting, no disguise.
    neighbours = _before(text, left) == _SHY, text[right : right + 1] == _SHY
    lone = (parts[0] < SHORTEST_PART and neighbours[0]) or (
        parts[1] < SHORTEST_PART and neighbours[1]
    )
    return Invisible.SOFT_HYPHEN if alone or lone or end - start > 1 else None


def _selectors(text: str, start: int, end: int) -> Invisible | None:
    """Variation selectors that spell hidden text: one behind a character has its use."""
    if end - start > 1:
        return Invisible.TAGS
    before = _before(text, start)
    # Behind a letter of an alphabet no variation is defined, but for Mongolian and Burmese.
    plain = before.isascii() and before.isalpha()
    return Invisible.TAGS if plain else None


def _in_word(text: str, start: int, end: int) -> bool:
    """True between two letters or digits."""
    return start > 0 and _is_letter(text[start - 1]) and _is_letter(text[end : end + 1])


def _before(text: str, at: int) -> str:
    return text[at - 1] if at else ""


def _is_letter(char: str) -> bool:
    return bool(char) and (char.isalnum() or unicodedata.category(char)[0] == "M")


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"
