"""One encoder reads a story, and its languages choose which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from auditor.core import Story
from auditor.encode import Encoder, choice, for_languages, open_encoders, remedy, why
from auditor.encode.protocol import Vectors
from auditor.pipeline import Run, audit_story
from auditor.read import document_from_text


@dataclass(frozen=True, slots=True)
class Known:
    """Gives every text a vector of its own, in a space of its own."""

    id: str
    languages: frozenset[str]
    size: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            rows[row, sum(text.encode("utf-8")) % self.size] = 1
        return rows


FIRST = Known("first/1", frozenset({"en", "fr"}), 512)
SECOND = Known("second/2", frozenset({"en", "fr", "vi", "hi"}), 384)


@pytest.mark.parametrize(
    ("second", "langs", "expected"),
    [
        pytest.param(SECOND, ["en", "fr"], FIRST, id="the first knows all"),
        pytest.param(SECOND, ["en", "vi"], SECOND, id="it lacks one"),
        pytest.param(SECOND, ["fr", "hi-IN", "vi"], SECOND, id="it lacks two"),
        pytest.param(SECOND, ["en", "und"], FIRST, id="unknown is no reason"),
        pytest.param(SECOND, ["en", "vi", "zu"], FIRST, id="the second lacks one too"),
        pytest.param(None, ["en", "vi"], FIRST, id="there is no second"),
    ],
)
def test_the_languages_of_a_story_choose(
    second: Encoder | None, langs: list[str], expected: Encoder
) -> None:
    assert for_languages(FIRST, second, langs) is expected


def test_a_report_says_that_another_encoder_was_chosen_and_why() -> None:
    assert why(FIRST, FIRST, ["en", "fr"]) == ""
    told = why(FIRST, SECOND, ["en", "vi", "vi", "hi"])
    assert told == " for the whole story, as first does not know vi, hi"


def test_vectors_of_two_models_never_meet_in_one_story() -> None:
    texts = {"en": "The bridge is closed.", "fr": "Le pont est fermé.", "vi": "Cây cầu đã đóng."}
    documents = tuple(document_from_text(text, lang, lang=lang) for lang, text in texts.items())
    audit = audit_story(Story("bridge", documents), Run(FIRST, second=SECOND, rules=()))
    assert audit.encoder == "second/2 for the whole story, as first does not know vi"
    known = audit_story(Story("bridge", documents[:2]), Run(FIRST, second=SECOND, rules=()))
    assert known.encoder == "first/1"


def test_what_would_compare_a_language_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "find_spec", lambda _: None)
    assert "more-languages" in remedy("vi")
    assert remedy("zu") == ""
    assert open_encoders()[1] is None
    monkeypatch.setattr(choice, "find_spec", lambda _: object())
    assert remedy("vi") == ""


def test_a_named_encoder_has_no_second() -> None:
    assert open_encoders("use")[1] is None
