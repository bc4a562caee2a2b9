"""`auditor rules`: lists the rules, explains one, or writes the rule reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from auditor.core.errors import ConfigError
from auditor.report.rule_text import about, about_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditor.core import Rule
    from auditor.review.precision import Precision

MOST_MEANT = 3
"""Rules named for one that is spelt wrong."""


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
@click.option("--markdown", is_flag=True, help="Write the reference of all rules as Markdown.")
@click.option(
    "--decisions",
    metavar="FILE_OR_URL",
    help="A database of auditor review: adds how often reviewers agreed with each rule.",
)
def command(rule_id: str | None, *, markdown: bool, decisions: str | None) -> None:
    """Lists the rules, or explains the one with this ID."""
    from auditor.pipeline import all_rules

    rules = all_rules()
    if decisions is not None:
        from auditor.cli.decisions import measured_in

        measured = {line.rule: line for line in measured_in(decisions)}
        rules = tuple(r for r in rules if rule_id in (None, r.id, *r.aliases))
        click.echo("\n".join(_precision_lines(rules, measured)))
        return
    if markdown:
        click.echo(reference(rules), nl=False)
        return
    if rule_id is None:
        wide = max(len(rule.id) for rule in rules)
        for rule in rules:
            click.echo(f"{rule.id:{wide}}  {rule.tier:7}  {rule.severity:8}  {rule.name}")
        return
    for rule in rules:
        if rule_id == rule.id or rule_id in rule.aliases:
            click.echo(f"{rule.id} ({rule.tier}, {rule.severity}, {rule.mqm})\n\n{about(rule)}")
            return
    raise ConfigError(rule_id, "is no rule", _remedy(rule_id, rules))


def _remedy(rule_id: str, rules: tuple[Rule, ...]) -> str:
    """The rules that may have been meant, in one line: of its family, or spelt alike."""
    from difflib import get_close_matches

    ids = [rule.id for rule in rules]
    family = rule_id.partition("/")[0]
    # `drift` alone names a family, `drift/nothing` misses in a known one: both want its list.
    meant = [known for known in ids if known.partition("/")[0] == family]
    meant = meant or get_close_matches(rule_id, ids, n=MOST_MEANT, cutoff=0.4)
    if meant:
        return f"did you mean {', '.join(meant)}? `auditor rules` lists all"
    families = ", ".join(dict.fromkeys(known.partition("/")[0] for known in ids))
    return f"the families are {families}; `auditor rules` lists the rules"


def _precision_lines(rules: Sequence[Rule], measured: Mapping[str, Precision]) -> Iterator[str]:
    wide = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        line = f"{rule.id:{wide}}  {rule.tier:7}  "
        held = measured.get(rule.id)
        if held is None or held.value is None:
            yield f"{line}no decisions"
            continue
        low, high = held.interval
        yield (
            f"{line}{held.right} of {held.decided} right, {held.value:.0%} "
            f"({low:.0%} to {high:.0%})"
            + (f"; speaks for {held.proposed}" if held.proposed else "")
        )


def reference(rules: tuple[Rule, ...]) -> str:
    """The rule reference of the documentation, made from the rules themselves.

    Args:
        rules: in the order of the page.
    """
    lines = [
        "# Rules",
        "",
        "Made from the rules' own text by `make docs`; a test fails when this page is stale.",
        "`stable` findings are shown by default, `preview` ones with `--preview`; the JSON report",
        "holds both. A stable rule may report weak evidence as preview.",
        "",
        "| rule | what | tier | severity | MQM | languages |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for rule in rules:
        languages = ", ".join(rule.languages) if rule.languages else "all"
        anchor = rule.id.replace("/", "")
        lines.append(
            f"| [`{rule.id}`](#{anchor}) | {rule.name} | {rule.tier} | {rule.severity} "
            f"| {rule.mqm} | {languages} |"
        )
    for rule in rules:
        lines += ["", f"## {rule.id}", "", about_markdown(rule)]
        if rule.yields_to:
            winners = ", ".join(f"`{winner}`" for winner in rule.yields_to)
            lines += ["", f"Gives way on the same characters to {winners}."]
    return "\n".join(lines) + "\n"
