"""Checks of the encoding family."""
