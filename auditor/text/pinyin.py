"""How a Chinese character is read: pypinyin's table of characters, read as it is packed.

The package itself imports 47,000 phrases that a character by itself does not need: .3 s, 40 MB.

Source: pypinyin (MIT), `pinyin_dict.json`: the readings of each character, the commonest first.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_TONES = (
    "\N{COMBINING MACRON}\N{COMBINING ACUTE ACCENT}\N{COMBINING CARON}\N{COMBINING GRAVE ACCENT}"
)
_TONELESS = str.maketrans("", "", _TONES)


def reading(char: str) -> str:
    """The commonest reading of a character without tone, ü as v; empty when there is none.

    Args:
        char: one character.
    """
    first = _readings().get(str(ord(char)), "").split(",")[0]
    split = unicodedata.normalize("NFD", first).replace("u\N{COMBINING DIAERESIS}", "v")
    return unicodedata.normalize("NFC", split.translate(_TONELESS))


@cache
def _readings() -> Mapping[str, str]:
    spec = find_spec("pypinyin")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0] if folders else "") / "pinyin_dict.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
