"""The lease to deliver: one process delivers at a time, and what another writes is not taken."""

from __future__ import annotations

from pathlib import Path

from graph.connection import BatchSession
from graph.facts.run import is_dead
from graph.statement import read_statement

HERE = Path(__file__).parent
TAKE = read_statement(HERE / "take_lease.cypher").text
DROP = read_statement(HERE / "drop_lease.cypher").text
SECONDS = 15


def take(session: BatchSession, holder: str) -> bool:
    """Take the lease or keep it for some seconds more; whether it is ours."""
    stale = ""
    while True:
        is_ours, held_by = session.run(TAKE, holder=holder, stale=stale, seconds=SECONDS)[0]
        if is_ours or held_by == stale or not is_dead(held_by):
            return bool(is_ours)
        stale = held_by


def drop(session: BatchSession, holder: str) -> None:
    """Let somebody else deliver at once."""
    session.run(DROP, holder=holder)
