"""At a terminal: what other measures than fidelity say, and what a rewrite replaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.core import Audit
from auditor.report.measures import REPLACED, Comparison, comparisons, signatures
from auditor.report.terminal_text import Pages, safe, styled

if TYPE_CHECKING:
    from rich.console import RenderableType


def measure_lines(audit: Audit, pages: Pages) -> Iterator[RenderableType]:
    """Each version held against its reference or its original, then how that was computed."""
    found = comparisons(audit)
    if not found:
        return
    yield ""
    for comparison in found:
        name = pages.labels[safe(comparison.document)]
        against = pages.labels.get(safe(comparison.against), safe(comparison.against))
        yield styled((f"{name} against {against}", ""), (f"  {comparison.told}", "bold"))
        yield from _replaced(comparison)
    for signature in signatures(audit):
        yield styled((f"  {safe(signature)}", "dim"))


def _replaced(comparison: Comparison) -> Iterator[RenderableType]:
    for was, now in comparison.replaced[:REPLACED]:
        yield styled(
            ("  ", ""),
            (safe(was) or "(nothing)", "red"),
            (" \N{RIGHTWARDS ARROW} ", "dim"),
            (safe(now) or "(deleted)", "green"),
        )
    more = len(comparison.replaced) - REPLACED
    if more > 0:
        yield styled((f"  and {more} more phrases replaced: --format json has them all", "dim"))
