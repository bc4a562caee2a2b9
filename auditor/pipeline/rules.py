"""Finds the checks: every module `checks/<family>/<defect>.py` that ends in a RULE."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from auditor import checks
from auditor.core import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the package, sorted by id."""
    names = [
        module.name
        for family in iter_modules(checks.__path__, f"{checks.__name__}.")
        for module in iter_modules(import_module(family.name).__path__, f"{family.name}.")
    ]
    return tuple(sorted((import_module(name).RULE for name in names), key=lambda rule: rule.id))
