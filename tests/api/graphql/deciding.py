"""What the tests of mutations share: people with keys, and requests as clients send them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from graph.access.enrolled import enrol
from graph.access.key import SCOPES, create_key
from graph.access.principal import Role
from graph.connection import BatchSession

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
PEOPLE = """
MERGE (mine:Account {id: 'account'})
MERGE (theirs:Account {id: 'theirs'})
WITH mine, theirs UNWIND [['dana', mine], ['evan', theirs]] AS row
WITH row[0] AS id, row[1] AS account
CREATE (:Seller {id: id, name: id})-[:COVERS {valid_from: date('2020-01-01'),
  valid_to: date('9999-12-31'), recorded_from: datetime('2020-01-01'),
  recorded_to: datetime('9999-12-31T00:00:00Z')}]->(account)
"""
GIVEN: dict[Role, dict[str, Any]] = {
    Role.account_executive: {"seller": "evan"},
    Role.regional_lead: {"countries": ["FR"]},
    Role.partner: {"accounts": ["account"]},
}
ACT = """
mutation ($input: ActOnSignalInput!) {
  actOnSignal(input: $input) { clientMutationId signalId ruleId state }
}
"""
JUDGE = """
mutation ($input: JudgeInput!) {
  judge(input: $input) { clientMutationId judgementId left right verdict supersedes }
}
"""
WITHDRAW = """
mutation ($input: WithdrawJudgementInput!) {
  withdrawJudgement(input: $input) { judgementId left right verdict }
}
"""
APPROVE = """
mutation ($input: ApproveHeldRunInput!) {
  approveHeldRun(input: $input) { clientMutationId runId sourceId closed factsClosed }
}
"""
ENTRIES = """
MATCH (entry:AuditEntry)
RETURN entry.principal_name, entry.act, entry.outcome, entry.code ORDER BY entry.at, entry.outcome
"""

Keyed = Callable[..., dict[str, str]]


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a millisecond each time that it is read."""
    ticks = count()
    return lambda: NOW + timedelta(milliseconds=next(ticks))


def people(session: BatchSession) -> Keyed:
    """Sellers of two accounts; the header of a new key of a new principal."""
    session.run(PEOPLE)
    numbers = count()

    def keyed(role: Role, scopes: tuple[str, ...] = SCOPES, **given: Any) -> dict[str, str]:
        name = f"{role} {next(numbers)}"
        principal = enrol(session, name, role, now=NOW, **(given or GIVEN.get(role, {})))
        text, _ = create_key(session, principal, now=NOW, scopes=scopes)
        return {"authorization": f"Bearer {text}"}

    return keyed


async def send(
    client: httpx.AsyncClient, header: dict[str, str], document: str, **given: Any
) -> httpx.Response:
    """A mutation with this input, sent."""
    body = {"query": document, "variables": {"input": given}}
    accept = {"accept": "application/graphql-response+json"}
    return await client.post("/graphql", json=body, headers=header | accept)


def code_of(answer: httpx.Response) -> str | None:
    """The code of its error, if any."""
    errors = answer.json().get("errors")
    return errors[0]["extensions"]["code"] if errors else None


def data_of(answer: httpx.Response) -> Any:
    """What its one field was answered."""
    told = answer.json()
    assert "errors" not in told, told
    (value,) = told["data"].values()
    return value
