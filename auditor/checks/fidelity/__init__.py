"""Checks of the fidelity family."""
