"""What is shown of a finding: its passage, its marks, its context and its evidence."""

from __future__ import annotations

from typing import Any

from review_stories import finding, report
from sqlalchemy import Engine, select

from auditor.review.database import writing
from auditor.review.given import Given
from auditor.review.importing import take_in
from auditor.review.passages import View, view
from auditor.review.tables import FINDINGS

EN = "One stands. Two came in 1987. Three went.\n"
FR = "Un reste. Deux vint en 1981. Trois partit.\n"
OTHER = "Elsewhere. It was 1987.\n"


def _ranges(text: str) -> list[dict[str, int]]:
    """The sentences of a text."""
    made, start = [], 0
    for sentence in text.strip().split(". "):
        end = min(start + len(sentence) + 1, len(text.strip()))
        made.append({"start": start, "end": end})
        start = end + 1
    return made


def _place(document: str, text: str, marked: str, note: str = "") -> dict[str, Any]:
    start = text.index(marked)
    end = start + len(marked)
    return {"document": document, "start": start, "end": end, "text": marked, "note": note}


def _shown(engine: Engine, held: dict[str, Any], context: int = 0) -> View:
    texts = {"en.txt": ("en", EN), "fr.txt": ("fr", FR), "other.txt": ("en", OTHER)}
    made = report("Counting", texts, [held])
    rows: list[dict[str, Any]] = [
        {"spans": {"en.txt": [one], "fr.txt": [two]}}
        for one, two in zip(_ranges(EN), _ranges(FR), strict=True)
    ]
    # Passages of the other article stand between those of this text.
    for number, one in enumerate(_ranges(OTHER)):
        rows.insert(2 * number + 1, {"spans": {"other.txt": [one]}})
    made["passages"] = rows
    with writing(engine) as connection:
        take_in(connection, Given(made, {n: t for n, (_, t) in texts.items()}), "ana")
        row = connection.execute(select(FINDINGS)).mappings().one()
        return view(connection, row, context)


def _text(view: View, row: int, document: str) -> str:
    (cell,) = [c for c in view.rows[row] if c.document == document]
    return "".join(f"[{p.mark} {p.text}]" if p.mark else p.text for p in cell.parts)


YEAR = finding(
    "fr.txt",
    FR,
    "1981",
    fingerprint="1:a:0",
    repair="1987",
    evidence=[
        _place("en.txt", EN, "1987", "1987"),
        _place("other.txt", OTHER, "1987", "so says the other article"),
    ],
)


def test_the_marks_stand_at_their_characters(engine: Engine) -> None:
    held = _shown(engine, YEAR)
    assert _text(held, 0, "fr.txt") == "Deux vint en [finding 1981]."
    assert _text(held, 0, "en.txt") == "Two came in [evidence 1987]."
    assert [(c.kind, c.text) for c in held.changes] == [("delete", "1981"), ("insert", "1987")]


def test_evidence_of_another_article_is_shown_with_its_note(engine: Engine) -> None:
    (cell,) = _shown(engine, YEAR).outside
    assert (cell.document, cell.notes) == ("other.txt", ("so says the other article",))
    assert "".join(p.text for p in cell.parts) == "It was 1987."


def test_a_note_that_says_what_is_marked_is_not_repeated(engine: Engine) -> None:
    assert [cell.notes for cell in _shown(engine, YEAR).rows[0]] == [(), ()]


def test_context_comes_from_the_same_text(engine: Engine) -> None:
    held = _shown(engine, YEAR, context=1)
    assert [_text(held, row, "fr.txt") for row in range(3)] == [
        "Un reste.",
        "Deux vint en [finding 1981].",
        "Trois partit.",
    ]
    assert (held.current, held.more) == (1, False)
    assert {c.document for row in held.rows for c in row} == {"en.txt", "fr.txt"}


def test_a_point_is_marked_where_something_is_missing(engine: Engine) -> None:
    at = FR.index(" Trois")
    point = {"document": "fr.txt", "start": at, "end": at, "text": ""}
    missing = finding("fr.txt", FR, "Deux", fingerprint="1:b:0", spans=[point])
    held = _shown(engine, missing)
    assert _text(held, 0, "fr.txt") == "Deux vint en 1981.[finding ]"
