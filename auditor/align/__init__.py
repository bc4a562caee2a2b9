"""From vectors to beads between two versions, and to passages across all of them."""

from auditor.align.match import match
from auditor.align.monotone import align_monotone
from auditor.align.moved import align_versions
from auditor.align.passages import paragraph_links, passages
from auditor.align.relate import keeps_order, relate

__all__ = [
    "align_monotone",
    "align_versions",
    "keeps_order",
    "match",
    "paragraph_links",
    "passages",
    "relate",
]
