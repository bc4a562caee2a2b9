"""Audits translations: where a version stopped saying what the original says."""

__version__ = "0.1.0"
