"""What the rule for injected spam quotes from other versions."""

from __future__ import annotations

from auditor.core import OffsetMap, Segment, Span
from auditor.text.spam_evidence import silent_versions


def segment(document: str, index: int, start: int, text: str) -> Segment:
    return Segment(document, index, text, OffsetMap.identity(len(text), start), "en")


def test_neighbouring_sentences_of_one_version_are_one_piece_of_evidence() -> None:
    counterparts = [
        segment("fr.txt", 3, 40, "Le port reste ouvert."),
        segment("fr.txt", 4, 62, "Il gèle."),
        segment("it.txt", 3, 7, "Il porto resta aperto."),
    ]
    assert [(e.span, e.note) for e in silent_versions(counterparts)] == [
        (Span("fr.txt", 40, 70), "does not mention it"),
        (Span("it.txt", 7, 29), "does not mention it"),
    ]
