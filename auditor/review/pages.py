"""The pages: the same values as the API's, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy import Connection, select

from auditor import __version__
from auditor.report.characters import shown_parts
from auditor.report.wording import language_name
from auditor.review import seen
from auditor.review.api import Filtered, Reading, Reviewer, ticket_of
from auditor.review.dashboard import DIMENSIONS, HEIGHT, WIDTH, chart, stories
from auditor.review.decide import REASONS
from auditor.review.exports import EXPORTS
from auditor.review.queue import SEVERITY_NAMES, STATE_NAMES, Filters, counts, page, progress
from auditor.review.tables import FINDINGS
from auditor.review.users import User, names_of

ROUTER = APIRouter(include_in_schema=False)

PREVIEWED = 2_000
"""Findings of one bulk decision at most: more than anybody reads."""


@cache
def _environment() -> Environment:
    held = Environment(
        loader=PackageLoader("auditor.review"),
        # Everything: article text, file names, comments and names of users are hostile.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    held.filters["language"] = language_name
    held.filters["told"] = told
    held.filters["percent"] = lambda value: f"{100 * value:.0f} %"
    held.filters["moment"] = lambda value: value[:16].replace("T", " ")
    return held


def told(text: str) -> Markup:
    """Text as a page may show it: escaped, and what would turn the line round named instead."""
    return Markup("").join(
        Markup('<span class="named" title="{}">{}</span>').format(name, name.partition(" ")[0])
        if name
        else part
        for part, name in shown_parts(text, marked=False)
    )


@cache
def rule_names() -> Mapping[str, str]:
    """What the rules are called, by id."""
    from auditor.pipeline import all_rules

    return {rule.id: rule.name for rule in all_rules()}


def _render(
    name: str, request: Request, user: User | None, status: int = 200, **values: Any
) -> HTMLResponse:
    text = (
        _environment()
        .get_template(name)
        .render(
            user=user,
            login=request.app.state.login,
            csrf=ticket_of(request).csrf,
            version=__version__,
            rule_names=rule_names(),
            reasons=REASONS,
            **values,
        )
    )
    return HTMLResponse(text, status)


@ROUTER.get("/")
def queue_page(
    request: Request, connection: Reading, user: Reviewer, filters: Filtered, after: str = ""
) -> HTMLResponse:
    """The queue."""
    told = counts(connection, filters)
    return _render(
        "queue.html",
        request,
        user,
        filters=filters,
        page=page(connection, filters, after),
        counts=told,
        progress=(told.decided, told.all_states),
        after=after,
        severities=SEVERITY_NAMES,
        states=STATE_NAMES,
    )


@ROUTER.get("/findings/{finding}")
def finding_page(
    request: Request,
    connection: Reading,
    user: Reviewer,
    filters: Filtered,
    finding: int,
    context: Annotated[int, Query(ge=0, le=20)] = 0,
) -> HTMLResponse:
    """One finding, to be decided."""
    held = seen.finding_seen(connection, finding, filters, context)
    row = seen.finding_row(connection, finding)
    return _render(
        "finding.html",
        request,
        user,
        filters=filters,
        finding=held,
        context=context,
        progress=progress(connection, filters),
        phrase=row["phrase"],
        people=people(connection, user),
        ordered=_ordered(held["view"]),
    )


def _ordered(view: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows with the flagged version first: there the eye begins."""
    return [sorted(row, key=lambda cell: not cell["flagged"]) for row in view["rows"]]


def people(connection: Connection, user: User) -> list[str]:
    """Names to whom a finding may be given."""
    used = connection.execute(
        select(FINDINGS.c.assignee).where(FINDINGS.c.assignee != "").distinct()
    ).scalars()
    return sorted({user.name, *names_of(connection), *used})


@ROUTER.get("/bulk")
def bulk_page(
    request: Request, connection: Reading, user: Reviewer, filters: Filtered
) -> HTMLResponse:
    """What a bulk decision would decide, before it is taken."""
    held = page(connection, filters, size=PREVIEWED)
    return _render(
        "bulk.html",
        request,
        user,
        filters=filters,
        findings=held.findings,
        more=bool(held.next),
        pairs=[[row["id"], row["revision"]] for row in held.findings],
    )


@ROUTER.get("/stories")
def stories_page(request: Request, connection: Reading, user: Reviewer) -> HTMLResponse:
    """All stories, the worst first, with their exports."""
    return _render(
        "stories.html",
        request,
        user,
        stories=stories(connection),
        severities=SEVERITY_NAMES,
        exports=tuple(EXPORTS),
    )


@ROUTER.get("/dashboard")
def dashboard_page(
    request: Request, connection: Reading, user: Reviewer, by: str = "rule"
) -> HTMLResponse:
    """Trouble over time, and how far each rule is to be believed."""
    dimension = by if by in DIMENSIONS else "rule"
    return _render(
        "dashboard.html",
        request,
        user,
        by=dimension,
        dimensions=tuple(DIMENSIONS),
        chart=chart(connection, dimension),
        width=WIDTH,
        height=HEIGHT,
        stories=stories(connection)[:10],
        severities=SEVERITY_NAMES,
        rules=seen.rules_seen(connection),
        every=Filters(state="all", tier="all"),
    )


@ROUTER.get("/login", response_model=None)
def login_page(request: Request) -> HTMLResponse | RedirectResponse:
    """Where name and password are asked for."""
    if not request.app.state.login:
        return RedirectResponse("/", 303)
    return _render("login.html", request, None)


def message_page(request: Request, status: int, message: str) -> HTMLResponse:
    """A page that says what went wrong."""
    return _render("message.html", request, None, status, message=message)
