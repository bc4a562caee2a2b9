"""What a message says of the versions that contradict a statement."""

from __future__ import annotations

import pytest

from auditor.core import BlockKind, Fact, OffsetMap, Segment
from auditor.text.contradicted import told
from auditor.text.witnesses import Dissent, Statement


def stated(document: str, quote: str) -> Statement:
    segment = Segment(
        document, 0, quote, OffsetMap.identity(len(quote)), "en", 0, BlockKind.PARAGRAPH
    )
    return Statement(segment, Fact("year", quote, 0, len(quote)))


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        ([("en.txt", "1989")], "“1989” in en.txt"),
        ([("en.txt", "1989"), ("fr.txt", "1989")], "“1989” in en.txt, fr.txt"),
        (
            [("en.txt", "June"), ("fr.txt", "juin"), ("it.txt", "giugno"), ("es.txt", "juin")],
            "“June” in en.txt, “juin” in fr.txt, es.txt and “giugno” in it.txt",
        ),
        (
            [(f"{name}.txt", "1989") for name in ("en", "fr", "it", "es", "pt")],
            "“1989” in en.txt, fr.txt, it.txt, es.txt",
        ),
    ],
    ids=["one version", "the same words", "several words", "no more than four"],
)
def test_versions_that_say_the_same_are_named_together(
    against: list[tuple[str, str]], expected: str
) -> None:
    rivals = tuple(stated(document, quote) for document, quote in against)
    dissent = Dissent(stated("zh.txt", "1983"), rivals, outvoted=True, doubtful=False)
    assert told(dissent) == expected
