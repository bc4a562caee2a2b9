"""Checks of the markup family."""
