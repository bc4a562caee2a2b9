"""What raters made of the words and signs that a pair of texts is written in.

A ridge regression on the words of the English source and on single and paired signs of the Chinese
target, hashed into a table. It knows in what wordings machine translation tends to go wrong, and
nothing of whether this target says what this source says.

Source: fitted on the ratings of MLQE-PE English-Chinese train (Fomicheva et al. 2022, CC0); the
table holds weights by hash and no text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from zlib import crc32

from auditor.score.signals import Floats

SIGNS, WORDS = 1 << 14, 1 << 13
"""Rows of the table for the target and for the source: most rows have one or two tenants, and
twice as many gained nothing."""

MANY = 256
"""More of one gram count as so many."""
_VALUES = tuple(1 + math.log(count) for count in range(1, MANY + 1))

_WORD = re.compile(r"\w+|[^\w\s]")


def gram_sum(source: str, target: str, weights: Floats) -> float:
    """The sum of the weights of both texts.

    Args:
        source: English.
        target: Chinese, in simplified characters.
        weights: shape (SIGNS + WORDS,).
    """
    return sum(v * float(weights[row]) for row, v in gram_values(source, target).items())


def gram_values(source: str, target: str) -> dict[int, float]:
    """The rows of the table that two texts have, each with its value: a vector of length 1 each."""
    signs = f"^{''.join(target.split())}$"
    pairs = map("".join, pairwise(signs))
    return _values(map(_sign_row, chain(signs, pairs))) | _values(
        map(_word_row, _WORD.findall(source))
    )


def _values(rows: Iterable[int]) -> dict[int, float]:
    """Each row by the logarithm of its count."""
    values = {row: _VALUES[min(count, MANY) - 1] for row, count in Counter(rows).items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {row: value / length for row, value in values.items()}


@lru_cache(maxsize=1 << 16)
def _sign_row(gram: str) -> int:
    return crc32(b"t" + gram.encode("utf-8", "surrogatepass")) & (SIGNS - 1)


@lru_cache(maxsize=1 << 16)
def _word_row(word: str) -> int:
    return SIGNS + (crc32(b"s" + word.encode("utf-8", "surrogatepass")) & (WORDS - 1))
