"""Checks of the drift family."""
