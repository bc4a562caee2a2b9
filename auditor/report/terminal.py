"""The audit for a person at a terminal: ranked findings, each with its quote and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from auditor.core import Audit, DocumentResult, Finding, Severity, Tier
from auditor.report.measures import judge_name, judged
from auditor.report.shown import Shown
from auditor.report.terminal_finding import crowd_lines, finding_lines
from auditor.report.terminal_measures import measure_lines
from auditor.report.terminal_text import STYLES, Pages, safe, styled
from auditor.report.wording import (
    counted,
    crowds,
    headline,
    labels,
    language_name,
    learned,
    mqm,
    not_checked,
    percent,
    relation_lines,
    score,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

# What a pipe or a file gets; a terminal says its own.
PIPE_WIDTH = 100

NAME_WIDTH = 16

# Before a verdict is more likely than not, it is shown without alarm.
LIKELY = 0.5

# Accepted findings that are named; the others are counted.
ACCEPTED = 10


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
    pages = Pages(
        {d.id: Shown(d) for d in audit.story.documents},
        labels([safe(d.id) for d in audit.story.documents], NAME_WIDTH),
    )
    accepted = [f for f in audit.findings if f.suppression is not None]
    audit = replace(audit, findings=tuple(f for f in audit.findings if f.suppression is None))
    yield _header(audit)
    yield _versions(audit)
    yield from _relations(audit, pages)
    yield from measure_lines(audit, pages)
    told = [f for f in audit.findings if preview or f.tier is Tier.STABLE]
    for ranks in crowds(told):
        group = [(rank + 1, told[rank]) for rank in ranks]
        yield from (
            finding_lines(*group[0], pages) if len(group) == 1 else crowd_lines(group, pages)
        )
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
        details.append(safe(story.outlet))
    details.append("no declared source" if story.source is None else f"source {safe(story.source)}")
    return styled((safe(story.name), "bold"), (" \N{MIDDLE DOT} ".join(["", *details]), "dim"))


def _versions(audit: Audit) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Version", overflow="fold")
    table.add_column("Language", overflow="fold")
    priced = any(result.mqm for result in audit.documents)
    verdict = judged(audit)
    titles = [("Fidelity", True), ("Judge", bool(verdict)), ("Coverage", True), ("MQM", priced)]
    for title in (*(title for title, wanted in titles if wanted), "Findings"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Verdicts")
    stable = [f for f in audit.findings if f.tier is Tier.STABLE]
    for result in audit.documents:
        document = audit.story.document(result.document)
        own = [f for f in stable if f.spans[0].document == document.id]
        table.add_row(
            styled((safe(document.id), "bold")),
            styled((f"{language_name(document.lang)} ({safe(document.lang)})", "")),
            styled((score(result.score.fidelity), "")),
            *([styled((learned(verdict.get(document.id)), ""))] if verdict else []),
            styled((percent(result.score.coverage), "")),
            *([styled((mqm(result.mqm), ""))] if priced else []),
            styled((str(len(own)), STYLES[own[0].severity] if own else "green")),
            _verdicts(result),
        )
    against = dict.fromkeys(_measure(r.score.against) for r in audit.documents if r.score.against)
    notes = [f"Fidelity against {safe('; '.join(against))}."] if against else []
    if verdict:
        notes.append(f"Judge, on its own scale: {safe(judge_name(audit))}.")
    if any(r.mqm and not r.mqm.enough for r in audit.documents):
        notes.append("* fewer than 300 words: MQM says little.")
    if notes:
        table.caption = styled((" ".join(notes), "dim"))
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
        told = f"{safe(verdict.name)} {percent(verdict.probability)}"
        parts.append((", " if parts else "", "dim"))
        parts.append((told, STYLES[Severity.MAJOR] if likely else "dim"))
    return styled(*parts)


def _relations(audit: Audit, pages: Pages) -> Iterator[RenderableType]:
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
            told = f"{told} \N{MIDDLE DOT} {safe(relation.reason)}"
        yield styled((f" {sign} ".join(names[safe(id)] for id in ids), ""), (f"  {told}", "dim"))


def _accepted(findings: Sequence[Finding], pages: Pages) -> Iterator[RenderableType]:
    """What somebody has accepted before, a line each: it no longer counts, and stays known."""
    for finding in findings[:ACCEPTED]:
        held = finding.suppression
        where = pages.place(finding.spans[0])
        reason = safe(held.reason) if held and held.reason else "no reason given"
        yield styled((f"accepted  {finding.rule} {where}: {reason}", "dim"))
    if len(findings) > ACCEPTED:
        yield styled((f"accepted  {len(findings) - ACCEPTED} more", "dim"))


def _footer(audit: Audit, pages: Pages, *, hidden: int) -> Iterator[RenderableType]:
    if hidden:
        yield styled((f"{counted(hidden, 'preview finding')} not shown (--preview)", "dim"))
    for rules, documents, reason in not_checked(audit, lambda name: pages.labels[safe(name)]):
        yield styled(
            ("not checked  ", "yellow"),
            (f"{safe(rules)} on {safe(documents)}: {safe(reason)}", ""),
        )
    for problem in audit.problems:
        yield styled(("not audited  ", "bold yellow"), (safe(problem), ""))
    for error in audit.errors:
        where = f" on {safe(error.document)}" if error.document else ""
        yield styled(
            ("check crashed  ", "bold red"),
            (f"{safe(error.rule)}{where}: {safe(error.error)}", ""),
        )
    yield styled((f"encoder {safe(audit.encoder)}", "dim"))
    stable = [f for f in audit.findings if f.tier is Tier.STABLE]
    style = STYLES[stable[0].severity] if stable else "green"
    yield styled((headline(audit), style), (".", ""))


def _trimmed(printed: str) -> str:
    # Tables pad their last column with spaces.
    return "".join(f"{line.rstrip(' ')}\n" for line in printed.split("\n")[:-1])
