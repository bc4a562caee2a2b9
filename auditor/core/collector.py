"""How often Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc

YOUNG = 50_000
"""New objects after which the youngest are looked through: Python's own is 700."""


def collect_rarely() -> None:
    """Looks for cyclic garbage less often: for a program of ours, never for a library.

    Tables of words are hundreds of thousands of objects that never die. To look through them
    again while they grew took some 6 % of an audit's processor time (six runs: 3 to 14 %).
    """
    gc.set_threshold(YOUNG, 10, 10)
