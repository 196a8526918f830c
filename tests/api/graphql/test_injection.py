"""Whatever a client writes, the statements that are sent are the same ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import product
from typing import Any

import httpx
import neo4j
import pytest

from graph.connection import BatchSession

DOCUMENT = """
query ($text: String!, $id: ID!) {
  search(text: $text) { id name }
  legalEntity(id: $id) { id name }
  hierarchy(id: $id) { entities { id name } }
  ancestors(id: $id) { id name }
  owners(id: $id) { id }
  why(id: $id, property: $text) { facts { factId } }
  hierarchyChanges(id: $id, fromOn: "2024-01-01", toOn: "2024-02-01") { kind }
  signals(accountId: $id, ruleId: $id) { id message }
}
"""
DECISIONS = """
mutation ($id: ID!, $other: ID!, $text: String!) {
  actOnSignal(input: {clientMutationId: $text, signalId: $id, action: wrong_data, reason: $text,
    wrongClaim: $text}) { state }
  judge(input: {clientMutationId: $text, left: $id, right: $other, verdict: same, reason: $text}) {
    judgementId
  }
  withdrawJudgement(input: {clientMutationId: $text, judgementId: $id, reason: $text}) {
    judgementId
  }
  approveHeldRun(input: {clientMutationId: $text, runId: $id}) { runId }
}
"""
PAYLOADS = (
    "' OR 1=1 //",
    '" OR 1=1 //',
    "`) DETACH DELETE (n",
    "}) DETACH DELETE n //",
    "$text",
    "${id}",
    "\\u0027 OR true //",
    "1; MATCH (n) DETACH DELETE n",
    "*",
    "name:*",
    "a~ AND b^9 (",
    "\\\\",
    "\x00",
    "'}) RETURN n UNION MATCH (m) RETURN m //",
    "LOAD CSV FROM 'file:///etc/passwd' AS x RETURN x",
    "CALL dbms.security.listUsers()",
    "{{7*7}}",
    "%27",
    "０＇",
    "\u202e",
    "e\u0301",
    "🙂",
    "/*",
    "--",
    "toString(x)",
)
AROUND = (
    "{}", " {} ", "a{}", "{}a", "a {} b", "'{}'", '"{}"', "`{}`", "({})", "[{}]", "{}{}", "\\{}",
    "{}\n", "\n{}", "{}//", "/*{}*/", "{};", "x:{}", "{}*", "%{}%",
)  # fmt: skip


async def test_five_hundred_strings_of_attackers_change_no_statement(
    ask: Callable[..., Any], statements: list[str]
) -> None:
    for plain in ("acme", "acme holding", "e5a3c1f0-0000-5000-8000-000000000000", "12345"):
        await ask(DOCUMENT, text=plain, id=plain)
    usual = set(statements)
    texts = [around.replace("{}", one) for one, around in product(PAYLOADS, AROUND)]
    for at in range(0, len(texts), 20):
        some = texts[at : at + 20]
        answers = await asyncio.gather(*(ask(DOCUMENT, text=one, id=one) for one in some))
        assert [one for one, told in zip(some, answers, strict=True) if "errors" in told] == []

    assert len(texts) == 500
    assert set(statements) == usual


async def test_what_attackers_want_decided_changes_no_statement(
    client: httpx.AsyncClient, batches: BatchSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: set[str] = set()
    for kind in (neo4j.Session, neo4j.ManagedTransaction):
        _note(kind, sent, monkeypatch)

    async def decide(text: str) -> list[str]:
        body = {"query": DECISIONS, "variables": {"id": text, "other": text + "2", "text": text}}
        answer = await client.post("/graphql", json=body, headers={"x-purpose": "why"})
        return [one["extensions"]["code"] for one in answer.json()["errors"]]

    refused = await decide("acme")
    usual = set(sent)
    told = [await decide(text) for text in PAYLOADS]

    assert refused == ["NOT_FOUND"] * 4
    assert told == [refused] * len(PAYLOADS)
    assert sent == usual


def _note(kind: Any, sent: set[str], patch: pytest.MonkeyPatch) -> None:
    """Keep each statement that is run by this kind."""
    run = kind.run

    def noted(self: Any, query: Any, *arguments: Any, **parameters: Any) -> Any:
        sent.add(str(query))
        return run(self, query, *arguments, **parameters)

    patch.setattr(kind, "run", noted)
