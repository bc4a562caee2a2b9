"""How often words are used: the lists of wordfreq, read as they are packed.

The library's own reader imports a third of a second of tokenisers that are not wanted here.

Source: wordfreq (Speer 2022; Apache-2.0, data CC BY-SA 4.0). Its file is a list of lists: what
stands at place n is used with a frequency of 10 to the power of -n/100.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from auditor.lang import base


@cache
def common_words(lang: str) -> Mapping[str, float]:
    """Words from one in a million up, with their frequency, 0 to 1; empty without a list.

    Args:
        lang: BCP 47 tag.
    """
    return word_list(f"small_{base(lang)}", 600)


@cache
def all_words(lang: str) -> Mapping[str, float]:
    """Words from one in a hundred million up: ten times as many, and ten times the loading.

    Args:
        lang: BCP 47 tag.
    """
    return word_list(f"large_{base(lang)}", 800) or common_words(lang)


def word_list(name: str, rarest: int, longest: int = 40) -> Mapping[str, float]:
    """The words of one list with their frequency; empty when there is no such list.

    Args:
        name: size and base language, such as `large_zh`.
        rarest: the last place of the list that is read, in hundredths of a power of ten.
        longest: characters of the longest word that is kept.
    """
    import msgpack

    # Asking for the package's resources would import it.
    spec = find_spec("wordfreq")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0] if folders else "") / "data" / f"{name}.msgpack.gz"
    if not name.replace("_", "").isalpha() or not path.is_file():
        return MappingProxyType({})
    packed = gzip.decompress(path.read_bytes())
    found: dict[str, float] = {}
    for depth, row in enumerate(msgpack.unpackb(packed)[1 : rarest + 1]):
        frequency = 10 ** (-depth / 100)
        found.update((word, frequency) for word in row if len(word) <= longest)
    return MappingProxyType(found)
