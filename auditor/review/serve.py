"""Starts the application: who may reach it, where it listens, what it says."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from auditor.core import ConfigError
from auditor.review.app import LOOPBACK, Access, create_app
from auditor.review.users import has_users


@dataclass(frozen=True, slots=True)
class Place:
    """Where the application is served.

    Attributes:
        host: address to listen on.
        port: 0 takes a free one.
        names: further names under which browsers ask for it.
        login: ask for name and password on a loopback address too.
        certificate: of HTTPS, with `key`.
        key: of the certificate.
        proxied: True behind a proxy that speaks HTTPS to browsers.
    """

    host: str = "127.0.0.1"
    port: int = 8377
    names: tuple[str, ...] = ()
    login: bool = False
    certificate: Path | None = None
    key: Path | None = None
    proxied: bool = False

    @property
    def secure(self) -> bool:
        """True where browsers reach it by HTTPS."""
        return self.proxied or self.certificate is not None


def access_of(place: Place, engine: Engine) -> Access:
    """Who may come in at a place.

    Raises:
        ConfigError: it could be reached from elsewhere by anybody, or passwords could be read.
    """
    local = is_loopback(place.host)
    if (place.certificate is None) != (place.key is None):
        raise ConfigError("--certificate", "needs its key", "give --certificate and --key")
    login = place.login or not local or place.proxied
    if login:
        with engine.connect() as connection:
            known = has_users(connection)
        if not known:
            raise ConfigError(
                f"--host {place.host}" if not local else "--login",
                "other people could reach it, so it asks for a password, and nobody has one yet",
                "add somebody first: auditor review --add-user NAME --role editor",
            )
    if not local and not place.secure:
        raise ConfigError(
            f"--host {place.host}",
            "passwords would cross the network unencrypted",
            "give --certificate and --key, or --behind-proxy where a proxy speaks HTTPS",
        )
    hosts = [*LOOPBACK, *place.names]
    if not local and not ipaddress_is_any(place.host):
        hosts.append(place.host)
    return Access(login, place.secure, tuple(hosts))


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def ipaddress_is_any(host: str) -> bool:
    """True for `0.0.0.0` and `::`, which name no host."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def serve(engine: Engine, place: Place, say: Callable[[str], None]) -> None:
    """Serves until somebody stops it.

    Args:
        engine: of a database with all tables.
        place: where.
        say: told the address once browsers can reach it.

    Raises:
        ConfigError: the address cannot be used.
    """
    import uvicorn

    app = create_app(engine, access_of(place, engine))
    listening = _listen(place)
    port = listening.getsockname()[1]
    shown = f"[{place.host}]" if ":" in place.host else place.host
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=place.certificate and str(place.certificate),
        ssl_keyfile=place.key and str(place.key),
        proxy_headers=place.proxied,
    )
    server = uvicorn.Server(config)
    say(f"{'https' if place.certificate else 'http'}://{shown}:{port}/")
    server.run(sockets=[listening])


def _listen(place: Place) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((place.host, place.port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        raise ConfigError(
            f"{place.host}:{place.port}",
            f"cannot be listened on: {getattr(error, 'strerror', None) or error}",
            "choose another --port; 0 takes a free one",
        ) from error
    return listening
