"""Segments that break off inside a bracket: what follows them belongs to the same sentence.

Splitters and scans cut `(London: Collins 1956)` after the colon. A bead that ends there is
nearly always wrong, whatever the vectors say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.core import Segment

REACH = 2
"""A bracket still open after so many segments is a misprint, or holds whole sentences."""
# Not 「 or „: a quotation may go on for any number of whole sentences.
_OPENING, _CLOSING = "([（［〔【", ")]）］〕】"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")


def unfinished(segments: Sequence[Segment]) -> NDArray[np.float32]:
    """Which segments end inside a bracket.

    Args:
        segments: of one document, in order.

    Returns:
        (n,): 1 where a bracket is open at the end, else 0.
    """
    marks = np.zeros(len(segments), np.float32)
    depth = since = 0
    for at, segment in enumerate(segments):
        before = depth
        for bracket in _BRACKET.findall(segment.text):
            # `b) the second point` closes what was never opened.
            depth = depth + 1 if bracket in _OPENING else max(depth - 1, 0)
        since = since + 1 if before and depth else 0
        if since >= REACH:
            depth = since = 0
        marks[at] = min(depth, 1)
    return marks
