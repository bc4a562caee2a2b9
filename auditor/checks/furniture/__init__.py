"""Checks of the furniture family."""
