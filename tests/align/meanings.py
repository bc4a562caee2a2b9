"""Documents made of numbered meanings: equal numbers translate each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from auditor.core import OffsetMap, Segment

Vectors = NDArray[np.float32]
Version = tuple[list[Segment], Vectors]
Write = Callable[..., Version]


@cache
def _meaning(number: int, size: int) -> Vectors:
    return np.random.default_rng(number).normal(size=size).astype(np.float32)


def write_version(
    name: str, meanings: Sequence[int | Sequence[int]], *, noise: float = 0.3, size: int = 256
) -> Version:
    """A version of one segment per meaning; a sequence of meanings is one merged segment."""
    random = np.random.default_rng(sum(map(ord, name)))
    segments: list[Segment] = []
    rows = np.zeros((len(meanings), size), np.float32)
    position = 0
    for at, held in enumerate(meanings):
        parts = [held] if isinstance(held, int) else list(held)
        text = " ".join(f"Meaning {part:04d} in so many words." for part in parts)
        rows[at] = sum((_meaning(part, size) for part in parts), np.zeros(size, np.float32))
        rows[at] += noise * random.normal(size=size)
        offsets = OffsetMap.identity(len(text), position)
        segments.append(Segment(name, at, text, offsets, "und", block=at))
        position += len(text) + 1
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return segments, rows / np.maximum(norms, 1e-6)
