"""How often words are used: the lists of wordfreq, read as they are packed.

The library's own reader imports a third of a second of tokenisers that are not wanted here.

Source: wordfreq (Speer 2022; Apache-2.0, data CC BY-SA 4.0). Its file is a list of lists: what
stands at place n is used with a frequency of 10 to the power of -n/100.
"""

from __future__ import annotations

import gzip
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from auditor.lang import base


class Frequencies(Protocol):
    """Words with how often they are used, 0 to 1."""

    def __contains__(self, word: object, /) -> bool:
        """True for a listed word."""
        ...

    def __getitem__(self, word: str, /) -> float:
        """The frequency of a listed word."""
        ...

    def get(self, word: str, default: float, /) -> float:
        """The frequency of a word, or the default where it is not listed."""
        ...


_PLACE = 1023
"""The bits of a hash that hold the place of its word: lists have 800."""


class LongList:
    """A list of hundreds of thousands of words, of which a text asks for some hundreds.

    As a dictionary it took 35 MB and a fifth of a second for each language. Kept are sorted hashes
    of 54 bits with the places of their words, 3 MB: a word that is not listed is taken for one that
    is once in 10 to the power of 10.
    """

    __slots__ = ("_keys",)

    def __init__(self, rows: Iterator[tuple[int, Sequence[bytes]]]) -> None:
        """Reads the list.

        Args:
            rows: words in UTF-8 with their place in the list.
        """
        import numpy as np

        keys = [
            np.fromiter(map(hash, row), np.int64, len(row)) & ~_PLACE | depth for depth, row in rows
        ]
        self._keys = array("q", np.sort(np.concatenate([np.zeros(0, np.int64), *keys])).tobytes())

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, word: object, /) -> bool:
        """True for a listed word."""
        return isinstance(word, str) and self.get(word, -1.0) >= 0

    def __getitem__(self, word: str, /) -> float:
        """The frequency of a listed word.

        Raises:
            KeyError: the word is not listed.
        """
        frequency = self.get(word, -1.0)
        if frequency < 0:
            raise KeyError(word)
        return frequency

    def get(self, word: str, default: float, /) -> float:
        """The frequency of a word, or the default where it is not listed."""
        key = hash(word.encode("utf-8", "surrogatepass")) & ~_PLACE
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] & ~_PLACE != key:
            return default
        return _frequency(self._keys[at] & _PLACE)


@cache
def common_words(lang: str) -> Mapping[str, float]:
    """Words from one in a million up, with their frequency, 0 to 1; empty without a list.

    Args:
        lang: BCP 47 tag.
    """
    return word_list(f"small_{base(lang)}", 600)


@cache
def all_words(lang: str) -> Frequencies:
    """Words from one in a hundred million up: ten times as many.

    Args:
        lang: BCP 47 tag.
    """
    return _long_list(base(lang)) or common_words(lang)


@cache
def _long_list(language: str) -> LongList:
    return LongList(_rows(f"large_{language}", 800, raw=True))


def word_list(name: str, rarest: int, longest: int = 40) -> Mapping[str, float]:
    """The words of one list with their frequency; empty when there is no such list.

    Args:
        name: size and base language, such as `large_zh`.
        rarest: the last place of the list that is read, in hundredths of a power of ten.
        longest: characters of the longest word that is kept.
    """
    found: dict[str, float] = {}
    for frequency, words in words_by_frequency(name, rarest, longest):
        found.update(zip(words, repeat(frequency)))
    return MappingProxyType(found)


def words_by_frequency(
    name: str, rarest: int, longest: int = 40
) -> Iterator[tuple[float, list[str]]]:
    """The words of one list that are used equally often, the most frequent first.

    Args:
        name: size and base language, such as `large_zh`.
        rarest: the last place of the list that is read, in hundredths of a power of ten.
        longest: characters of the longest word that is kept.
    """
    for depth, row in _rows(name, rarest):
        yield _frequency(depth), [word for word in row if len(word) <= longest]


def _frequency(depth: int) -> float:
    return float(10 ** (-depth / 100))


def _rows(name: str, rarest: int, *, raw: bool = False) -> Iterator[tuple[int, Any]]:
    """The words at each place of a list, as text or in UTF-8."""
    import msgpack

    # Asking for the package's resources would import it.
    spec = find_spec("wordfreq")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0] if folders else "") / "data" / f"{name}.msgpack.gz"
    if not name.replace("_", "").isalpha() or not path.is_file():
        return
    # Place by place: the whole list at once would stand in memory twice.
    unpacker = msgpack.Unpacker(raw=raw, use_list=False)
    unpacker.feed(gzip.decompress(path.read_bytes()))
    places = unpacker.read_array_header() - 1
    unpacker.skip()
    for depth in range(min(places, rarest)):
        yield depth, unpacker.unpack()
