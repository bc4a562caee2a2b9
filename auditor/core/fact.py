"""Typed, comparable values found in text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it stands in the text that was searched.

    Attributes:
        kind: the type, such as `year`, `month`, `day`; values of two kinds are never compared.
        value: canonical form, such as `1989` or `06`; facts match when their sets of
            `value` and `alternatives` meet.
        start: first code point in the searched text.
        end: one past the last code point.
        hard: a hard fact (digits, full dates) can raise a finding; a soft one (a small number
            word, a relative date) can only satisfy another.
        alternatives: other readings, such as `20` beside `8` for a clock time.
        unit: what a quantity counts or measures, such as `percent`, `year`, `money:euro`; empty
            where the text does not say, and for other kinds; `dateline` for a date that was counted
            from the day of publication.
    """

    kind: str
    value: str
    start: int
    end: int
    hard: bool = True
    alternatives: tuple[str, ...] = ()
    unit: str = ""

    @property
    def readings(self) -> frozenset[str]:
        """Every value that this fact may mean."""
        return frozenset((self.value, *self.alternatives))
