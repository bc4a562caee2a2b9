"""What advertising wants of its reader, for comparison by meaning."""

from __future__ import annotations

from auditor.core import Phrase

PITCHES = tuple(
    Phrase(text, "en")
    for text in (
        "Buy now at the lowest price with free delivery",
        "Contact us by phone or WhatsApp for a free quote",
        "Order today and get a discount",
        "Visit our website for the best offers",
        "Cheap products, special offer",
        "Add me as a friend for details",
    )
)
"""What advertising wants, in the language that every encoder knows."""
