"""Acting on signals over HTTP: who may, on which, once, and what the audit log says of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from random import Random
from typing import Any

import httpx
import orjson
import pytest

from api.app import build_app
from graph.access.key import SCOPES
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from tests.api.graphql.deciding import ACT, ENTRIES, Keyed, code_of, data_of, people, send, ticking
from tests.rules.engine.carrier import build
from tests.rules.engine.sample import write_rule

STATE = """
MATCH (signal:Signal)
OPTIONAL MATCH (said:Disposition)-[:ON_SIGNAL]->(signal)
WITH signal, said ORDER BY said.at
RETURN signal.state, signal.state_reason, signal.resumes_as,
       collect([said.kind, said.reason, said.by, said.before, said.withdrawn_at IS NOT NULL]),
       COUNT { (:Event) }, COLLECT { MATCH (entry:AuditEntry)
         RETURN [entry.act, entry.subject, entry.outcome, entry.details] ORDER BY entry.at }
"""
STEPS: list[dict[str, Any]] = [
    {"action": "not_mine", "reason": "see Evan"},
    {"action": "snooze", "reason": "budget", "untilChange": True},
    {"action": "accept", "reason": "call on Monday"},
    {"action": "withdraw", "reason": "it was another one"},
    {"action": "duplicate", "reason": "seen before"},
]
"""None of these is refused when it comes after those before it."""


@pytest.fixture
def signal(batches: BatchSession, tmp_path: Path) -> str:
    """The id of an open signal of the account `account`."""
    carrier = build(batches, write_rule(tmp_path, yaml=("experimental", "stable")))
    carrier.run()
    return str(carrier.signal("id")[0])


@pytest.fixture
def keyed(signal: str, batches: BatchSession) -> Keyed:
    """Keys of people, made once the signal is there."""
    return people(batches)


@pytest.fixture
async def client(empty_graph: Server) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that requires keys and whose clock ticks."""
    app = build_app(empty_graph, anonymous=False, clock=ticking())
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


@pytest.fixture
def dana(keyed: Keyed) -> dict[str, str]:
    """Who covers the signal's account."""
    return keyed(Role.account_executive, seller="dana")


async def test_an_answer_is_kept_with_its_entry(
    client: httpx.AsyncClient, dana: dict[str, str], signal: str, batches: BatchSession
) -> None:
    header = dana | {"x-purpose": "weekly review", "x-request-id": "request-1"}
    given = {"clientMutationId": "c1", "signalId": signal, "action": "accept", "reason": "I call"}
    told = await send(client, header, ACT, **given)
    assert data_of(told) == {
        "clientMutationId": "c1", "signalId": signal, "ruleId": "contract_is_not_renewed",
        "state": "actioned",
    }  # fmt: skip
    assert batches.rows("MATCH (d:Disposition) RETURN d.kind, d.reason, d.by, d.before") == [
        ("acted", "I call", "account_executive 0", "open")
    ]
    ((entry,),) = batches.rows("MATCH (e:AuditEntry) RETURN properties(e)")
    assert {name: entry[name] for name in ("principal_name", "role", "act", "subject", "outcome",
            "purpose", "request_id", "client_mutation_id")} == {
        "principal_name": "account_executive 0", "role": "account_executive",
        "act": "actOnSignal", "subject": f"Signal/{signal}", "outcome": "done",
        "purpose": "weekly review", "request_id": "request-1", "client_mutation_id": "c1",
    }  # fmt: skip
    assert orjson.loads(entry["details"]) == {
        "subject": f"Signal/{signal}", "action": "acted", "reason": "I call", "until": None,
        "until_change": False, "wrong_claim": "",
    }  # fmt: skip


