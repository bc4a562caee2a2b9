"""How often Python looks for garbage."""

from __future__ import annotations

import gc

from auditor.core.collector import YOUNG, collect_rarely


def test_the_program_looks_for_garbage_less_often_than_python_does() -> None:
    before = gc.get_threshold()
    try:
        collect_rarely()
        assert gc.get_threshold() == (YOUNG, 10, 10)
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
