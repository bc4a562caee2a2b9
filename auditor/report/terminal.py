"""The audit for a person at a terminal: ranked findings, each with its quote and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from auditor.core import Audit, DocumentResult, Finding, Severity, Span, Tier
from auditor.report.characters import on_one_line, well_formed
from auditor.report.shown import ELISION, Excerpt, Shown
from auditor.report.wording import (
    counted,
    crowds,
    headline,
    labels,
    language_name,
    mqm,
    not_checked,
    percent,
    relation_lines,
    score,
    sure,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.MAJOR: "bold dark_orange3",
    Severity.MINOR: "yellow",
    Severity.NEUTRAL: "cyan",
}

# What a pipe or a file gets; a terminal says its own.
PIPE_WIDTH = 100

# Terminal cells: a Chinese character takes two.
CONTEXT_CELLS = 36
QUOTE_CELLS = 120
EVIDENCE_CELLS = 80
NAME_WIDTH = 16

# A proofreader's sign for the place where something is missing.
CARET = "^"
ARROW = "\N{RIGHTWARDS ARROW}"

# Lines of a crowd; the other reports have the rest.
LISTED = 12

# Before a verdict is more likely than not, it is shown without alarm.
LIKELY = 0.5

# Accepted findings that are named; the others are counted.
ACCEPTED = 10

# Several places of one defect; the others are in the JSON and the HTML report.
PLACES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Pages:
    """The documents as quotations need them.

    Attributes:
        shown: the shown text of each, by id.
        labels: a short name of each, by its safe name.
    """

    shown: dict[str, Shown]
    labels: dict[str, str]

    def place(self, span: Span, *, full: bool = False) -> str:
        """Where a span starts: `fr.txt:12:34`, line and column from 1."""
        line, column = self.shown[span.document].place(span)
        name = _safe(span.document)
        return f"{name if full else self.labels[name]}:{line}:{column}"


def print_terminal(
    audit: Audit, file: TextIO, *, preview: bool = False, width: int | None = None
) -> None:
    """Prints the report for people.

    Nothing of an article reaches the terminal as a control: escapes, direction changes
    and rich's own markup are shown as text.

    Args:
        audit: what to tell.
        file: where to write; colours appear only where it is a terminal.
        preview: also show preview findings.
        width: columns; the terminal's own, or 100 where there is none, when None.
    """
    from rich.console import Console

    console = Console(
        file=file,
        width=width or (None if file.isatty() else PIPE_WIDTH),
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        for part in _parts(audit, preview=preview):
            console.print(part)
    printed = _trimmed(capture.get())
    # A pipe may be ASCII or Latin-1: a report with question marks beats a traceback.
    encoding = file.encoding or "utf-8"
    file.write(printed.encode(encoding, "replace").decode(encoding))


def _parts(audit: Audit, *, preview: bool) -> Iterator[RenderableType]:
    pages = _Pages(
        {d.id: Shown(d) for d in audit.story.documents},
        labels([_safe(d.id) for d in audit.story.documents], NAME_WIDTH),
    )
    accepted = [f for f in audit.findings if f.suppression is not None]
    audit = replace(audit, findings=tuple(f for f in audit.findings if f.suppression is None))
    yield _header(audit)
    yield _versions(audit)
    yield from _relations(audit, pages)
    told = [f for f in audit.findings if preview or f.tier is Tier.STABLE]
    for ranks in crowds(told):
        group = [(rank + 1, told[rank]) for rank in ranks]
        yield from _finding(*group[0], pages) if len(group) == 1 else _group(group, pages)
    if told:
        yield ""
    yield from _accepted(accepted, pages)
    yield from _footer(audit, pages, hidden=len(audit.findings) - len(told))


def _header(audit: Audit) -> Text:
    story = audit.story
    details = [counted(len(story.documents), "version")]
    if story.date:
        details.append(story.date.isoformat())
    if story.outlet:
        details.append(_safe(story.outlet))
    details.append(
        "no declared source" if story.source is None else f"source {_safe(story.source)}"
    )
    return _text((_safe(story.name), "bold"), (" \N{MIDDLE DOT} ".join(["", *details]), "dim"))


def _versions(audit: Audit) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Version", overflow="fold")
    table.add_column("Language", overflow="fold")
    priced = any(result.mqm for result in audit.documents)
    for title in ("Fidelity", "Coverage", *(["MQM"] if priced else []), "Findings"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Verdicts")
    stable = [f for f in audit.findings if f.tier is Tier.STABLE]
    for result in audit.documents:
        document = audit.story.document(result.document)
        own = [f for f in stable if f.spans[0].document == document.id]
        table.add_row(
            _text((_safe(document.id), "bold")),
            _text((f"{language_name(document.lang)} ({_safe(document.lang)})", "")),
            _text((score(result.score.fidelity), "")),
            _text((percent(result.score.coverage), "")),
            *([_text((mqm(result.mqm), ""))] if priced else []),
            _text((str(len(own)), STYLES[own[0].severity] if own else "green")),
            _verdicts(result),
        )
    against = dict.fromkeys(_measure(r.score.against) for r in audit.documents if r.score.against)
    notes = [f"Fidelity against {_safe('; '.join(against))}."] if against else []
    if any(r.mqm and not r.mqm.enough for r in audit.documents):
        notes.append("* fewer than 300 words: MQM says little.")
    if notes:
        table.caption = _text((" ".join(notes), "dim"))
        table.caption_justify = "left"
    return table


def _measure(against: str) -> str:
    """What a version was measured against; of two, each is the only other one."""
    only = "the only other version"
    return only if against.startswith(only) else against


def _verdicts(result: DocumentResult) -> Text:
    parts: list[tuple[str, str]] = []
    for verdict in result.verdicts:
        likely = verdict.probability >= LIKELY
        told = f"{_safe(verdict.name)} {percent(verdict.probability)}"
        parts.append((", " if parts else "", "dim"))
        parts.append((told, STYLES[Severity.MAJOR] if likely else "dim"))
    return _text(*parts)


def _relations(audit: Audit, pages: _Pages) -> Iterator[RenderableType]:
    if not audit.story.relations:
        return
    names = pages.labels
    yield ""
    for ids, sign, relation, count in relation_lines(audit):
        known = "declared" if relation.declared else "found"
        told = f"{relation.kind.value}, {known}"
        if count > 1 and not relation.kind.same_text:
            told = f"{told}, and so are {count - 1} more pairs of these texts"
        elif count == 1 and relation.reason and not relation.declared:
            told = f"{told} \N{MIDDLE DOT} {_safe(relation.reason)}"
        yield _text((f" {sign} ".join(names[_safe(id)] for id in ids), ""), (f"  {told}", "dim"))


def _finding(number: int, finding: Finding, pages: _Pages) -> Iterator[RenderableType]:
    yield ""
    yield _text(
        (f"{number} ", "dim"),
        *_title(finding),
        (pages.place(finding.spans[0], full=True), "bold"),
        (f"  confidence {sure(finding.confidence)}", "dim"),
    )
    yield _indented(_text((_safe(finding.message), "")))
    yield _indented(_quotes(finding, pages))


def _group(group: list[tuple[int, Finding]], pages: _Pages) -> Iterator[RenderableType]:

    first = group[0][1]
    low, high = (sure(pick(f.confidence for _, f in group)) for pick in (min, max))
    yield ""
    yield _text(
        (f"{group[0][0]} ", "dim"),
        *_title(first),
        (_safe(first.spans[0].document), "bold"),
        (f"  {len(group)} findings", ""),
        (f"  confidence {low if low == high else f'{low} to {high}'}", "dim"),
    )
    yield _indented(_text((f"The first: {_safe(first.message)}", "")))
    grid = _grid()
    for _, finding in group[:LISTED]:
        span = finding.spans[0]
        quote = _quote(span, pages, STYLES[finding.severity])
        if finding.repair is not None:
            quote.append("  ")
            quote.append_text(_repair(finding, pages, short=True))
        grid.add_row(_text((pages.place(span), "dim")), quote)
    if len(group) > LISTED:
        rest = len(group) - LISTED
        grid.add_row("", _text((f"and {rest} more, in the HTML and JSON reports", "dim")))
    yield _indented(grid)


def _title(finding: Finding) -> tuple[tuple[str, str], ...]:
    tier = " preview" if finding.tier is Tier.PREVIEW else ""
    word = (finding.severity.value.upper(), STYLES[finding.severity])
    return word, (f"{tier}  {_safe(finding.rule)}  ", "")


def _grid() -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold", ratio=1)
    return grid


def _quotes(finding: Finding, pages: _Pages) -> Table:
    grid = _grid()
    style = STYLES[finding.severity]
    places = [s for s in finding.spans if not pages.shown[s.document].is_whole(s)]
    for span in places[:PLACES_SHOWN]:
        grid.add_row(_text((pages.place(span), "dim")), _quote(span, pages, style))
    if len(places) > PLACES_SHOWN:
        more = counted(len(places) - PLACES_SHOWN, "more place")
        grid.add_row("", _text((f"and {more}", "dim")))
    if finding.repair is not None:
        grid.add_row(_text(("repair", "dim")), _repair(finding, pages))
    for note, run in groupby(finding.evidence, key=lambda evidence: evidence.note):
        _evidence(grid, note, [evidence.span for evidence in run], pages)
    return grid


def _evidence(grid: Table, note: str, spans: Sequence[Span], pages: _Pages) -> None:
    """Adds the places that a note is about: above them where there are several."""
    said = note and any(note != pages.shown[s.document].text(s.start, s.end) for s in spans)
    if said and len(spans) > 1:
        grid.add_row("", _text((f"{_safe(note)}:", "dim")))
    for span in spans:
        quote = _quote(span, pages, "bold", EVIDENCE_CELLS)
        if said and len(spans) == 1:
            quote.append(f"  ({_safe(note)})", "dim")
        grid.add_row(_text((pages.place(span), "dim")), quote)


def _repair(finding: Finding, pages: _Pages, *, short: bool = False) -> Text:
    span = finding.spans[0]
    old = _elided(_safe(pages.shown[span.document].excerpt(span, 0).marked, keep=""), QUOTE_CELLS)
    new = _safe(finding.repair or "", keep="")
    if not new:
        # The line above quotes what goes.
        return _text(("delete", ""))
    if short:
        return _text((f"{ARROW} ", "dim"), (new, "green"))
    if not old:
        return _text(("insert ", ""), (new, "green"))
    return _text((old, "red"), (f" {ARROW} ", "dim"), (new, "green"))


def _quote(span: Span, pages: _Pages, style: str, cells: int = QUOTE_CELLS) -> Text:
    """The quotation in its context; `[[...]]` marks it where there is no colour."""
    from rich.cells import cell_len

    excerpt = pages.shown[span.document].excerpt(span, CONTEXT_CELLS)
    marked = _elided(_safe(excerpt.marked, keep=""), cells)
    # A sentence says where it stands; a word needs its surroundings.
    before, after = _around(excerpt) if cell_len(marked) < CONTEXT_CELLS else ("", "")
    return _text((before, ""), (f"[[{marked or CARET}]]", style), (after, ""))


def _around(excerpt: Excerpt) -> tuple[str, str]:
    from rich.cells import cell_len, chop_cells

    # The excerpt is cut at words already; only wide characters make it too long.
    before, after = _safe(excerpt.before), _safe(excerpt.after)
    if cell_len(before) > CONTEXT_CELLS + 1:
        kept = before[::-1]
        kept = chop_cells(kept, CONTEXT_CELLS - 1)[0][::-1]
        before = ELISION + kept.removeprefix(ELISION)
    if cell_len(after) > CONTEXT_CELLS + 1:
        after = chop_cells(after, CONTEXT_CELLS - 1)[0].removesuffix(ELISION) + ELISION
    return before, after


def _elided(text: str, cells: int) -> str:
    """The beginning and the end of a text that is too long."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= cells:
        return text
    half = (cells - 3) // 2
    head = chop_cells(text, half)[0]
    tail = chop_cells(text[::-1], half)[0][::-1]
    # Whole words, where the script has spaces.
    if " " in head[half // 2 :]:
        head = head.rpartition(" ")[0]
    if " " in tail[: half // 2]:
        tail = tail.partition(" ")[2]
    return f"{head.rstrip()} {ELISION} {tail.lstrip()}"


def _accepted(findings: Sequence[Finding], pages: _Pages) -> Iterator[RenderableType]:
    """What somebody has accepted before, a line each: it no longer counts, and stays known."""
    for finding in findings[:ACCEPTED]:
        held = finding.suppression
        where = pages.place(finding.spans[0])
        reason = _safe(held.reason) if held and held.reason else "no reason given"
        yield _text((f"accepted  {finding.rule} {where}: {reason}", "dim"))
    if len(findings) > ACCEPTED:
        yield _text((f"accepted  {len(findings) - ACCEPTED} more", "dim"))


def _footer(audit: Audit, pages: _Pages, *, hidden: int) -> Iterator[RenderableType]:
    if hidden:
        yield _text((f"{counted(hidden, 'preview finding')} not shown (--preview)", "dim"))
    for rules, documents, reason in not_checked(audit, lambda name: pages.labels[_safe(name)]):
        yield _text(
            ("not checked  ", "yellow"),
            (f"{_safe(rules)} on {_safe(documents)}: {_safe(reason)}", ""),
        )
    for problem in audit.problems:
        yield _text(("not audited  ", "bold yellow"), (_safe(problem), ""))
    for error in audit.errors:
        where = f" on {_safe(error.document)}" if error.document else ""
        yield _text(
            ("check crashed  ", "bold red"),
            (f"{_safe(error.rule)}{where}: {_safe(error.error)}", ""),
        )
    stable = [f for f in audit.findings if f.tier is Tier.STABLE]
    style = STYLES[stable[0].severity] if stable else "green"
    yield _text((headline(audit), style), (".", ""))


def _indented(part: RenderableType) -> RenderableType:
    from rich.padding import Padding

    return Padding(part, (0, 0, 0, 2), expand=False)


def _safe(text: str, *, keep: str | None = None) -> str:
    well = well_formed(text)
    return on_one_line(well) if keep is None else on_one_line(well, keep)


def _text(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*parts)


def _trimmed(printed: str) -> str:
    # Tables pad their last column with spaces.
    return "".join(f"{line.rstrip(' ')}\n" for line in printed.split("\n")[:-1])
