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
from zlib import crc32

from auditor.score.signals import Floats

SIGNS, WORDS = 1 << 14, 1 << 13
"""Rows of the table for the target and for the source: most rows have one or two tenants, and
twice as many gained nothing."""

_WORD = re.compile(r"\w+|[^\w\s]")


def gram_sum(source: str, target: str, weights: Floats) -> float:
    """The sum of the weights of both texts.

    Args:
        source: English.
        target: Chinese, in simplified characters.
        weights: shape (SIGNS + WORDS,).
    """
    signs = f"^{''.join(target.split())}$"
    pairs = (signs[at : at + 2] for at in range(len(signs) - 1))
    words = _WORD.findall(source)
    return _weighed("t", [*signs, *pairs], SIGNS, 0, weights) + _weighed(
        "s", words, WORDS, SIGNS, weights
    )


def _weighed(side: str, grams: Iterable[str], rows: int, first: int, weights: Floats) -> float:
    """The mean weight of grams, each by the logarithm of its count, over a vector of length 1."""
    counts: Counter[int] = Counter(_row(side + gram) & (rows - 1) for gram in grams)
    values = {row: 1 + math.log(count) for row, count in counts.items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return sum(value * float(weights[first + row]) for row, value in values.items()) / length


@lru_cache(maxsize=1 << 16)
def _row(gram: str) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass"))
