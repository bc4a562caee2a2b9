"""Checks the vectors that an encoder gave before anything is computed from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.core import AlignError, Segment

Vectors = NDArray[np.float32]


def unit_rows(segments: Sequence[Segment], vectors: Vectors) -> Vectors:
    """The vectors of a document with every row of length one.

    Args:
        segments: of one document.
        vectors: one row per segment, float (n, d); rows of zeros stay as they are.

    Returns:
        A float32 array (n, d); for no segments (0, d), and (0, 0) when `vectors` has no width.

    Raises:
        AlignError: the number of rows is not the number of segments, or a value is not
            a finite number.
    """
    name = segments[0].document if segments else ""
    rows = np.asarray(vectors, dtype=np.float32)
    if not segments and rows.size == 0:
        return np.zeros((0, rows.shape[1] if rows.ndim == 2 else 0), np.float32)
    if rows.ndim != 2 or len(rows) != len(segments):
        raise AlignError(
            name,
            f"{len(segments)} segments, but vectors of shape {rows.shape}",
            "give the encoder every segment once",
        )
    if not np.isfinite(rows).all():
        bad = int(np.flatnonzero(~np.isfinite(rows).all(axis=1))[0])
        raise AlignError(
            name,
            f"the vector of segment {bad} holds values that are not finite numbers",
            "use another encoder, or delete its cache",
        )
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)


def unit_pair(
    source: Sequence[Segment],
    target: Sequence[Segment],
    source_vectors: Vectors,
    target_vectors: Vectors,
) -> tuple[Vectors, Vectors]:
    """Both sides checked, and of one width.

    Args:
        source: segments of one document.
        target: segments of the other.
        source_vectors: (n, d).
        target_vectors: (m, d).

    Returns:
        Both as float32 unit rows.

    Raises:
        AlignError: see `unit_rows`; or the two widths differ.
    """
    left, right = unit_rows(source, source_vectors), unit_rows(target, target_vectors)
    if source and target and left.shape[1] != right.shape[1]:
        raise AlignError(
            f"{source[0].document}, {target[0].document}",
            f"vectors of {left.shape[1]} and of {right.shape[1]} numbers cannot be compared",
            "encode both with the same encoder",
        )
    return left, right