async def test_a_foreign_signal_is_refused_as_an_unknown_one_in_the_same_bytes(
    client: httpx.AsyncClient, keyed: Keyed, signal: str, batches: BatchSession
) -> None:
    evan = keyed(Role.account_executive)
    told = []
    for id in (signal, signal[:-1] + "x", "nothing", ""):
        for action in ("accept", "withdraw"):
            answer = await send(
                client, evan, ACT, clientMutationId="c", signalId=id, action=action, reason="x"
            )
            body = answer.json()
            del body["extensions"]["cost"]["throttleStatus"]
            told.append(orjson.dumps(body))
    assert len(set(told)) == 1
    assert orjson.loads(told[0])["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert batches.row("MATCH (s:Signal) RETURN s.state") == ("open",)
    refused = ("account_executive 0", "actOnSignal", "refused", "NOT_FOUND")
    assert batches.rows(ENTRIES) == [refused] * 8


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "BAD_USER_INPUT"),
        ({"reason": "x" * 2_001}, "BAD_USER_INPUT"),
        ({"clientMutationId": ""}, "BAD_USER_INPUT"),
        ({"clientMutationId": "c" * 101}, "BAD_USER_INPUT"),
        ({"action": "snooze"}, "BAD_USER_INPUT"),
        ({"action": "snooze", "until": "2026-01-01"}, "BAD_USER_INPUT"),
        ({"until": "2027-01-01"}, "BAD_USER_INPUT"),
        ({"action": "wrong_data", "wrongClaim": "i.nothing"}, "BAD_USER_INPUT"),
        ({"wrongClaim": "i.ends_on"}, "BAD_USER_INPUT"),
        ({"action": "withdraw"}, "BAD_USER_INPUT"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_noted(
    client: httpx.AsyncClient,
    dana: dict[str, str],
    signal: str,
    batches: BatchSession,
    given: dict[str, Any],
    code: str,
) -> None:
    usual = {"clientMutationId": "c", "signalId": signal, "action": "accept", "reason": "x"}
    answer = await send(client, dana, ACT, **usual | given)
    assert (answer.status_code, code_of(answer)) == (294, code)
    assert batches.rows(ENTRIES) == [("account_executive 0", "actOnSignal", "refused", code)]
    assert batches.row("MATCH (s:Signal) RETURN s.state") == ("open",)


async def test_a_key_that_is_not_for_writing_decides_nothing(
    client: httpx.AsyncClient, keyed: Keyed, signal: str, batches: BatchSession
) -> None:
    reading = tuple(one for one in SCOPES if one != "api:write")
    header = keyed(Role.account_executive, reading, seller="dana")
    answer = await send(
        client, header, ACT, clientMutationId="c", signalId=signal, action="accept", reason="x"
    )
    assert code_of(answer) == "FORBIDDEN"
    assert [row[2:] for row in batches.rows(ENTRIES)] == [("refused", "FORBIDDEN")]


async def test_an_id_stands_for_one_decision(
    client: httpx.AsyncClient, dana: dict[str, str], signal: str, batches: BatchSession
) -> None:
    given = {"clientMutationId": "c", "signalId": signal, "action": "accept", "reason": "x"}
    first = await send(client, dana, ACT, **given)
    again = await send(client, dana, ACT, **given)
    other = await send(client, dana, ACT, **given | {"reason": "y"})
    assert data_of(again) == data_of(first)
    assert code_of(other) == "CONFLICT"
    assert [row[2:] for row in batches.rows(ENTRIES)] == [
        ("done", None), ("refused", "CONFLICT")
    ]  # fmt: skip
    assert batches.row("MATCH (d:Disposition) RETURN count(d)") == (1,)


async def test_two_at_once_are_one_decision_and_of_two_others_one_is_refused(
    client: httpx.AsyncClient, dana: dict[str, str], signal: str, batches: BatchSession
) -> None:
    given = {"clientMutationId": "c", "signalId": signal, "action": "duplicate", "reason": "x"}
    told = await asyncio.gather(*(send(client, dana, ACT, **given) for _ in range(6)))
    assert [data_of(one) for one in told] == [data_of(told[0])] * 6
    given |= {"clientMutationId": "d", "action": "withdraw"}
    told = await asyncio.gather(
        *(send(client, dana, ACT, **given | {"reason": reason}) for reason in ("x", "y"))
    )
    assert sorted(map(code_of, told), key=str) == ["CONFLICT", None]
    assert batches.rows("MATCH (d:Disposition) RETURN d.withdrawn_at IS NOT NULL") == [(True,)]


async def test_requests_that_are_repeated_leave_what_each_leaves_once(
    emptied: Callable[[], Server], batches: BatchSession, tmp_path: Path
) -> None:
    async def after(order: list[int]) -> tuple[list[Any], list[Any]]:
        """The state that these steps leave, and what each of them was answered."""
        server = emptied()
        carrier = build(batches, write_rule(tmp_path, yaml=("experimental", "stable")))
        carrier.run()
        id, header = carrier.signal("id")[0], people(batches)(Role.account_executive, seller="dana")
        app = build_app(server, anonymous=False, clock=ticking())
        answers: dict[int, Any] = {}
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asks:
                for step in order:
                    given = STEPS[step] | {"clientMutationId": f"c{step}", "signalId": id}
                    told = data_of(await send(asks, header, ACT, **given))
                    assert answers.setdefault(step, told) == told
        return batches.rows(STATE), [answers[step] for step in sorted(answers)]

    once = await after(list(range(len(STEPS))))
    for seed in range(4):
        random, order = Random(seed), []
        for step in range(len(STEPS)):
            order += [step, *random.choices(range(step + 1), k=random.randint(0, 4))]
        assert await after(order) == once, order


async def test_of_several_decisions_each_stands_for_itself(
    client: httpx.AsyncClient, dana: dict[str, str], signal: str, batches: BatchSession
) -> None:
    both = """mutation ($one: ActOnSignalInput!, $other: ActOnSignalInput!) {
      one: actOnSignal(input: $one) { state } other: actOnSignal(input: $other) { state } }"""
    usual = {"signalId": signal, "action": "duplicate", "reason": "x"}
    given = {"one": usual | {"clientMutationId": "1"}, "other": usual | {"clientMutationId": "2"}}
    answer = await client.post(
        "/graphql", json={"query": both, "variables": given},
        headers=dana | {"accept": "application/graphql-response+json"},
    )  # fmt: skip
    assert answer.status_code == 294
    assert answer.json()["data"] == {"one": {"state": "closed"}, "other": None}
    assert answer.json()["errors"][0]["message"] == "the signal is closed"


async def test_a_purpose_has_a_bound(client: httpx.AsyncClient, dana: dict[str, str]) -> None:
    header = dana | {"x-purpose": "p" * 201}
    answer = await send(client, header, ACT, clientMutationId="c")
    assert (answer.status_code, code_of(answer)) == (400, "PURPOSE")
