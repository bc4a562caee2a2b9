"""Rows sit where they themselves say, whoever sits beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.encode.seating import SEATS, seated

KEYS = st.lists(st.integers(0, 10_000), max_size=600)


@given(KEYS)
def test_every_row_gets_the_seat_of_its_key_and_nobody_shares_one(keys: list[int]) -> None:
    taken: dict[int, tuple[int, int]] = {}
    for table, seating in enumerate(seated(np.array(keys, dtype=np.int64))):
        for member, seat in zip(seating.members.tolist(), seating.seats.tolist(), strict=True):
            assert seat % SEATS == keys[member] % SEATS
            assert seat < seating.rounds * SEATS
            assert member not in taken
            taken[member] = (table, seat)
    assert sorted(taken) == list(range(len(keys)))
    assert len(set(taken.values())) == len(keys)


@pytest.mark.parametrize("keys", [[5], [5, 5, 5], list(range(100)), [0, SEATS, 1]])
def test_rows_come_back_from_their_seats(keys: list[int]) -> None:
    values = np.arange(len(keys) * 3, dtype=np.float32).reshape(-1, 3) + 1
    for seating in seated(np.array(keys, dtype=np.int64)):
        table = seating.table(values[seating.members])
        assert table.shape == (seating.rounds, SEATS, 3)
        assert np.count_nonzero(table) == len(keys) * 3
        assert np.array_equal(seating.rows(table), values[seating.members])


def test_rounds_are_no_more_than_the_fullest_seat_needs() -> None:
    (seating,) = seated(np.array([7, 7 + SEATS, 8], dtype=np.int64))
    assert seating.rounds == 2
