"""The JSON API: what a CMS calls, and what the pages themselves call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from time import monotonic
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from sqlalchemy import Connection, Engine

from auditor.core import ReadError
from auditor.review import decide, seen, shapes
from auditor.review.database import writing
from auditor.review.exports import export
from auditor.review.given import Given, check_report, verify
from auditor.review.guard import Ticket
from auditor.review.importing import take_in
from auditor.review.queue import Filters, counts, neighbours, page
from auditor.review.users import User, local_user, session_user, sign_in, sign_out

ROUTER = APIRouter(prefix="/api")

TRIES, PAUSE = 5, 60.0
"""Wrong passwords for one name, and the seconds after which they are forgotten."""


def engine_of(request: Request) -> Engine:
    """The database of the application."""
    engine: Engine = request.app.state.engine
    return engine


def ticket_of(request: Request) -> Ticket:
    """What the guard knows of the request."""
    ticket: Ticket = request.state.ticket
    return ticket


def reading(request: Request) -> Iterator[Connection]:
    """A connection to read from: one moment of the database for the whole answer."""
    with engine_of(request).connect() as connection:
        yield connection


def user_of(request: Request) -> User:
    """Who asks.

    Raises:
        HTTPException: 401, nobody is signed in.
    """
    if not request.app.state.login:
        return local_user()
    with engine_of(request).connect() as connection:
        user = session_user(connection, ticket_of(request).token)
    if user is None:
        raise HTTPException(401, "Sign in first.")
    return user


def filters_of(request: Request) -> Filters:
    """The filters of a query string; unknown keys are somebody else's."""
    names = {f.name for f in fields(Filters)}
    return Filters(**{k: v[:500] for k, v in request.query_params.items() if k in names})


Reading = Annotated[Connection, Depends(reading)]
Reviewer = Annotated[User, Depends(user_of)]
Filtered = Annotated[Filters, Depends(filters_of)]


def editor_of(user: Reviewer) -> User:
    """Who asks, where only an editor may.

    Raises:
        HTTPException: 403, a reviewer.
    """
    if not user.is_editor:
        raise HTTPException(403, "Only an editor may do this.")
    return user


Editor = Annotated[User, Depends(editor_of)]


