"""Measures the auditor on data of the user's: figures that anyone can repeat."""
