"""Checks of the spam family."""
