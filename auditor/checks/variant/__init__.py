"""Checks of the variant family."""
