"""Which paragraph or string a comment is about."""

from __future__ import annotations

import pytest

from auditor.pipeline.remarks import find_remarks
from auditor.read import document_from_text


def about(text: str, ending: str) -> list[tuple[tuple[str, ...], str, str]]:
    document = document_from_text(text, "x", ending=ending)
    return [(r.rules, r.reason, text[r.start : r.end]) for r in find_remarks(document)]


@pytest.mark.parametrize(
    ("ending", "text", "meant"),
    [
        (".md", "One.\n\n<!-- auditor: ignore drift/date -- why -->\n\nTwo.\n\nThree.\n", "Two."),
        (".md", "One <!-- auditor: ignore drift/date -- why --> two.\n", "whole"),
        (".yaml", "a: One\n# auditor: ignore drift/date -- why\nb: Two\n", "Two"),
        (".yaml", "a: One # auditor: ignore drift/date -- why\nb: Two\n", "One"),
        (".html", "<p>One.</p><!-- auditor: ignore drift/date -- why -->\n<p>Two.</p>", "One."),
        (".txt", "One.\n# auditor: ignore-file drift/date -- why\n", "file"),
        (".md", "---\nauditor-ignore: drift/date -- why\n---\nOne.\n", "file"),
        (".md", '---\nauditor-ignore:\n  - "drift/date -- why"\n---\nOne.\n', "file"),
        (".md", "One.\n\n<!-- auditor: ignore drift/date -- why -->\n", ""),
    ],
)
def test_a_comment_is_about_its_own_block_else_the_next(ending: str, text: str, meant: str) -> None:
    ((rules, reason, place),) = about(text, ending)
    assert (rules, reason) == (("drift/date",), "why")
    wanted = {"file": text, "whole": text.strip()}.get(meant, meant)
    assert place == wanted


def test_several_rules_and_families_and_what_cannot_be_read() -> None:
    text = (
        "<!-- auditor: ignore drift, spun/phrase -- both -->\nOne.\n\n"
        "<!-- auditor: ignore -- why -->\nTwo.\n\n<!-- auditor: ignore drift -->\nThree.\n"
    )
    assert [(rules, reason) for rules, reason, _ in about(text, ".md")] == [
        (("drift", "spun/phrase"), "both"),
        ((), "why"),
        (("drift",), ""),
    ]
