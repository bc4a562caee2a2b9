"""What every request passes: its size, its origin, its session, and the headers of its answer.

It stands before all routes, so that none can forget it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 << 20
"""Bytes of the largest request: a report of 20,000 findings with its texts."""

SMALL = 256 << 10
"""Bytes of any other request: a decision with a long repair."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
IMPORT = "/api/audits"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, no script and no style inside a page: article text is hostile."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is known of a request before any route sees it.

    Attributes:
        token: of the session; fresh for a browser that has none yet.
        bearer: True for a program that gave its token in a header: no page can do so.
    """

    token: str
    bearer: bool

    @property
    def csrf(self) -> str:
        """What a page must send to change something: known to whoever could read our pages."""
        return sha256(f"csrf {self.token}".encode()).hexdigest()


class Guard:
    """ASGI middleware: refuses what is too large or comes from elsewhere."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """Stands before an application.

        Args:
            app: what is guarded.
            secure: True where browsers reach it by HTTPS: then the cookie says so.
        """
        self.app = app
        self.secure = secure
        # With the prefix, no other host of the domain can plant the cookie.
        self.cookie = "__Host-auditor" if secure else "auditor"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        held = self._token(headers)
        bearer = _bearer(headers)
        ticket = Ticket(bearer or held or token_urlsafe(32), bool(bearer))
        scope.setdefault("state", {})["ticket"] = ticket
        fresh = "" if held or bearer else self.set_cookie(ticket.token)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    # Style and script of this version may be kept.
                    out.setdefault(name, value)
                if fresh and "set-cookie" not in out:
                    out.append("Set-Cookie", fresh)
            await send(message)

        refusal = self._refusal(scope, headers, ticket)
        if refusal:
            await _refuse(answer, *refusal)
            return
        limit = LARGEST if scope["path"] == IMPORT else SMALL
        body = await _body(receive, limit) if scope["method"] not in SAFE else b""
        if body is None:
            await _refuse(answer, 413, f"More than {limit >> 10} kB is too much.")
            return
        sent = False

        async def again() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, again if scope["method"] not in SAFE else receive, answer)

    def set_cookie(self, token: str) -> str:
        """The header that gives a browser its session; an empty token takes it away."""
        age = "" if token else "; Max-Age=0"
        secure = "; Secure" if self.secure else ""
        return f"{self.cookie}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{age}"

    def _token(self, headers: Headers) -> str:
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return ""
        return held.value if held and 20 <= len(held.value) <= 200 else ""

    @staticmethod
    def _refusal(scope: Scope, headers: Headers, ticket: Ticket) -> tuple[int, str] | None:
        if scope["method"] in SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None and not _same(origin, headers.get("host", "")):
            return 403, "This comes from another site."
        if ticket.bearer:
            return None
        if origin is None and headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, "This comes from another site."
        given = headers.get("x-csrf-token", "")
        if not compare_digest(given.encode(), ticket.csrf.encode()):
            return 403, "This page is too old to save anything. Reload it and try again."
        return None


def _same(origin: str, host: str) -> bool:
    """True when an Origin header names this host: `null` and other ports do not."""
    return bool(host) and urlsplit(origin).netloc.casefold() == host.casefold()


def _bearer(headers: Headers) -> str:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.casefold() == "bearer" else ""


async def _body(receive: Receive, limit: int) -> bytes | None:
    """The body of a request; None when it is larger than the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _refuse(send: Send, status: int, message: str) -> None:
    body = json.dumps({"detail": message}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
