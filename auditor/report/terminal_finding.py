"""One finding, or a crowd of one rule, as a terminal shows it: quotation, evidence, repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.core import Finding, Span, Tier
from auditor.report.shown import ELISION, Excerpt
from auditor.report.terminal_text import STYLES, Pages, elided, indented, safe, styled
from auditor.report.wording import counted, sure

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

# Terminal cells: a Chinese character takes two.
CONTEXT_CELLS = 36
QUOTE_CELLS = 120
EVIDENCE_CELLS = 80

# A proofreader's sign for the place where something is missing.
CARET = "^"
ARROW = "\N{RIGHTWARDS ARROW}"

# Lines of a crowd; the other reports have the rest.
LISTED = 12

# Several places of one defect; the others are in the JSON and the HTML report.
PLACES_SHOWN = 4


def finding_lines(number: int, finding: Finding, pages: Pages) -> Iterator[RenderableType]:
    """A finding by itself: title, message, quotations.

    Args:
        number: its rank, from 1.
        finding: what is told.
        pages: the documents.
    """
    yield ""
    yield styled(
        (f"{number} ", "dim"),
        *_title(finding),
        (pages.place(finding.spans[0], full=True), "bold"),
        (f"  confidence {sure(finding.confidence)}", "dim"),
    )
    yield indented(styled((safe(finding.message), "")))
    yield indented(_quotes(finding, pages))


def crowd_lines(group: Sequence[tuple[int, Finding]], pages: Pages) -> Iterator[RenderableType]:
    """Findings of one rule in one document, a line each below the first one's message.

    Args:
        group: each with its rank.
        pages: the documents.
    """
    first = group[0][1]
    low, high = (sure(pick(f.confidence for _, f in group)) for pick in (min, max))
    yield ""
    yield styled(
        (f"{group[0][0]} ", "dim"),
        *_title(first),
        (safe(first.spans[0].document), "bold"),
        (f"  {len(group)} findings", ""),
        (f"  confidence {low if low == high else f'{low} to {high}'}", "dim"),
    )
    yield indented(styled((f"The first: {safe(first.message)}", "")))
    grid = _grid()
    for _, finding in group[:LISTED]:
        span = finding.spans[0]
        quote = _quote(span, pages, STYLES[finding.severity])
        if finding.repair is not None:
            quote.append("  ")
            quote.append_text(_repair(finding, pages, short=True))
        grid.add_row(styled((pages.place(span), "dim")), quote)
    if len(group) > LISTED:
        rest = len(group) - LISTED
        grid.add_row("", styled((f"and {rest} more, in the HTML and JSON reports", "dim")))
    yield indented(grid)


def _title(finding: Finding) -> tuple[tuple[str, str], ...]:
    tier = " preview" if finding.tier is Tier.PREVIEW else ""
    word = (finding.severity.value.upper(), STYLES[finding.severity])
    return word, (f"{tier}  {safe(finding.rule)}  ", "")


def _grid() -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold", ratio=1)
    return grid


def _quotes(finding: Finding, pages: Pages) -> Table:
    grid = _grid()
    style = STYLES[finding.severity]
    places = [s for s in finding.spans if not pages.shown[s.document].is_whole(s)]
    for span in places[:PLACES_SHOWN]:
        grid.add_row(styled((pages.place(span), "dim")), _quote(span, pages, style))
    if len(places) > PLACES_SHOWN:
        more = counted(len(places) - PLACES_SHOWN, "more place")
        grid.add_row("", styled((f"and {more}", "dim")))
    if finding.repair is not None:
        grid.add_row(styled(("repair", "dim")), _repair(finding, pages))
    for note, run in groupby(finding.evidence, key=lambda evidence: evidence.note):
        _evidence(grid, note, [evidence.span for evidence in run], pages)
    return grid


def _evidence(grid: Table, note: str, spans: Sequence[Span], pages: Pages) -> None:
    """Adds the places that a note is about: above them where there are several."""
    said = note and any(note != pages.shown[s.document].text(s.start, s.end) for s in spans)
    if said and len(spans) > 1:
        grid.add_row("", styled((f"{safe(note)}:", "dim")))
    for span in spans:
        quote = _quote(span, pages, "bold", EVIDENCE_CELLS)
        if said and len(spans) == 1:
            quote.append(f"  ({safe(note)})", "dim")
        grid.add_row(styled((pages.place(span), "dim")), quote)


def _repair(finding: Finding, pages: Pages, *, short: bool = False) -> Text:
    span = finding.spans[0]
    old = elided(safe(pages.shown[span.document].excerpt(span, 0).marked, keep=""), QUOTE_CELLS)
    new = safe(finding.repair or "", keep="")
    if not new:
        # The line above quotes what goes.
        return styled(("delete", ""))
    if short:
        return styled((f"{ARROW} ", "dim"), (new, "green"))
    if not old:
        return styled(("insert ", ""), (new, "green"))
    return styled((old, "red"), (f" {ARROW} ", "dim"), (new, "green"))


def _quote(span: Span, pages: Pages, style: str, cells: int = QUOTE_CELLS) -> Text:
    """The quotation in its context; `[[...]]` marks it where there is no colour."""
    from rich.cells import cell_len

    excerpt = pages.shown[span.document].excerpt(span, CONTEXT_CELLS)
    marked = elided(safe(excerpt.marked, keep=""), cells)
    # A sentence says where it stands; a word needs its surroundings.
    before, after = _around(excerpt) if cell_len(marked) < CONTEXT_CELLS else ("", "")
    return styled((before, ""), (f"[[{marked or CARET}]]", style), (after, ""))


def _around(excerpt: Excerpt) -> tuple[str, str]:
    from rich.cells import cell_len, chop_cells

    # The excerpt is cut at words already; only wide characters make it too long.
    before, after = safe(excerpt.before), safe(excerpt.after)
    if cell_len(before) > CONTEXT_CELLS + 1:
        kept = before[::-1]
        kept = chop_cells(kept, CONTEXT_CELLS - 1)[0][::-1]
        before = ELISION + kept.removeprefix(ELISION)
    if cell_len(after) > CONTEXT_CELLS + 1:
        after = chop_cells(after, CONTEXT_CELLS - 1)[0].removesuffix(ELISION) + ELISION
    return before, after
