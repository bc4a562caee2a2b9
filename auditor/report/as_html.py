"""The audit as one self-contained page: the versions side by side, findings marked in place."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from auditor.core import Audit, BeadScore, Tier
from auditor.report import measures, wording
from auditor.report.characters import code_point, on_one_line, shown_parts, well_formed
from auditor.report.layout import lay_out
from auditor.report.shown import Shown
from auditor.report.view import cards, families, severity_choices, stacks, versions

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def to_html(audit: Audit) -> str:
    """The report as a page that needs no network and runs nothing but its own script.

    Every text of the story is escaped, and a content security policy names the one
    style sheet and the one script by hash: an article cannot add to them.
    """
    shown = {d.id: Shown(d) for d in audit.story.documents}
    layout = lay_out(audit, shown)
    made = cards(audit, shown, layout)
    style, script = _asset("report.css"), _asset("report.js")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            audit=audit,
            story=audit.story,
            versions=versions(audit, shown),
            names={d.id: i for i, d in enumerate(audit.story.documents)},
            sheets=layout.sheets,
            cards=made,
            stacks=stacks(made),
            preview=frozenset(c.rank for c in made if c.finding.tier is Tier.PREVIEW),
            families=families(made),
            severities=severity_choices(made),
            fidelities=_lowest(audit, lambda bead: bead.fidelity),
            judgments=_lowest(audit, lambda bead: bead.judged),
            judged=measures.judged(audit),
            judge_name=measures.judge_name(audit),
            comparisons=measures.comparisons(audit),
            signatures=measures.signatures(audit),
            # Both are files of this package: no text of a story ever enters them.
            style=style,
            script=script,
            style_hash=_digest(style),
            script_hash=_digest(script),
        )
    )
    return well_formed(page)


def visible(text: str, *, marked: bool = False) -> Markup:
    """Text for the page, escaped, with the names of characters that must not act in it."""
    from markupsafe import Markup, escape

    parts = []
    for part, name in shown_parts(well_formed(text), marked=marked):
        if not name:
            parts.append(escape(part))
            continue
        held = Markup('<span class="control" title="{}">{}</span>')
        parts.append(held.format(name, _sign(part)))
    return Markup("").join(parts)


def _sign(character: str) -> str:
    return {" ": "\N{OPEN BOX}", "\n": "\N{PILCROW SIGN}"}.get(character, code_point(character))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("auditor.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        visible=visible,
        plain=on_one_line,
        percent=wording.percent,
        score=wording.score,
        learned=wording.learned,
        mqm=wording.mqm,
        sure=wording.sure,
        counted=wording.counted,
        listed=wording.listed,
    )
    environment.globals.update(
        headline=wording.headline,
        not_checked=wording.not_checked,
        relation_groups=wording.relation_groups,
        relation_signs=wording.RELATION_SIGNS,
        language_name=wording.language_name,
    )
    return environment


@cache
def _asset(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode("ascii")


def _lowest(
    audit: Audit, measure: Callable[[BeadScore], float | None]
) -> dict[tuple[str, int], float]:
    """A measure of each passage of each version: the lowest where several were taken."""
    lowest: dict[tuple[str, int], float] = {}
    for bead in audit.beads:
        key = (bead.target, bead.passage)
        value = measure(bead)
        if value is not None:
            lowest[key] = min(value, lowest.get(key, value))
    return lowest
