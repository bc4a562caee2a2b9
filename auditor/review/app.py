"""The application: routes behind the guard, errors as people and programs read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from auditor import __version__
from auditor.core import AuditorError
from auditor.review import api, pages
from auditor.review.decide import ConflictError, MissingError, RefusedError
from auditor.review.guard import Guard

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Attributes:
        login: True when a name and a password are needed.
        secure: True where browsers reach it by HTTPS.
        hosts: names under which it may be asked for; others are refused, so that no page
            elsewhere can point its own name at this machine.
    """

    login: bool = False
    secure: bool = False
    hosts: Sequence[str] = LOOPBACK


def create_app(engine: Engine, access: Access | None = None) -> FastAPI:
    """The application on a database.

    Args:
        engine: of a database with all tables.
        access: who may come in; anybody on this machine when None.
    """
    access = access or Access()
    # The documentation pages of the framework load scripts from elsewhere.
    app = FastAPI(
        title="translation-auditor review",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.engine = engine
    app.state.login = access.login
    app.state.failures = {}
    app.state.guard = Guard(app, secure=access.secure)
    app.include_router(api.ROUTER)
    app.include_router(pages.ROUTER)
    static = str(files("auditor.review") / "static")
    app.mount("/static", StaticFiles(directory=static), name="static")
    app.add_middleware(Guard, secure=access.secure)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(access.hosts), www_redirect=False)
    app.add_exception_handler(AuditorError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    return app


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and request.method == "GET"


def _told(request: Request, error: Exception) -> Response:
    known: dict[type[Exception], int] = {ConflictError: 409, MissingError: 404, RefusedError: 422}
    return _answer(request, known.get(type(error), 400), str(error))


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 401 and _wants_page(request):
        return RedirectResponse("/login", 303)
    return _answer(request, error.status_code, str(error.detail))


def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    # Never what was sent: it may be a password.
    places = ("/".join(map(str, e["loc"])) + ": " + e["msg"] for e in error.errors())
    return _answer(request, 422, "; ".join(places)[:2_000])


def _answer(request: Request, status: int, message: str) -> Response:
    if _wants_page(request):
        return pages.message_page(request, status, message)
    return JSONResponse({"detail": message}, status)