@ROUTER.get("/findings", summary="A page of the queue")
def get_findings(
    connection: Reading,
    user: Reviewer,
    filters: Filtered,
    after: str = "",
    size: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Findings in the order of the ranking, with where the next page begins.

    Filters: story, lang, family, rule, severity, tier, state, assignee, search, outlet, month.
    """
    del user
    return seen.listed(page(connection, filters, after, size))


@ROUTER.get("/counts", summary="How many findings there are of each kind")
def get_counts(connection: Reading, user: Reviewer, filters: Filtered) -> dict[str, Any]:
    """What the filters want, what of it was decided, and what each other choice would give."""
    del user
    return asdict(counts(connection, filters))


@ROUTER.get("/findings/{finding}", summary="One finding")
def get_finding(
    connection: Reading,
    user: Reviewer,
    filters: Filtered,
    finding: int,
    context: Annotated[int, Query(ge=0, le=20)] = 0,
) -> dict[str, Any]:
    """A finding with its passage in all versions, its history and its neighbours in the queue."""
    del user
    return seen.finding_seen(connection, finding, filters, context)


@ROUTER.post("/findings/{finding}/decision", summary="Decide")
def post_decision(
    request: Request, user: Reviewer, filters: Filtered, finding: int, given: shapes.DecisionIn
) -> shapes.DecidedOut:
    """Accepts, dismisses or repairs; 409 when somebody decided since `revision` was shown."""
    if given.everywhere:
        editor_of(user)
    choice = decide.Choice(
        given.kind, given.reason, given.repair, given.note, everywhere=given.everywhere
    )
    with writing(engine_of(request)) as connection:
        batch = decide.decide(connection, finding, given.revision, choice, user.name)
        following = neighbours(connection, filters, finding)["next"]
        if following is None:
            # The end of the queue is reached, but something before may be open still.
            following = neighbours(connection, filters, finding)["before"]
    return shapes.DecidedOut(batch=batch, next=following)


@ROUTER.post("/bulk", summary="Decide on many findings at once")
def post_bulk(request: Request, user: Reviewer, given: shapes.BulkIn) -> shapes.BulkOut:
    """One decision on the findings of a preview; what changed since is left alone."""
    choice = decide.Choice(given.kind, given.reason, note=given.note)
    with writing(engine_of(request)) as connection:
        batch, done, left = decide.decide_all(connection, given.seen, choice, user.name)
    return shapes.BulkOut(batch=batch, decided=done, left=left)


@ROUTER.post("/undo", summary="Take back")
def post_undo(request: Request, user: Reviewer, given: shapes.UndoIn) -> shapes.UndoneOut:
    """Takes back an act, or the last one of this reviewer; the history keeps both."""
    with writing(engine_of(request)) as connection:
        batch = given.batch or decide.last_batch(connection, user.name)
        return shapes.UndoneOut(findings=decide.undo(connection, batch, user.name))


@ROUTER.post("/findings/{finding}/comments", status_code=201, summary="Comment")
def post_comment(
    request: Request, user: Reviewer, finding: int, given: shapes.CommentIn
) -> dict[str, bool]:
    """Adds a comment."""
    with writing(engine_of(request)) as connection:
        decide.comment(connection, finding, given.text, user.name)
    return {"saved": True}


@ROUTER.post("/findings/{finding}/assignee", summary="Assign")
def post_assignee(
    request: Request, user: Reviewer, finding: int, given: shapes.AssignIn
) -> dict[str, bool]:
    """Gives a finding to somebody, or to nobody."""
    with writing(engine_of(request)) as connection:
        decide.assign(connection, finding, given.assignee, user.name)
    return {"saved": True}


@ROUTER.post("/audits", status_code=201, summary="Import an audit")
def post_audit(request: Request, user: Editor, given: shapes.AuditIn) -> shapes.ImportedOut:
    """Takes an audit in; what was decided on the same fingerprints stays decided."""
    check_report(given.report, "report")
    for document in given.report["documents"]:
        text = given.texts.get(document["id"])
        if text is None:
            raise ReadError("texts", f"{document['id']} is missing", "send its decoded text")
        verify(document, text, f"texts[{document['id']!r}]")
    with writing(engine_of(request)) as connection:
        brought = take_in(connection, Given(given.report, given.texts), user.name)
    return shapes.ImportedOut(**asdict(brought))


@ROUTER.get("/rules", summary="Measured precision of each rule")
def get_rules(connection: Reading, user: Reviewer) -> list[dict[str, Any]]:
    """How often reviewers agreed, with a 95 % interval and the tier that it speaks for."""
    del user
    return seen.rules_seen(connection)


@ROUTER.get("/stories/{story}/export/{format}", summary="Export a story")
def get_export(connection: Reading, user: Reviewer, story: int, format: str) -> Response:
    """`text` (repaired, zip), `xliff`, `tmx`, `csv` or `baseline`."""
    del user
    made = export(connection, story, format)
    name = made.name.encode("ascii", "replace").decode().replace("?", "_")
    return Response(
        made.content,
        media_type=made.type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@ROUTER.get("/session", summary="Who is signed in")
def get_session(request: Request) -> shapes.SessionOut:
    """Name, role, and the token that changes need in the header X-CSRF-Token."""
    csrf = ticket_of(request).csrf
    try:
        user = user_of(request)
    except HTTPException:
        return shapes.SessionOut(name="", role="", csrf=csrf)
    return shapes.SessionOut(name=user.name, role=user.role, csrf=csrf)


@ROUTER.post("/session", summary="Sign in")
def post_session(request: Request, response: Response, given: shapes.SignInIn) -> shapes.SessionOut:
    """Signs in: by cookie for a browser; a program sends the token as a bearer token."""
    failures: dict[str, list[float]] = request.app.state.failures
    recent = [at for at in failures.get(given.name, ()) if monotonic() - at < PAUSE]
    if len(recent) >= TRIES:
        raise HTTPException(429, "Too many wrong passwords. Wait a minute.")
    with writing(engine_of(request)) as connection:
        token = sign_in(connection, given.name, given.password)
        user = session_user(connection, token) if token else None
    if token is None or user is None:
        if len(failures) > 10_000:
            failures.clear()
        failures[given.name] = [*recent, monotonic()]
        raise HTTPException(401, "Name and password do not belong together.")
    failures.pop(given.name, None)
    # A new token: whoever knew the one from before signing in knows nothing now.
    response.headers["Set-Cookie"] = request.app.state.guard.set_cookie(token)
    csrf = Ticket(token, bearer=False).csrf
    return shapes.SessionOut(name=user.name, role=user.role, csrf=csrf, token=token)


@ROUTER.delete("/session", status_code=204, summary="Sign out")
def delete_session(request: Request) -> Response:
    """Ends the session."""
    with writing(engine_of(request)) as connection:
        sign_out(connection, ticket_of(request).token)
    cookie = request.app.state.guard.set_cookie("")
    return Response(status_code=204, headers={"Set-Cookie": cookie})
