"""No text is encoded twice, in one run or in the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from auditor.encode import Vectors, cached
from auditor.encode import memory as memory_module


class Shelf:
    """A store that shows what it holds."""

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        return {key: self.held[key] for key in keys if key in self.held}

    def put_many(self, entries: Mapping[bytes, bytes]) -> None:
        self.held.update(entries)


class Counter:
    """An encoder of `size` numbers, which remembers what it was asked."""

    def __init__(self, id: str = "counter", size: int = 4) -> None:
        self.id = id
        self.languages = frozenset({"en"})
        self.asked: list[list[str]] = []
        self.size = size

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(list(texts))
        vectors = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, len(text) % self.size] = 1
        return vectors


def test_each_distinct_text_is_encoded_once_and_in_its_place() -> None:
    counter = Counter()
    vectors = cached(counter, Shelf()).encode(["a", "bb", "a", "", "bb"])
    assert counter.asked == [["a", "bb", ""]]
    assert vectors.argmax(axis=1).tolist() == [1, 2, 1, 0, 2]
    assert vectors.dtype == np.float32


def test_a_second_run_encodes_nothing_and_gives_the_same_bits() -> None:
    shelf, counter = Shelf(), Counter()
    first = cached(counter, shelf).encode(["a", "bb"])
    again = cached(counter, shelf).encode(["bb", "a"])
    assert len(counter.asked) == 1
    assert np.array_equal(again, first[::-1])


def test_another_encoder_does_not_get_these_vectors() -> None:
    shelf, other = Shelf(), Counter("other", size=8)
    cached(Counter(), shelf).encode(["a"])
    assert cached(other, shelf).encode(["a"]).shape == (1, 8)


def test_the_name_of_the_encoder_and_the_text_cannot_be_confused() -> None:
    shelf = Shelf()
    cached(Counter("a"), shelf).encode(["b\0c"])
    cached(Counter("a\0b"), shelf).encode(["c"])
    assert len(shelf.held) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"abc", id="not whole numbers"),
        pytest.param(np.zeros(4, dtype="<f4").tobytes(), id="zeros"),
        pytest.param(np.full(4, np.nan, dtype="<f4").tobytes(), id="not a number"),
        pytest.param(np.eye(1, 3, dtype="<f4").tobytes(), id="another size"),
    ],
)
def test_a_damaged_vector_is_encoded_again(damage: bytes) -> None:
    shelf, counter = Shelf(), Counter()
    cached(counter, shelf).encode(["a", "bb"])
    shelf.held[next(iter(shelf.held))] = damage
    assert cached(counter, shelf).encode(["a", "bb"]).argmax(axis=1).tolist() == [1, 2]


def test_progress_counts_what_is_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "BATCH", 2)
    seen: list[tuple[int, int]] = []
    encoder = cached(Counter(), Shelf(), lambda done, total: seen.append((done, total)))
    encoder.encode(["a", "bb", "ccc", "a", "dddd", "eeeee"])
    assert seen == [(2, 5), (4, 5), (5, 5)]
    encoder.encode(["a", "bb"])
    assert len(seen) == 3


def test_an_interrupted_run_keeps_what_it_has_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "BATCH", 1)
    shelf = Shelf()

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cached(Counter(), shelf, interrupt).encode(["a", "bb"])
    assert len(shelf.held) == 1


def test_no_texts_give_no_rows() -> None:
    assert cached(Counter(), Shelf()).encode([]).shape == (0, 4)


def test_half_a_surrogate_pair_has_a_key_of_its_own() -> None:
    shelf = Shelf()
    cached(Counter(), shelf).encode(["\ud83d", "\udcff", "?"])
    assert len(shelf.held) == 3
