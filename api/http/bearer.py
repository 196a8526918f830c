"""Who asks: the API key of a request, proved, and what its principal may see.

RFC 6750. Whatever is wrong with a key, the answer is the same; the log says what it was.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from api.http.problem import Problem
from graph.access.key import SCOPES, ApiKey, find_key, prefix_of
from graph.access.principal import LOCAL_OPERATOR, Principal, scope_of
from graph.connection import ReadSession
from graph.errors import FootprintError
from graph.scope import EVERYTHING, Scope

log = structlog.get_logger()

FRESH = timedelta(seconds=4)
"""How long a key and its accounts are remembered: a revoked one stops within five seconds."""
NOTED = timedelta(hours=1)
"""How often at most the use of a key is noted."""
MOST_KEPT = 1_000
REALM = 'Bearer realm="footprint"'


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, with what may be seen and what the key is for."""

    principal: Principal
    scope: Scope
    key_scopes: tuple[str, ...]


LOCAL = Asker(LOCAL_OPERATOR, EVERYTHING, SCOPES)
"""Whoever asks on this machine without a key, where that is allowed."""


@dataclass(slots=True)
class _Known:
    key: ApiKey
    scope: Scope
    read_at: datetime


class Keyring:
    """Keys as they were last read; none is believed for longer than `FRESH`."""

    def __init__(
        self,
        graph: ReadSession,
        note_use: Callable[[str, datetime], Awaitable[None]],
        *,
        clock: Callable[[], datetime],
        anonymous: bool,
    ) -> None:
        self._graph = graph.seen_by(EVERYTHING)
        self._note_use = note_use
        self._clock = clock
        self._anonymous = anonymous
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._noted: dict[str, datetime] = {}

    async def asker(self, authorization: str | None, *, needs: str = "api:read") -> Asker:
        """Who asks by this header; Problem 401 without a good key, 403 where it is for less."""
        if authorization is None and self._anonymous:
            return LOCAL
        kind, _, text = (authorization or "").partition(" ")
        prefix = prefix_of(text.strip()) if kind.lower() == "bearer" else None
        if prefix is None:
            raise _refused("no key" if authorization is None else "not the form of a key")
        known = await self._lookup(prefix)
        if known is None:
            raise _refused("no such key", prefix)
        if not known.key.proves(text.strip()):
            raise _refused("wrong secret", prefix)
        state = known.key.state(self._clock())
        if state != "valid":
            raise _refused(state, prefix)
        if needs not in known.key.scopes:
            headers = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{needs}"'}
            raise Problem(403, "FORBIDDEN", f"the key is not for {needs}", headers=headers)
        await self._note(prefix)
        return Asker(known.key.principal, known.scope, known.key.scopes)

    async def _lookup(self, prefix: str) -> _Known | None:
        now = self._clock()
        known = self._known.get(prefix)
        if known and timedelta(0) <= now - known.read_at < FRESH:
            return known
        self._known.pop(prefix, None)
        key = await find_key(self._graph, prefix)
        if key is None:
            return None
        scope = await scope_of(self._graph, key.principal, on=now.date())
        known = self._known[prefix] = _Known(key, scope, now)
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return known

    async def _note(self, prefix: str) -> None:
        now = self._clock()
        noted = self._noted.get(prefix)
        if noted is None or now - noted >= NOTED:
            self._noted[prefix] = now
            try:
                await self._note_use(prefix, now)
            except FootprintError as error:  # who may ask is answered all the same
                log.warning("key_use_not_noted", key=f"fp_{prefix}", reason=error.what)


def _refused(reason: str, prefix: str | None = None) -> Problem:
    log.warning("key_refused", reason=reason, key=prefix and f"fp_{prefix}")
    return Problem(
        401,
        "UNAUTHENTICATED",
        "a valid API key is needed: Authorization: Bearer fp_...",
        headers={"WWW-Authenticate": REALM},
    )
