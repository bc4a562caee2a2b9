"""Who reviews: names, roles, passwords and sessions."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, insert, select, update

from auditor.core import ConfigError
from auditor.review.database import now
from auditor.review.tables import SESSIONS, USERS

REVIEWER, EDITOR = "reviewer", "editor"
ROLES = (REVIEWER, EDITOR)
SESSION_DAYS = 14
SHORTEST = 10
"""Characters of a password (NIST SP 800-63B asks for eight)."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who reviews; an editor also imports audits and decides for all stories."""

    name: str
    role: str

    @property
    def is_editor(self) -> bool:
        """True for an editor."""
        return self.role == EDITOR


def local_user() -> User:
    """The user of this machine, who needs no password on a loopback address."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        # A container may run as a number without a name.
        name = EDITOR
    return User(name, EDITOR)


def add_user(connection: Connection, name: str, role: str, password: str) -> None:
    """Adds a user, or gives a known one a new role and password.

    Args:
        connection: in a writing transaction.
        name: what the user is called.
        role: one of `ROLES`.
        password: at least `SHORTEST` characters.

    Raises:
        ConfigError: the name or the password will not do.
    """
    from argon2 import PasswordHasher

    if not name.strip() or not name.isprintable() or len(name) > 100:
        raise ConfigError("--add-user", "is no name", "give one of up to 100 characters")
    if not SHORTEST <= len(password) <= 1_000:
        raise ConfigError(
            "password", "is too short or too long", f"give {SHORTEST} to 1,000 characters"
        )
    values = {"role": role, "password": PasswordHasher().hash(password)}
    held = connection.execute(select(USERS.c.id).where(USERS.c.name == name)).scalar()
    if held is None:
        connection.execute(insert(USERS).values(name=name, **values))
        return
    connection.execute(update(USERS).where(USERS.c.id == held).values(values))
    # Whoever knew the old password is signed out.
    connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == held))


def names_of(connection: Connection) -> list[str]:
    """The names of all users, sorted."""
    return list(connection.execute(select(USERS.c.name).order_by(USERS.c.name)).scalars())


def has_users(connection: Connection) -> bool:
    """True when somebody could sign in."""
    found = select(USERS.c.id).where(USERS.c.password != "").limit(1)
    return connection.execute(found).first() is not None


def sign_in(connection: Connection, name: str, password: str) -> str | None:
    """A new session, or None where name and password do not belong together.

    Args:
        connection: in a writing transaction.
        name: of the user.
        password: as typed.

    Returns:
        The token of the session: only its digest is kept.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = PasswordHasher()
    row = connection.execute(select(USERS).where(USERS.c.name == name)).first()
    # An unknown name costs as much time as a wrong password, so that none can be guessed.
    held = row.password if row and row.password else hasher.hash(token_urlsafe())
    try:
        hasher.verify(held, password)
    except (VerificationError, InvalidHashError):
        return None
    if row is None:
        return None
    token = token_urlsafe(32)
    expires = datetime.now(UTC) + timedelta(days=SESSION_DAYS)
    connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < now()))
    connection.execute(
        insert(SESSIONS).values(
            token=digest(token), user_id=row.id, expires=expires.isoformat(timespec="milliseconds")
        )
    )
    return token


def session_user(connection: Connection, token: str) -> User | None:
    """Whose session a token is; None for nobody's."""
    row = connection.execute(
        select(USERS.c.name, USERS.c.role)
        .join(SESSIONS, SESSIONS.c.user_id == USERS.c.id)
        .where(SESSIONS.c.token == digest(token), SESSIONS.c.expires >= now())
    ).first()
    return User(row.name, row.role) if row else None


def sign_out(connection: Connection, token: str) -> None:
    """Ends a session."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.token == digest(token)))


def digest(token: str) -> str:
    """What is kept of a token; it is random, so nothing slower is needed."""
    return sha256(token.encode()).hexdigest()
