"""Checks, one package for each family, one module for each defect: a rule ends every module."""
