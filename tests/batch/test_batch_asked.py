"""A store that is asked: views, SQL that can only read, and the page of a night."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from batch_runs import NIGHT

from auditor.batch.asked import VIEWS, as_csv, as_json, as_table, ask
from auditor.batch.dashboard import dashboard
from auditor.batch.job import Outcome, Status
from auditor.batch.store import Store, writing
from auditor.core import ConfigError

NEXT = NIGHT + timedelta(days=1)


def finding(number: int, rule: str, fingerprint: str, **said: Any) -> dict[str, Any]:
    return {
        "number": number,
        "rule": rule,
        "tier": "stable",
        "severity": "major",
        "confidence": 0.9,
        "message": "1983 here, 1989 elsewhere",
        "document": "fr.txt",
        "lang": "fr",
        "start": 3,
        "end": 7,
        "quote": "1983",
        "fingerprint": fingerprint,
        "evidence": "[]",
        **said,
    }


def outcome(key: str, digest: str, *findings: dict[str, Any], **said: Any) -> Outcome:
    row = {
        "outlet": "Post",
        "stable": len(findings),
        "major": len(findings),
        "critical": 0,
        "minor": 0,
        "preview": 0,
        "segments": 10,
        "fidelity": 90.0 - len(findings),
        **said,
    }
    return Outcome(key, Status.AUDITED, "", digest * 32, row, findings, cpu=2.0, encoder_cpu=1.5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    old, new = finding(0, "drift/date", "f1"), finding(1, "drift/number", "f2")
    with writing(tmp_path / "store") as opened:
        opened.add([outcome("a", "1", old), outcome("b", "1"), outcome("c", "1", old)], NIGHT)
        opened.add(
            [
                outcome("a", "2", old, new),
                outcome("d", "1", new, outlet="Echo"),
                Outcome("b", Status.FAILED, "took longer than 3 s", "3" * 32),
            ],
            NEXT,
        )
    return Store(tmp_path / "store")


def answers(store: Store, question: str) -> list[tuple[Any, ...]]:
    return list(ask(store, question).rows)


def test_a_story_counts_once_by_its_latest_outcome(store: Store) -> None:
    assert answers(store, "SELECT key, status, stable FROM stories ORDER BY key") == [
        ("a", "audited", 2),
        ("b", "failed", None),
        ("c", "audited", 1),
        ("d", "audited", 1),
    ]
    assert answers(store, "SELECT count(*) FROM all_stories") == [(6,)]
    assert answers(store, "SELECT key, number FROM findings ORDER BY ALL") == [
        ("a", 0),
        ("a", 1),
        ("c", 0),
        ("d", 1),
    ]


def test_stories_are_ranked_by_their_findings(store: Store) -> None:
    assert [row[0] for row in answers(store, "worst")] == ["a", "c", "d"]


def test_rules_are_counted_by_outlet(store: Store) -> None:
    assert answers(store, "rules_by_outlet") == [
        ("drift/date", "Post", 2, 0, 2),
        ("drift/number", "Echo", 1, 0, 1),
        ("drift/number", "Post", 1, 0, 1),
    ]


def test_what_is_new_since_last_night_leaves_out_what_was_known(store: Store) -> None:
    assert answers(store, "SELECT key, rule FROM new_findings") == [
        ("a", "drift/number"),
        ("d", "drift/number"),
    ]


def test_what_drifted_since_the_last_revision_leaves_out_new_stories(store: Store) -> None:
    assert answers(store, "SELECT key, rule FROM drifted") == [("a", "drift/number")]


def test_a_rule_that_comes_later_is_no_drift_of_the_text(tmp_path: Path) -> None:
    gone, came = finding(0, "drift/date", "f1"), finding(0, "drift/number", "f2")
    later = finding(1, "spam/injected", "f3")
    with writing(tmp_path) as store:
        store.add([outcome("a", "1", gone, content="c1")], NIGHT)
        store.add([outcome("a", "2", came, content="c2")], NEXT)
        # The same text, by an auditor with one rule more.
        store.add([outcome("a", "3", came, later, content="c2")], NEXT + timedelta(days=1))
    held = Store(tmp_path)
    assert answers(held, "SELECT key, rule, number FROM drifted") == [("a", "drift/number", 0)]
    assert answers(held, "SELECT key, rule FROM mended") == [("a", "drift/date")]
    assert answers(held, "SELECT key, number, night, latest FROM revisions ORDER BY number") == [
        ("a", 1, NIGHT, False),
        ("a", 2, NEXT, True),
    ]
    page = dashboard(held)
    table = page[page.index("Since the last revision") : page.index("Findings by rule")]
    assert re.findall(r"<td>(new|gone)</td><td>([a-z/]+)</td>", table) == [
        ("gone", "drift/date"),
        ("new", "drift/number"),
    ]


def test_failed_stories_are_listed_with_their_reason(store: Store) -> None:
    assert answers(store, "SELECT key, reason FROM failed") == [("b", "took longer than 3 s")]


def test_nights_tell_their_cost(store: Store) -> None:
    question = "SELECT night, stories, failed, stable, outside_encoder FROM nights"
    assert answers(store, question) == [
        (NIGHT, 3, 0, 2, 0.25),
        (NEXT, 3, 1, 3, 0.25),
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_asked_of_an_empty_store(tmp_path: Path, view: str) -> None:
    with writing(tmp_path):
        pass
    assert ask(Store(tmp_path), view).rows == ()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("DROP VIEW stories", "only one SELECT"),
        ("COPY stories TO 'x.csv'", "only one SELECT"),
        ("INSTALL httpfs", "only one SELECT"),
        ("ATTACH 'x.db'", "only one SELECT"),
        ("SET enable_external_access = true", "only one SELECT"),
        ("SELECT 1; SELECT 2", "only one SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "Permission Error"),
        ("SELECT * FROM '/etc/passwd'", "passwd"),
        ("SELECT content FROM read_text('/etc/passwd')", "Permission Error"),
        ("SELECT * FROM glob('/etc/*')", "Permission Error"),
        ("SELECT nothing FROM stories", "nothing"),
        ("", "only one SELECT"),
    ],
)
def test_a_question_can_neither_change_nor_read_anything_else(
    store: Store, question: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        ask(store, question)
    assert answers(store, "SELECT count(*) FROM stories") == [(4,)]


def test_answers_are_told_as_csv_json_and_a_table(store: Store) -> None:
    answer = ask(store, "SELECT key, fidelity, '=1+1' AS sum FROM stories ORDER BY key", most=2)
    assert as_csv(answer) == "key,fidelity,sum\na,88.0,'=1+1\nb,,'=1+1\n"
    assert [json.loads(line)["key"] for line in as_json(answer).splitlines()] == ["a", "b"]
    assert as_table(answer).splitlines() == [
        "key  fidelity  sum",
        "a    88.00     =1+1",
        "b              =1+1",
        "... there are more: raise --limit",
    ]


def test_a_table_holds_no_control_characters(store: Store) -> None:
    shown = as_table(ask(store, "SELECT chr(27) || '[31mred' AS a"))
    assert shown == "a\n [31mred\n"


def test_the_page_of_a_night_says_what_is_new_and_what_failed(store: Store) -> None:
    page = dashboard(store)
    assert f"<h1>Stories of {NEXT}</h1>" in page
    new = page[page.index("New since") : page.index("Since the last revision")]
    assert re.findall(r"<td>(drift/\w+)</td>", new) == ["drift/number", "drift/number"]
    assert "took longer than 3 s" in page
    assert page.count("<svg") == 3
    assert "stories of earlier nights" not in page
    assert "1 story of earlier nights did not come again or had not changed" in page
    earlier = dashboard(store, NIGHT)
    assert "took longer" not in earlier
    # What was found that night stays on its page, whatever the story became later.
    first = earlier[earlier.index("Read first") : earlier.index("New since")]
    assert re.findall(r"<td>([abc])</td>", first) == ["a", "c"]
    assert "of earlier nights" not in earlier


def test_the_page_escapes_what_stories_say(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x1b"
    told = finding(0, bad, "f", message=bad, quote=bad)
    with writing(tmp_path) as store:
        store.add(
            [
                outcome(bad, "1", told, outlet=bad),
                replace(outcome("x", "1"), status=Status.FAILED, reason=bad),
            ],
            NIGHT,
        )
    page = dashboard(Store(tmp_path))
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page


def test_a_night_that_is_not_there_is_said_with_those_that_are(store: Store) -> None:
    with pytest.raises(ConfigError, match=f"has nothing of 2020-01-01; it has {NIGHT}, {NEXT}"):
        dashboard(store, date(2020, 1, 1))
