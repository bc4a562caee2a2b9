"""Checks of the encoding family."""

from __future__ import annotations

GARBLED = ("encoding/mojibake", "encoding/entity", "encoding/homoglyph")
"""Rules for characters that are not what was written: other rules misread these and give way."""
