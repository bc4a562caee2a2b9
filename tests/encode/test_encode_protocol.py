"""Vectors are checked before anyone uses them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from auditor.core.errors import EncodeError
from auditor.core.rule import Phrase
from auditor.encode import ANY_LANGUAGE, Vectors, described, knows, open_encoder
from auditor.encode.protocol import checked
from auditor.pipeline.context import Meaning


class Polyglot:
    def __init__(self, languages: frozenset[str]) -> None:
        self.id = "polyglot"
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        pytest.param([[1.0, 0.0]], "shape (1, 2) for 2 texts", id="one too few"),
        pytest.param([1.0, 0.0], "shape (2,) for 2 texts", id="flat"),
        pytest.param([[1.0, 0.0], [1.0]], "vectors of several sizes", id="two sizes"),
        pytest.param(["a", "b"], "what are no vectors", id="no numbers"),
        pytest.param(np.ones((2, 0)), "shape (2, 0)", id="no columns"),
        pytest.param([[1.0, 0.0], [np.nan, 1.0]], "length nan instead of 1 for text 2", id="nan"),
        pytest.param([[np.inf, 0.0], [1.0, 0.0]], "length inf", id="infinite"),
        pytest.param([[0.0, 0.0], [1.0, 0.0]], "length 0 instead of 1 for text 1", id="zero"),
        pytest.param([[3.0, 4.0], [1.0, 0.0]], "length 5", id="not normalised"),
    ],
)
def test_unusable_vectors_are_an_error_with_a_remedy(vectors: object, message: str) -> None:
    with pytest.raises(EncodeError) as caught:
        checked(vectors, 2, "tiny")
    assert message in str(caught.value)
    assert str(caught.value).startswith("encoder tiny: ")
    assert caught.value.remedy


def test_sound_vectors_come_back_as_float32() -> None:
    vectors = checked(np.eye(3, dtype=np.float64), 3, "tiny")
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, np.eye(3))


def test_no_texts_are_no_error() -> None:
    assert checked(np.zeros((0, 8)), 0, "tiny").shape == (0, 8)


@pytest.mark.parametrize(
    ("languages", "tag", "known"),
    [
        (frozenset({"zh"}), "zh-Hant", True),
        (frozenset({"zh"}), "ZH", True),
        (frozenset({"zh"}), "vi", False),
        (ANY_LANGUAGE, "vi", True),
        (frozenset(), "en", False),
    ],
)
def test_a_language_is_known_by_its_base(
    languages: frozenset[str], tag: str, *, known: bool
) -> None:
    assert knows(Polyglot(languages), tag) is known


class Growing:
    """A model whose vectors have another size at every call."""

    id = "growing"
    languages = ANY_LANGUAGE

    def __init__(self) -> None:
        self.size = 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.size += 1
        return np.eye(len(texts), self.size, dtype=np.float32)


def test_vectors_of_two_sizes_in_one_story_are_one_clear_error() -> None:
    meaning = Meaning(Growing())
    meaning.vectors([Phrase("one", "en")])
    with pytest.raises(EncodeError, match="vectors of 2 numbers before, and of 3 now; choose"):
        meaning.vectors([Phrase("two", "en")])


def test_a_report_names_precision_and_device() -> None:
    encoder = open_encoder("use")
    assert described(encoder) == f"{encoder.id} (8-bit embeddings, float32, cpu)"
    assert described(Growing()) == "growing"
