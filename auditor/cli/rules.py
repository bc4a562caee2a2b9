"""`auditor rules`: lists the rules, or explains one."""

from __future__ import annotations

import sys

import click

from auditor.core.errors import ConfigError


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
def command(rule_id: str | None) -> None:
    """Lists the rules, or explains the one with this ID."""
    from auditor.pipeline import all_rules

    rules = all_rules()
    if rule_id is None:
        wide = max(len(rule.id) for rule in rules)
        for rule in rules:
            click.echo(f"{rule.id:{wide}}  {rule.tier:7}  {rule.severity:8}  {rule.name}")
        return
    for rule in rules:
        if rule_id == rule.id or rule_id in rule.aliases:
            about = sys.modules[rule.check.__module__].__doc__ or ""
            click.echo(f"{rule.id} ({rule.tier}, {rule.severity}, {rule.mqm})\n\n{about.strip()}")
            return
    known = ", ".join(rule.id for rule in rules)
    raise ConfigError(rule_id, "is no rule", f"choose from {known}")
