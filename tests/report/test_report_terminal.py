"""The report at a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from report_samples import make_audit, make_clean, make_hostile
from rich.cells import cell_len

from auditor.core import Audit, Finding, NotRun, Severity, Span, Suppression, SuppressionKind, Tier
from auditor.report import print_terminal
from auditor.report.terminal_text import elided
from auditor.report.wording import labels, not_checked, sure


def _printed(audit: Audit, *, preview: bool = False, width: int | None = None) -> str:
    out = io.StringIO()
    print_terminal(audit, out, preview=preview, width=width)
    return out.getvalue()


def _block(text: str, rule: str) -> str:
    """The lines of the first finding of a rule, white space folded."""
    head = next(line for line in text.splitlines() if f"  {rule}  " in line)
    return " ".join(text[text.index(head) :].partition("\n\n")[0].split())


def test_finding_shows_place_quote_evidence_and_repair() -> None:
    block = _block(_printed(make_audit()), "drift/date")
    assert block.startswith("1 CRITICAL drift/date fr.txt:3:76 confidence 97 %")
    assert "le 4 mai [[2012]], neuf ans" in block
    assert "repair 2012 → 2021" in block
    assert "en.txt:5:61" in block
    assert "on May 4, [[2021]], nine years" in block
    assert "[[4 mai 2021]]" in block
    assert "(another article: 2021)" in block


def test_note_that_only_repeats_the_quotation_is_left_out() -> None:
    assert "(2021)" not in _block(_printed(make_audit()), "drift/date")


def test_deletion_is_said_in_words() -> None:
    block = _block(_printed(make_audit()), "spam/injected")
    # The quotation above says what goes.
    assert block.count("線上輪盤技巧") == 1
    assert "repair delete" in block


def test_missing_place_is_marked_by_a_caret() -> None:
    assert "par le conseil.[[^]]" in _block(_printed(make_audit()), "fidelity/omission")


def test_finding_on_a_whole_document_quotes_none_of_it() -> None:
    assert "Skip to content" not in _block(_printed(make_audit()), "spun/document")


def test_preview_findings_are_counted_in_one_line_and_shown_on_request() -> None:
    audit = make_audit()
    default, asked = _printed(audit), _printed(audit, preview=True)
    assert "2 preview findings not shown (--preview)\n" in default
    assert "The word is rare here." not in default
    assert "not shown" not in asked
    assert "9 MINOR preview  spun/phrase" in asked


def test_accepted_findings_are_named_with_their_reason_and_no_longer_count() -> None:
    audit = make_audit()
    held = Suppression(SuppressionKind.BASELINE, "recounted\x1b[2J")
    first, *others = audit.findings
    text = _printed(replace(audit, findings=(replace(first, suppression=held), *others)))
    assert "accepted  drift/date fr.txt:3:76: recounted<U+001B>[2J\n" in text
    assert "le 4 mai [[2012]]" not in text
    assert "7 findings in" in text.splitlines()[-1]


def test_versions_are_listed_with_scores_and_verdicts() -> None:
    lines = [" ".join(line.split()) for line in _printed(make_audit()).splitlines()]
    assert "en.txt English (en) 71.4 100 % 3 spun 96 %" in lines
    assert "fr.txt French (fr) 62 83 % 3" in lines
    assert "autre/fr.txt French (fr) — — 0" in lines


def test_versions_of_one_text_take_one_line_and_each_other_text_another() -> None:
    lines = _printed(make_audit()).splitlines()
    held = [line for line in lines if "  translation, " in line or "  comparable, " in line]
    assert held == [
        "en.txt = fr.txt = it.txt = zh-Hant.txt  translation, found",
        "en.txt ~ autre/fr.txt  comparable, declared, and so are 3 more pairs of these texts",
    ]


def test_what_was_not_checked_is_grouped_by_reason() -> None:
    text = _printed(make_audit())
    assert (
        "not checked  spun/document on fr.txt and autre/fr.txt: language fr not supported\n" in text
    )
    assert "not audited  notes.bin: not text" in text
    assert "check crashed  variant/mixed-chinese on it.txt: ZeroDivisionError" in text


def test_what_a_rule_is_made_for_is_said_once_for_all_other_languages() -> None:
    audit = make_audit()
    rule = replace(audit.rules[0], id="variant/mixed-chinese", languages=("zh",))
    skipped = (NotRun("variant/mixed-chinese", "the rule does not know this"),)
    documents = tuple(
        replace(r, rules_not_run=() if r.document.startswith("zh") else skipped)
        for r in audit.documents
    )
    text = _printed(replace(audit, rules=(*audit.rules, rule), documents=documents))
    lines = [line for line in text.splitlines() if line.startswith("not checked")]
    assert lines == [
        (
            "not checked  variant/mixed-chinese on en.txt, fr.txt, it.txt and autre/fr.txt:"
            " made for Chinese"
        )
    ]


def test_twenty_versions_are_not_listed_one_by_one() -> None:
    audit = make_audit()
    skipped = (NotRun("drift/date", "no dates here"),)
    document, result = audit.story.documents[0], audit.documents[0]
    names = [f"v{number:02}.txt" for number in range(20)]
    documents = tuple(replace(document, id=name) for name in names)
    results = [replace(result, document=name, rules_not_run=skipped) for name in names]
    audit = replace(
        audit, story=replace(audit.story, documents=documents), documents=tuple(results)
    )
    assert not_checked(audit) == [("drift/date", "all 20 versions", "no dates here")]
    results[0] = replace(result, document="v00.txt", rules_not_run=())
    assert not_checked(replace(audit, documents=tuple(results))) == [
        (
            "drift/date",
            "v01.txt, v02.txt, v03.txt, v04.txt, v05.txt, v06.txt and 13 more",
            "no dates here",
        )
    ]


def test_what_was_not_checked_is_not_called_clean() -> None:
    audit = make_clean(make_audit())
    none = tuple(replace(r, rules_run=()) for r in audit.documents)
    assert _printed(replace(audit, documents=none)).splitlines()[-1] == (
        "Nothing was checked in 5 versions."
    )
    assert _printed(replace(audit, documents=(none[0], *audit.documents[1:]))).splitlines()[-1] == (
        "Nothing found in 4 of 5 versions; nothing was checked in the rest."
    )


def test_what_several_versions_say_alike_stands_above_them() -> None:
    audit = make_audit()
    finding = next(f for f in audit.findings if len(f.evidence) > 1)
    evidence = tuple(replace(e, note="does not say so") for e in finding.evidence)
    said = replace(audit, findings=(replace(finding, evidence=evidence),))
    assert _printed(said).count("does not say so") == 1
    assert "does not say so:\n" in _printed(said)


def test_last_line_sums_up() -> None:
    last = _printed(make_audit()).splitlines()[-1]
    assert last == "8 findings in 3 of 5 versions: 2 critical, 3 major, 2 minor, 1 neutral."
    assert _printed(make_clean(make_audit())).splitlines()[-1] == "Nothing found in 5 versions."


@pytest.mark.parametrize(("width", "limit"), [(None, 100), (80, 80), (60, 60), (200, 200)])
def test_no_line_is_wider_than_asked(width: int | None, limit: int) -> None:
    lines = _printed(make_audit(), preview=True, width=width).splitlines()
    assert max(cell_len(line) for line in lines) <= limit


def test_pipe_gets_no_colour() -> None:
    assert "\x1b" not in _printed(make_audit(), preview=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("one \x1b[2J\x1b]0;title\x07 two", id="escape-sequences"),
        pytest.param("one \u202eevil\u2066 two", id="direction-changes"),
        pytest.param("one \u009b31m two", id="eight-bit-escape"),
        pytest.param("one \ud83d two", id="lone-surrogate"),
        pytest.param("one\r\nover\x08\x08written", id="carriage-return-and-backspace"),
    ],
)
def test_article_cannot_control_the_terminal(text: str) -> None:
    printed = _printed(make_hostile(make_audit(), text))
    assert all(c.isprintable() or c in "\n\N{IDEOGRAPHIC SPACE}" for c in printed)
    assert "one" in printed


def test_markup_of_the_terminal_library_is_text() -> None:
    printed = _printed(make_hostile(make_audit(), "see [red]this[/red] :warning:"), width=200)
    assert "[red]this[/red] :warning:" in printed


def test_pipe_that_cannot_hold_chinese_gets_question_marks() -> None:
    binary = io.BytesIO()
    out = io.TextIOWrapper(binary, encoding="ascii")
    print_terminal(make_audit(), out)
    out.flush()
    assert b"[[??????]]" in binary.getvalue()


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        pytest.param("first and last", 14, "first and last", id="fits"),
        pytest.param("first " + "word " * 400 + "last", 21, "first … word last", id="words"),
        pytest.param("甲乙丙丁" * 9 + "終", 13, "甲乙 … 丁終", id="two-cells-each"),
    ],
)
def test_long_quotation_is_cut_in_the_middle(text: str, cells: int, expected: str) -> None:
    assert elided(text, cells) == expected
    assert cell_len(expected) <= cells


def test_many_findings_of_one_rule_in_one_version_are_told_as_a_list() -> None:
    audit = make_audit()
    raw = audit.story.document("it.txt").raw
    many = tuple(
        Finding(
            "variant/mixed-chinese",
            Tier.STABLE,
            Severity.MINOR,
            0.8 + at / 1000,
            f"Finding at {at}.",
            (Span("it.txt", at, at + 2),),
            (),
            "x",
        )
        for at in range(4)
    )
    printed = _printed(replace(audit, findings=(audit.findings[0], *many)), width=200)
    assert "2 MINOR  variant/mixed-chinese  it.txt  4 findings  confidence 80 %" in printed
    assert "The first: Finding at 0." in printed
    assert printed.count("Finding at") == 1
    for at in range(4):
        assert f"it.txt:1:{at + 1}" in printed
        assert f"[[{raw[at : at + 2]}]]" in printed
    assert printed.splitlines()[-1] == "5 findings in 2 of 5 versions: 1 critical, 4 minor."


def test_critical_findings_are_each_shown_with_their_evidence() -> None:
    audit = make_audit()
    held = replace(audit, findings=(audit.findings[0],) * 20)
    assert _printed(held).count("CRITICAL  drift/date") == 20


def test_long_list_says_how_much_it_leaves_out() -> None:
    audit = make_audit()
    phrase = next(f for f in audit.findings if f.rule == "spun/phrase")
    printed = _printed(replace(audit, findings=(phrase,) * 30))
    assert "30 findings" in printed
    assert "and 18 more, in the HTML and JSON reports" in printed
    assert printed.splitlines()[-1] == "30 findings in 1 of 5 versions: 30 major."


def test_few_findings_with_evidence_are_not_told_as_a_list() -> None:
    audit = make_audit()
    phrase = next(f for f in audit.findings if f.rule == "spun/phrase")
    assert _printed(replace(audit, findings=(phrase,) * 7)).count("MAJOR  spun/phrase") == 7


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["en.txt", "fr.txt"], ["en.txt", "fr.txt"], id="short"),
        pytest.param(
            ["002_3fed0d8f21b62f1f.txt", "en.txt"], ["002_3fed…f1f.txt", "en.txt"], id="hash"
        ),
        pytest.param(
            ["article-of-may-fr-long.txt", "article-of-may-it-long.txt"],
            ["article-of-may-fr-long.txt", "article-of-may-it-long.txt"],
            id="would-look-alike",
        ),
    ],
)
def test_labels_are_short_while_they_tell_versions_apart(
    names: list[str], expected: list[str]
) -> None:
    assert list(labels(names, 16).values()) == expected


def test_nothing_is_certain() -> None:
    assert sure(1.0) == "99 %"
