from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from auditor.align import relate
from auditor.align.nearest import longest_rise
from auditor.core import AlignError, Relation, RelationKind, Segment

Write = Callable[..., Any]
Version = tuple[list[Segment], NDArray[np.float32]]


def judge(left: Version, right: Version, left_lang: str = "en", right_lang: str = "fr") -> Relation:
    return relate(
        left[0],
        right[0],
        left[1],
        right[1],
        left_id="a",
        right_id="b",
        left_lang=left_lang,
        right_lang=right_lang,
    )


def on_subject(version: Version, strength: float = 1.0) -> Version:
    segments, vectors = version
    subject = np.random.default_rng(9999).normal(size=vectors.shape[1])
    rows = vectors + strength * subject / np.linalg.norm(subject)
    return segments, (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_sentences_in_order_are_a_translation_and_the_reason_counts_them(write: Write) -> None:
    relation = judge(write("a", range(12)), write("b", range(12)))
    assert relation == Relation(
        "a",
        "b",
        RelationKind.TRANSLATION,
        reason="12 of 12 sentences matched in order",
    )


@pytest.mark.parametrize(
    ("langs", "kind"),
    [
        (("en", "en"), RelationKind.REWRITE),
        (("en-GB", "en-US"), RelationKind.REWRITE),
        (("zh-Hant", "zh-Hans"), RelationKind.TRANSLATION),
        (("zh-Hant", "zh-Hant-HK"), RelationKind.REWRITE),
        (("sr-Latn", "sr-Cyrl"), RelationKind.TRANSLATION),
        (("it", "en"), RelationKind.TRANSLATION),
    ],
)
def test_one_language_in_one_script_is_a_rewrite(
    write: Write, langs: tuple[str, str], kind: RelationKind
) -> None:
    assert judge(write("a", range(8)), write("b", range(8)), *langs).kind is kind


@pytest.mark.parametrize("size", [3, 4, 5])
def test_a_few_sentences_are_enough_for_a_translation(write: Write, size: int) -> None:
    assert judge(write("a", range(size)), write("b", range(size))).kind.same_text


def test_a_third_of_the_text_may_be_gone(write: Write) -> None:
    kept = [k for k in range(40) if k not in range(8, 20)]
    assert judge(write("a", range(40)), write("b", kept)).kind is RelationKind.TRANSLATION


def test_shared_sentences_in_another_order_are_no_translation(write: Write) -> None:
    shuffled = np.random.default_rng(1).permutation(30).tolist()
    left, right = on_subject(write("a", range(30)), 0.4), on_subject(write("b", shuffled), 0.4)
    relation = judge(left, right)
    assert relation.kind is RelationKind.COMPARABLE
    assert relation.reason == "10 of 30 sentences matched in order, but 30 found again in any order"


def test_a_single_shared_sentence_proves_nothing(write: Write) -> None:
    left, right = write("a", range(6)), write("b", [100, 101, 3, 102, 103, 104])
    assert judge(left, right).kind is RelationKind.UNRELATED


def test_a_long_text_is_judged_by_all_of_it(write: Write) -> None:
    # Only one version has the preface, and it is longer than what is looked at.
    left, right = write("a", range(900)), write("b", [*range(2000, 2500), *range(900)])
    relation = judge(left, right)
    assert relation.kind is RelationKind.TRANSLATION
    assert relation.reason == "400 of 400 sentences, taken evenly from 900, matched in order"


def test_which_document_comes_first_changes_nothing_but_the_names(write: Write) -> None:
    long, short = write("a", range(600)), write("b", range(0, 600, 3))
    one, other = judge(long, short), judge(short, long)
    assert (one.kind, one.reason) == (other.kind, other.reason)


def test_one_subject_without_shared_sentences_is_comparable(write: Write) -> None:
    left = on_subject(write("a", range(20)), 0.6)
    right = on_subject(write("b", range(100, 120)), 0.6)
    relation = judge(left, right)
    assert relation.kind is RelationKind.COMPARABLE
    assert "matched in order, but the subject is shared (0." in relation.reason


def test_nothing_shared_is_unrelated(write: Write) -> None:
    relation = judge(write("a", range(20)), write("b", range(100, 120)))
    assert relation.kind is RelationKind.UNRELATED
    assert relation.reason.startswith("0 of 20 sentences matched in order, and the subjects")


def test_single_sentences_are_one_text_only_when_they_are_close(write: Write) -> None:
    assert judge(write("a", [1]), write("b", [1])).kind is RelationKind.TRANSLATION
    far = judge(write("a", [1], noise=1.2), write("b", [1], noise=0.8))
    assert far.kind is not RelationKind.TRANSLATION


def test_an_empty_document_is_named(write: Write) -> None:
    relation = judge(write("a", range(3)), write("b", []))
    assert (relation.kind, relation.reason) == (RelationKind.UNRELATED, "b has no text")


def test_vectors_of_two_widths_are_an_error(write: Write) -> None:
    with pytest.raises(AlignError, match="cannot be compared; encode both with the same encoder"):
        judge(write("a", range(3)), write("b", range(3), size=8))


@pytest.mark.parametrize(
    ("values", "length"),
    [([], 0), ([5], 1), ([3, 1, 2], 2), ([1, 1, 1], 1), ([4, 0, 5, 1, 6, 2], 3)],
)
def test_the_longest_rise_is_counted(values: list[int], length: int) -> None:
    assert longest_rise(np.array(values, np.intp)) == length
