"""The log of decisions: who decided what on which thing, when, what for, and what became of it.

Entries are only ever created. The entry of what was done is written in the transaction that does
it, and its receipt is unique: so it is done once, however often and by however many it is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
from neo4j.exceptions import ConstraintError

from graph.access.principal import Principal
from graph.connection import BatchSession, OneTransaction, Transaction
from graph.errors import FootprintError
from graph.ids import text_uuid5
from graph.statement import read_statement

HERE = Path(__file__).parent
WRITE = read_statement(HERE / "write_audit_entry.cypher").text
RECEIPT = read_statement(HERE / "receipt.cypher").text
ENTRIES = read_statement(HERE / "audit_entries.cypher").text

MOST_DETAILS = 4_000
"""Letters that are kept of what was given."""

Told = dict[str, Any]
"""What is answered to a decision; JSON can hold it."""
Act = Callable[[Transaction], Told]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a principal wants to be done, as its entry tells it."""

    principal: Principal
    act: str
    subject: str
    at: datetime
    request_id: str
    purpose: str | None
    client_mutation_id: str
    given: Mapping[str, Any]

    @property
    def receipt(self) -> str:
        """The same for the same principal and the same client's id."""
        return text_uuid5(f"receipt|{self.principal.id}|{self.client_mutation_id}")

    @property
    def content(self) -> bytes:
        """What was given, in one form."""
        return orjson.dumps(dict(self.given), option=orjson.OPT_SORT_KEYS)

    @property
    def content_hash(self) -> str:
        """What tells another decision by the same id from this one."""
        return hashlib.sha256(self.act.encode() + b"|" + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry as it is read."""

    at: str
    principal: str
    principal_name: str
    role: str
    act: str
    subject: str
    outcome: str
    code: str | None
    reason: str | None
    details: str
    purpose: str | None
    request_id: str
    client_mutation_id: str
    entry_id: str

    def as_dict(self) -> dict[str, Any]:
        """The entry for `--json`."""
        return asdict(self)


class Taken(Exception):
    """The client's id stands for another decision."""


def answered(session: BatchSession, decision: Decision) -> Told | None:
    """What was answered when this was done; None when it was not. Taken if it was another."""
    row = session.row(RECEIPT, receipt=decision.receipt)
    if not row:
        return None
    content_hash, answer = row
    if content_hash != decision.content_hash:
        raise Taken
    told: Told = orjson.loads(answer)
    return told


def do_once(session: BatchSession, decision: Decision, act: Act) -> Told:
    """Act and note it, in one transaction, unless it was done: then what that was answered."""

    def work(transaction: Transaction) -> Told:
        told = act(transaction)
        note(transaction, decision, "done", answer=told)
        return told

    return _unless_done(session, decision, lambda: session.write(work))


def do_at_length(session: BatchSession, decision: Decision, act: Callable[[], Told]) -> Told:
    """Do what takes many transactions; an entry before it says that it was begun."""

    def work() -> Told:
        session.write(lambda transaction: note(transaction, decision, "begun"))
        told = act()
        session.write(lambda transaction: note(transaction, decision, "done", answer=told))
        return told

    return _unless_done(session, decision, work)


def _unless_done(session: BatchSession, decision: Decision, work: Callable[[], Told]) -> Told:
    """What was answered before; also where its twin was done while this was on its way."""
    told = answered(session, decision)
    if told is not None:
        return told
    try:
        return work()
    except (ConstraintError, FootprintError):
        told = answered(session, decision)
        if told is None:
            raise
        return told


def note(
    transaction: Transaction,
    decision: Decision,
    outcome: str,
    *,
    answer: Told | None = None,
    code: str | None = None,
    reason: str | None = None,
) -> None:
    """Append the entry of a decision."""
    OneTransaction(transaction).run(
        WRITE,
        id=str(uuid4()),
        principal=decision.principal.id,
        principal_name=decision.principal.name,
        role=str(decision.principal.role),
        act=decision.act,
        subject=decision.subject,
        at=decision.at,
        request_id=decision.request_id,
        purpose=decision.purpose,
        details=decision.content.decode()[:MOST_DETAILS],
        content_hash=decision.content_hash,
        outcome=outcome,
        code=code,
        reason=reason,
        client_mutation_id=decision.client_mutation_id,
        receipt=decision.receipt if outcome == "done" else None,
        answer=orjson.dumps(answer).decode() if answer is not None else None,
    )


def entries(
    session: BatchSession,
    *,
    principal: str | None = None,
    since: datetime | None = None,
    limit: int = 100,
) -> list[AuditEntry]:
    """Entries, the newest first; `principal` is an id or a name."""
    rows = session.rows(ENTRIES, principal=principal, since=since, limit=limit)
    return [AuditEntry(*row) for row in rows]
