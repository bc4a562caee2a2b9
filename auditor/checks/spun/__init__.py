"""Checks of the spun family."""
