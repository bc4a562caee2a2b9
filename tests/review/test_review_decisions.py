"""Decisions: kept by fingerprint, never lost, taken back; on SQLite and PostgreSQL."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from review_stories import FRENCH, finding, gates, many
from sqlalchemy import Engine, select

from auditor.review.database import open_database, writing
from auditor.review.decide import (
    Choice,
    ConflictError,
    MissingError,
    RefusedError,
    decide,
    decide_all,
    last_batch,
    undo,
)
from auditor.review.importing import take_in
from auditor.review.precision import Precision, precisions, rank, wilson
from auditor.review.queue import Filters, counts, neighbours, page
from auditor.review.tables import DECISIONS, FINDINGS, METADATA

ALL = Filters(state="all", tier="all")
FALSE = Choice("dismiss", reason="false alarm")


def _ids(engine: Engine, filters: Filters = ALL) -> list[int]:
    with engine.connect() as connection:
        return [row["id"] for row in page(connection, filters, size=500).findings]


def _state(engine: Engine, id: int) -> tuple[str, str, str | None, int]:
    with engine.connect() as connection:
        row = connection.execute(select(FINDINGS).where(FINDINGS.c.id == id)).one()
    return row.state, row.reason, row.repair, row.revision


def test_the_steps_of_the_tables_give_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


def test_a_database_is_opened_again_with_what_it_held(database: str, engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    again = open_database(database)
    assert len(_ids(again)) == 2
    again.dispose()


def test_an_sqlite_commit_is_on_the_disk_before_it_is_reported(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_the_queue_ranks_by_severity_then_confidence(engine: Engine) -> None:
    weak = finding("fr.txt", FRENCH, "porte", fingerprint="1:w:0", confidence=0.5)
    sure = finding("fr.txt", FRENCH, "80", fingerprint="1:s:0", confidence=0.8)
    mild = finding("fr.txt", FRENCH, "1981", fingerprint="1:m:0", severity="minor", confidence=1)
    with writing(engine) as connection:
        take_in(connection, gates(findings=[mild, weak, sure]), "ana")
        rows = page(connection, Filters()).findings
    assert [row["quote"] for row in rows] == ["80", "porte", "1981"]


def test_pages_follow_each_other_without_gaps_while_findings_are_decided(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, many("Many", 25), "ana")
    seen: list[str] = []
    after = ""
    while True:
        with writing(engine) as connection:
            held = page(connection, Filters(), after, size=10)
            seen += [row["quote"] for row in held.findings]
            decide(connection, held.findings[0]["id"], 0, FALSE, "ben")
        after = held.next
        if not after:
            break
    assert seen == [f"fault{n}." for n in range(25)]


def test_a_place_that_is_none_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(RefusedError):
        page(connection, Filters(), "1 OR 1")


def test_filters_and_counts_agree(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
        take_in(connection, many("Many", 5), "ana")
        filters = Filters(rule="drift/date")
        told = counts(connection, filters)
        assert told.total == len(page(connection, filters).findings) == 6
        assert dict(told.choices["rule"]) == {"drift/date": 6, "drift/number": 1}
        assert dict(told.choices["lang"]) == {"en": 5, "fr": 1}


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE findings; --", "\\"])
def test_a_search_is_text_and_no_pattern(engine: Engine, text: str) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
        assert page(connection, Filters(search=text)).findings == []
        assert len(page(connection, Filters(search="1981")).findings) == 1


def test_the_second_of_two_reviewers_is_told_and_the_first_decision_stands(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    first = _ids(engine)[0]
    with writing(engine) as connection:
        decide(connection, first, 0, FALSE, "ana")
    with pytest.raises(ConflictError), writing(engine) as connection:
        decide(connection, first, 0, Choice("accept"), "ben")
    assert _state(engine, first) == ("dismissed", "false alarm", None, 1)


def test_of_many_at_the_same_moment_exactly_one_decides(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    first = _ids(engine)[0]
    barrier, told = Barrier(6), []

    def act(name: str) -> None:
        barrier.wait()
        try:
            with writing(engine) as connection:
                decide(connection, first, 0, Choice("accept"), name)
            told.append("saved")
        except ConflictError:
            told.append("told")

    threads = [Thread(target=act, args=(f"r{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["saved"] + ["told"] * 5
    with engine.connect() as connection:
        assert len(connection.execute(select(DECISIONS)).all()) == 1


def test_undo_brings_back_what_was_before_and_the_history_keeps_all(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    first = _ids(engine)[0]
    with writing(engine) as connection:
        decide(connection, first, 0, Choice("repair", repair="1988"), "ana")
        second = decide(connection, first, 1, FALSE, "ana")
    with writing(engine) as connection:
        assert undo(connection, second, "ana") == [first]
    assert _state(engine, first) == ("repaired", "", "1988", 3)
    with writing(engine) as connection:
        undo(connection, last_batch(connection, "ana"), "ana")
    assert _state(engine, first) == ("open", "", None, 4)
    with engine.connect() as connection:
        kinds = connection.execute(select(DECISIONS.c.kind).order_by(DECISIONS.c.id)).scalars()
        assert list(kinds) == ["repair", "dismiss", "undo", "undo"]
    with pytest.raises(MissingError), writing(engine) as connection:
        last_batch(connection, "ana")


def test_undo_leaves_alone_what_somebody_else_decided_since(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    first = _ids(engine)[0]
    with writing(engine) as connection:
        batch = decide(connection, first, 0, FALSE, "ana")
        decide(connection, first, 1, Choice("accept"), "ben")
    with pytest.raises(ConflictError), writing(engine) as connection:
        undo(connection, batch, "ana")
    assert _state(engine, first)[0] == "accepted"


def test_a_bulk_decision_leaves_what_changed_and_is_taken_back_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, many("Many", 5), "ana")
    ids = _ids(engine)
    with writing(engine) as connection:
        decide(connection, ids[2], 0, Choice("accept"), "ben")
        batch, done, left = decide_all(connection, [(id, 0) for id in ids], FALSE, "ana")
    assert (done, left) == (4, 1)
    with writing(engine) as connection:
        assert undo(connection, batch, "ana") == [ids[0], ids[1], ids[3], ids[4]]
    assert [_state(engine, id)[0] for id in ids] == ["open", "open", "accepted", "open", "open"]


def test_bulk_repairs_take_each_findings_own_proposal(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    year, amount = _ids(engine)
    with writing(engine) as connection:
        told = decide_all(connection, [(year, 0), (amount, 0), (99, 0)], Choice("repair"), "ana")
    assert told[1:] == (1, 2)
    assert [_state(engine, id)[0] for id in (year, amount)] == ["repaired", "open"]
    assert _state(engine, year)[2] == "1987"


def test_a_new_audit_keeps_decisions_and_drops_what_is_gone(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    year, amount = _ids(engine)
    with writing(engine) as connection:
        decide(connection, year, 0, FALSE, "ana")
        new = finding("fr.txt", FRENCH, "1981", fingerprint="1:a:0", message="Said anew.")
        other = finding("fr.txt", FRENCH, "porte", fingerprint="1:n:0")
        brought = take_in(connection, gates(findings=[new, other]), "ana")
    assert (brought.added, brought.kept, brought.gone) == (1, 1, 1)
    assert _state(engine, year)[:2] == ("dismissed", "false alarm")
    assert amount not in _ids(engine)
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    # What comes back is the same finding, with its history.
    assert set(_ids(engine)) == {year, amount}


def test_a_dismissal_everywhere_holds_in_other_stories_now_and_later(engine: Engine) -> None:
    with writing(engine) as connection:
        for name in ("One", "Two"):
            take_in(connection, gates(name), "ana")
        first = page(connection, Filters(story="1")).findings[0]
        everywhere = Choice("dismiss", reason="intended", everywhere=True)
        batch = decide(connection, first["id"], 0, everywhere, "ana")
        take_in(connection, gates("Three"), "ana")
        told = page(connection, Filters(state="dismissed")).findings
        assert sorted(row["story"] for row in told) == ["One", "Three", "Two"]
        measured = {p.rule: (p.right, p.decided) for p in precisions(connection)}
        # Only one of the three was looked at.
        assert measured["drift/date"] == (0, 1)
        undo(connection, batch, "ana")
        still = page(connection, Filters(state="dismissed")).findings
        assert [row["story"] for row in still] == ["Three"]


@pytest.mark.parametrize(
    "choice",
    [
        Choice("delete"),
        Choice("dismiss"),
        Choice("dismiss", reason="because"),
        Choice("accept", reason="intended"),
        Choice("repair"),
        Choice("accept", repair="x"),
        Choice("accept", everywhere=True),
        Choice("accept", note="x" * 20_001),
    ],
    ids=lambda c: f"{c.kind}-{c.reason}",
)
def test_a_choice_that_makes_no_sense_is_refused(choice: Choice) -> None:
    with pytest.raises(RefusedError):
        choice.check()


def test_the_next_finding_is_found_from_one_that_left_the_queue(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, many("Many", 3), "ana")
        ids = [row["id"] for row in page(connection, Filters()).findings]
        decide(connection, ids[1], 0, FALSE, "ana")
        assert neighbours(connection, Filters(), ids[1]) == {"before": ids[0], "next": ids[2]}
        assert neighbours(connection, Filters(), ids[0]) == {"before": None, "next": ids[2]}


def test_precision_counts_what_reviewers_agreed_with(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, many("Many", 6), "ana")
        ids = [row["id"] for row in page(connection, Filters()).findings]
        decide(connection, ids[0], 0, Choice("accept"), "ana")
        decide(connection, ids[1], 0, Choice("repair", repair=""), "ana")
        decide(connection, ids[2], 0, Choice("dismiss", reason="fixed elsewhere"), "ana")
        decide(connection, ids[3], 0, FALSE, "ana")
        taken_back = decide(connection, ids[4], 0, FALSE, "ana")
        undo(connection, taken_back, "ana")
        (told,) = precisions(connection)
    assert (told.right, told.decided, told.proposed) == (3, 4, "")


@pytest.mark.parametrize(
    ("right", "decided", "low", "high"),
    # Source: R, prop.test(x, n, correct = FALSE).
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(right: int, decided: int, low: float, high: float) -> None:
    assert wilson(right, decided) == pytest.approx((low, high), abs=0.0006)


@pytest.mark.parametrize(
    ("tier", "right", "decided", "proposed"),
    [
        ("preview", 40, 40, "stable"),
        ("preview", 15, 15, ""),
        ("stable", 5, 40, "preview"),
        ("stable", 35, 40, ""),
    ],
)
def test_a_tier_is_proposed_where_the_interval_is_clear(
    tier: str, right: int, decided: int, proposed: str
) -> None:
    assert Precision("x/y", right, decided, tier).proposed == proposed


def test_measured_precision_moves_a_rule_within_its_severity() -> None:
    bad, good = Precision("x/y", 0, 40), Precision("x/z", 40, 40)
    ranked = [
        rank("stable", "critical", 0.5, bad),
        rank("stable", "major", 0.5, good),
        rank("stable", "major", 0.9, None),
        rank("stable", "major", 0.9, bad),
        rank("preview", "critical", 1.0, good),
    ]
    assert ranked == sorted(ranked, reverse=True)
