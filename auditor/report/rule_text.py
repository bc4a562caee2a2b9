"""What a rule says of itself: the docstring of its module, as a page of the documentation."""

from __future__ import annotations

import re
import sys

from auditor.core import Rule

_HEADING = re.compile(
    r"^(What it finds|Why it matters|Example|Leaves alone|Source):\s*", re.MULTILINE
)


def about(rule: Rule) -> str:
    """The page of a rule, as it stands in its module; empty where there is none."""
    module = sys.modules.get(rule.check.__module__)
    return ((module and module.__doc__) or "").strip()


def about_markdown(rule: Rule) -> str:
    """The page of a rule as Markdown."""
    return _HEADING.sub(r"**\1.** ", about(rule))


def first_line(rule: Rule) -> str:
    """What a rule finds, in one sentence; its name where its module says nothing."""
    return about(rule).partition("\n")[0] or rule.name
