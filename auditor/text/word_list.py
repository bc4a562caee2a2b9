"""The words of a text in the order in which they stand, in any script."""

from __future__ import annotations

import re

from auditor.lang import base
from auditor.text.chinese_words import segment

LONGEST = 4000
"""Characters of a text that are cut into words."""

MOST = 400
"""Words of a text that are compared with those of another: the work grows with their product."""

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*"  # 1,500 and 3.5
    r"|[\u3400-\u9fff]+"  # cut into words below
    r"|[\u3040-\u30ff\uff66-\uff9fー]+"  # kana stand apart from the characters beside them
    r"|[\u0e00-\u0e7f]+"  # Thai, at spaces only
    r"|(?:(?![\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f])[^\W\d_])+"
    r"(?:['’](?:(?![\u3400-\u9fff])[^\W\d_])+)*"  # don't, l'eau
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def word_list(text: str, lang: str) -> list[str]:
    """The words of a text; Chinese must be in simplified characters to be cut well.

    Args:
        text: as the encoder reads it.
        lang: its BCP 47 tag.
    """
    found: list[str] = []
    for match in _WORD.finditer(text[:LONGEST]):
        piece = match.group()
        if _HAN.match(piece) and base(lang) == "zh":
            found += segment(piece)[1]
        else:
            found.append(piece)
        if len(found) >= MOST:
            break
    return found[:MOST]
