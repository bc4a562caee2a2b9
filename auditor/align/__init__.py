"""From vectors to beads between two versions, and to passages across all of them."""

from auditor.align.match import match
from auditor.align.monotone import align_monotone
from auditor.align.passages import paragraph_links, passages
from auditor.align.relate import relate

__all__ = ["align_monotone", "match", "paragraph_links", "passages", "relate"]
