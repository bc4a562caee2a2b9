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
    return sum(v * float(weights[row]) for row, v in gram_values(source, target).items())


def gram_values(source: str, target: str) -> dict[int, float]:
    """The rows of the table that two texts have, each with its value: a vector of length 1 each."""
    signs = f"^{''.join(target.split())}$"
    pairs = (signs[at : at + 2] for at in range(len(signs) - 1))
    own = _values("t", [*signs, *pairs], SIGNS, 0)
    return own | _values("s", _WORD.findall(source), WORDS, SIGNS)


def _values(side: str, grams: Iterable[str], rows: int, first: int) -> dict[int, float]:
    """Each row by the logarithm of its count."""
    counts: Counter[int] = Counter(first + (_row(side + gram) & (rows - 1)) for gram in grams)
    values = {row: 1 + math.log(count) for row, count in counts.items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {row: value / length for row, value in values.items()}


@lru_cache(maxsize=1 << 16)
def _row(gram: str) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass"))
