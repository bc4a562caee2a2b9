"""What the terminal report is made of: safe text, styles, places, texts cut to a width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.core import Severity, Span
from auditor.report.characters import on_one_line, well_formed
from auditor.report.shown import ELISION, Shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.MAJOR: "bold dark_orange3",
    Severity.MINOR: "yellow",
    Severity.NEUTRAL: "cyan",
}


@dataclass(frozen=True, slots=True)
class Pages:
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
        name = safe(span.document)
        return f"{name if full else self.labels[name]}:{line}:{column}"


def safe(text: str, *, keep: str | None = None) -> str:
    """A text of a story as it may reach a terminal: on one line, its controls shown.

    Args:
        text: of anybody.
        keep: white space that stays as it is; that of `on_one_line` when None.
    """
    well = well_formed(text)
    return on_one_line(well) if keep is None else on_one_line(well, keep)


def styled(*parts: tuple[str, str]) -> Text:
    """Pieces of text, each with its style, as one line."""
    from rich.text import Text

    return Text.assemble(*parts)


def elided(text: str, cells: int) -> str:
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


def indented(part: RenderableType) -> RenderableType:
    """Two columns further right."""
    from rich.padding import Padding

    return Padding(part, (0, 0, 0, 2), expand=False)
