"""API keys: `fp_<prefix>_<secret>`, of which the graph holds the prefix and a hash alone.

The secret has 256 random bits, so one SHA-256 is enough: a slow hash protects what people choose,
which can be guessed; this cannot, and a slow hash would only slow each request down.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from graph.access.principal import Principal, Role
from graph.connection import BatchSession, ReadSession
from graph.errors import NotFound, UsageError
from graph.statement import read_statement

HERE = Path(__file__).parent
KEY = read_statement(HERE / "key.cypher").text
KEYS = read_statement(HERE / "keys.cypher").text
WRITE_KEY = read_statement(HERE / "write_key.cypher").text
REVOKE_KEY = read_statement(HERE / "revoke_key.cypher").text
USE_KEY = read_statement(HERE / "use_key.cypher").text

SCOPES = ("api:read", "api:write", "api:adhoc", "feeds:read")
"""What keys may be used for: GraphQL, its mutations, texts of one's own, feeds."""
LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=366)
_KEY = re.compile(r"fp_([a-z2-7]{12})_[A-Za-z0-9_-]{43}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as the graph knows it: without its secret."""

    prefix: str
    hash: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    """When it was last used, to the hour."""
    revoked_at: datetime | None
    principal: Principal

    def state(self, now: datetime) -> str:
        """valid, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if now < self.expires_at else "expired"

    def proves(self, text: str) -> bool:
        """Whether this is the key's text, in constant time."""
        return hmac.compare_digest(self.hash, hash_of(text))


def hash_of(text: str) -> str:
    """What is kept of a key's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def prefix_of(text: str) -> str | None:
    """The prefix in a key's text; None where it has not the form of a key."""
    found = _KEY.fullmatch(text)
    return found[1] if found else None


def minted() -> tuple[str, str]:
    """A new prefix, and the text of a key that begins with it."""
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return prefix, f"fp_{prefix}_{secrets.token_urlsafe(32)}"


async def find_key(graph: ReadSession, prefix: str) -> ApiKey | None:
    """The key with a prefix, whatever its state; `graph` must see everything itself."""
    rows = await graph.rows(KEY, prefix=prefix)
    return _key(rows[0]) if rows else None


def keys(session: BatchSession) -> list[ApiKey]:
    """All keys, the newest first."""
    return [_key(row) for row in session.rows(KEYS)]


def create_key(
    session: BatchSession,
    principal: Principal,
    *,
    now: datetime,
    life: timedelta = LIFE,
    scopes: Sequence[str] = ("api:read",),
) -> tuple[str, datetime]:
    """A new key of a principal: its text, which is never seen again, and its end."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise UsageError(
            f"no key can have the scope {', '.join(unknown) or 'of nothing'}",
            remedy=f"one or more of {', '.join(SCOPES)}",
        )
    if not timedelta(0) < life <= LONGEST_LIFE:
        raise UsageError(
            f"a key cannot live {life.days} days", remedy=f"1 to {LONGEST_LIFE.days} days"
        )
    prefix, text = minted()
    session.run(
        WRITE_KEY,
        id=str(uuid4()),
        principal=principal.id,
        prefix=prefix,
        hash=hash_of(text),
        scopes=sorted(set(scopes)),
        now=now,
        expires_at=now + life,
    )
    return text, now + life


def revoke_key(session: BatchSession, prefix: str, *, now: datetime) -> datetime:
    """Take a key back; since when it is. Raises NotFound for a prefix that no key has."""
    bare = prefix.removeprefix("fp_").split("_")[0]
    rows = session.run(REVOKE_KEY, prefix=bare, now=now)
    if not rows:
        raise NotFound(f"no key begins with fp_{bare}", remedy="./footprint keys list")
    return datetime.fromisoformat(rows[0][0])


def note_use(session: BatchSession, prefix: str, *, now: datetime) -> None:
    """Remember that a key was used, if that was not noted within the hour."""
    session.run(USE_KEY, prefix=prefix, now=now)


def _key(row: Sequence[Any]) -> ApiKey:
    prefix, digest, scopes, *moments, id, name, role = row[:10]
    seller, teams, territories, countries, accounts = row[10:]
    created, expires, used, revoked = (
        datetime.fromisoformat(one) if one else None for one in moments
    )
    assert created
    assert expires
    principal = Principal(
        id, name, Role(role), seller, tuple(teams), tuple(territories), tuple(countries),
        tuple(accounts),
    )  # fmt: skip
    return ApiKey(prefix, digest, tuple(scopes), created, expires, used, revoked, principal)
