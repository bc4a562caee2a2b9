"""What advertising wants of its reader, and what other sentences say, for comparison by meaning."""

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

PLAIN = tuple(
    Phrase(text, "en")
    for text in (
        "He said so",
        "It has not happened yet",
        "That is a different matter",
        "They are a family",
        "I do not know what to do",
        "We are content with it",
    )
)
"""Short sentences that want nothing: what is near them is near a pitch by being short."""

STANDING = frozenset(phrase.text for phrase in (*PITCHES, *PLAIN))
"""Texts that every story is compared with."""
