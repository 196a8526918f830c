"""Takes and keeps leases; each is a node, held for some seconds by one process."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import psutil

from graph.connection import BatchSession, Statements
from graph.statement import read_statement

HERE = Path(__file__).parent
CLAIM = read_statement(HERE / "claim.cypher").text
DROP = read_statement(HERE / "drop.cypher").text


def holder_name() -> str:
    """This process, as leases name it."""
    return f"{socket.gethostname()}/{os.getpid()}"


def claim(
    graph: Statements, id: str, *, holder: str, seconds: float, stale: str = ""
) -> tuple[bool, str]:
    """Hold a lease for some seconds, if free, ours or of `stale`: whether, and who held it."""
    is_ours, held_by = graph.run(CLAIM, id=id, holder=holder, stale=stale, seconds=seconds)[0]
    return bool(is_ours), held_by


def take(session: BatchSession, id: str, *, holder: str, seconds: float) -> tuple[bool, str]:
    """Claim a lease, also from a process of this machine that is no more."""
    is_ours, held_by = claim(session, id, holder=holder, seconds=seconds)
    if not is_ours and is_dead(held_by):
        return claim(session, id, holder=holder, seconds=seconds, stale=held_by)
    return is_ours, held_by


def drop(session: BatchSession, id: str, *, holder: str) -> None:
    """Let somebody else take it at once."""
    session.run(DROP, id=id, holder=holder)


def is_dead(holder: str) -> bool:
    """Whether it is a process of this machine that is no more."""
    host, _, pid = holder.rpartition("/")
    return host == socket.gethostname() and pid.isdigit() and not psutil.pid_exists(int(pid))
