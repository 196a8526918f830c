"""API keys: made on the terminal, shown once, believed for seconds, refused in one way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from api.app import build_app
from api.keys import cli
from graph.access.enrolled import enrol
from graph.access.key import SCOPES, create_key, hash_of, keys, minted, prefix_of, revoke_key
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from graph.errors import NotFound, UsageError
from graph.evidence import EvidenceStore
from graph.facts.run import Run
from loaders.rebuild import rebuild
from tests.commands import Command, open_on, runner
from tests.queries.register import Toy, company, write

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)
QUESTION = {"query": "{ sources { id } }"}


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def served(
    server: Server, clock: Clock, *, anonymous: bool = False
) -> AsyncIterator[Callable[..., Any]]:
    """Ask by a key: `await ask(key)` -> the response."""
    app = build_app(server, anonymous=anonymous, clock=clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

            async def ask(key: str | None, form: str = "Bearer {}") -> httpx.Response:
                headers = {} if key is None else {"authorization": form.format(key)}
                return await client.post("/graphql", json=QUESTION, headers=headers)

            yield ask


@pytest.fixture
def leader(batches: BatchSession) -> Callable[..., str]:
    """A key of a leader."""
    principal = enrol(batches, "Lea", Role.leader, now=NOW)
    return lambda **given: create_key(batches, principal, **{"now": NOW, "scopes": SCOPES} | given)[
        0
    ]


async def test_whatever_is_wrong_with_a_key_the_answer_is_the_same(
    empty_graph: Server, batches: BatchSession, leader: Callable[..., str]
) -> None:
    good, expired, revoked = leader(), leader(life=timedelta(days=1)), leader()
    revoke_key(batches, revoked, now=NOW)
    other = leader()
    clock = Clock()
    clock.now = NOW + timedelta(days=1)
    forged = good[:-43] + other[-43:]
    async with served(empty_graph, clock) as ask:
        assert (await ask(good)).json()["data"] == {"sources": []}
        assert (await ask(good, "bearer {}")).status_code == 200
        with structlog.testing.capture_logs() as logs:
            refused = [
                await ask(key, form)
                for key, form in (
                    (None, ""), (minted()[1], "Bearer {}"), ("fp_x", "Bearer {}"),
                    (expired, "Bearer {}"), (revoked, "Bearer {}"), (forged, "Bearer {}"),
                    (good, "Basic {}"), (good, "{}"), (good + "x", "Bearer {}"),
                    ("' OR 1=1 //", "Bearer {}"),
                )
            ]  # fmt: skip
    answers = {(one.status_code, one.content, one.headers["www-authenticate"]) for one in refused}
    ((status, body, challenge),) = answers
    assert (status, challenge) == (401, 'Bearer realm="footprint"')
    assert json.loads(body)["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    reasons = [one["reason"] for one in logs if one["event"] == "key_refused"]
    assert reasons == [
        "no key", "no such key", "not the form of a key", "expired", "revoked", "wrong secret",
        "not the form of a key", "not the form of a key", "not the form of a key",
        "not the form of a key",
    ]  # fmt: skip
    assert [one for one in (good, expired, revoked, forged) if one[-43:] in str(logs)] == []


async def test_a_revoked_key_stops_within_five_seconds_and_its_use_is_noted_once_an_hour(
    empty_graph: Server, batches: BatchSession, leader: Callable[..., str]
) -> None:
    key, clock = leader(), Clock()
    async with served(empty_graph, clock) as ask:
        assert (await ask(key)).status_code == 200
        assert keys(batches)[0].used_at == NOW
        clock.now = NOW + timedelta(minutes=59)
        assert (await ask(key)).status_code == 200
        assert keys(batches)[0].used_at == NOW
        clock.now = NOW + timedelta(minutes=60)
        assert (await ask(key)).status_code == 200
        assert keys(batches)[0].used_at == clock.now

        revoke_key(batches, key, now=clock.now)
        clock.now += timedelta(seconds=5)
        assert (await ask(key)).status_code == 401


async def test_a_key_for_less_is_forbidden_and_a_wrong_one_is_no_operator(
    empty_graph: Server, leader: Callable[..., str]
) -> None:
    async with served(empty_graph, Clock(), anonymous=True) as ask:
        assert (await ask(None)).status_code == 200
        assert (await ask("fp_wrong")).status_code == 401
        told = await ask(leader(scopes=["feeds:read"]))
    assert told.status_code == 403
    assert 'error="insufficient_scope", scope="api:read"' in told.headers["www-authenticate"]


def test_only_a_hash_is_kept_and_a_rebuild_leaves_keys_alone(
    batches: BatchSession,
    evidence: EvidenceStore,
    leader: Callable[..., str],
    load: Callable[..., Run],
    tmp_path: Path,
) -> None:
    load(Toy(), write(tmp_path, "register", company("A")), full=True)
    text = leader()
    assert prefix_of(text) == text[3:15]
    (kept,) = batches.rows("MATCH (key:ApiKey) RETURN properties(key)")
    assert text[16:] not in str(kept)
    assert kept[0]["hash"] == hash_of(text)
    before = keys(batches)
    rebuild(batches, evidence, now=NOW, find=Toy)
    assert keys(batches) == before
    assert [(one.principal.name, one.state(NOW)) for one in before] == [("Lea", "valid")]


def test_keys_that_make_no_sense_are_not_made(
    batches: BatchSession, leader: Callable[..., str]
) -> None:
    amiss: list[dict[str, Any]] = [
        {"scopes": ["api:all"]}, {"scopes": []}, {"life": timedelta(days=400)}
    ]  # fmt: skip
    for given in amiss:
        with pytest.raises(UsageError):
            leader(**given)
    with pytest.raises(NotFound):
        revoke_key(batches, "fp_nothing", now=NOW)
    assert keys(batches) == []


@pytest.fixture
def footprint(
    empty_graph: Server,
    batches: BatchSession,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Run a command against the tests' database."""
    open_on(cli, empty_graph, batches, monkeypatch)
    return runner(capsys, cli.add_commands)


def test_a_key_is_made_shown_once_listed_and_taken_back(
    footprint: Command, batches: BatchSession
) -> None:
    batches.run("CREATE (:Account {id: 'acme', name: 'Acme'})")
    code, out, err = footprint(
        "keys", "create", "Acme portal", "--role", "partner", "--account", "Acme", "--days", "30"
    )
    text = out.strip()
    assert (code, prefix_of(text) is not None) == (0, True)
    assert "shown this once" in err
    code, out, _ = footprint("keys", "create", "Acme portal", "--json")
    again = json.loads(out)
    assert (code, again["principal"]["accounts"]) == (0, ["acme"])

    code, out, _ = footprint("keys", "list", "--json")
    listed = {one["key"]: one for one in json.loads(out)}
    assert set(listed) == {text[:15], again["key"][:15]}
    assert text not in out
    assert listed[text[:15]]["state"] == "valid"
    assert listed[text[:15]]["used_at"] is None

    assert footprint("keys", "revoke", text[:15])[0] == 0
    code, out, _ = footprint("keys", "list")
    assert (code, "revoked" in out, "never used" in out) == (0, True, True)


def test_whoever_has_a_name_already_keeps_its_role(
    footprint: Command,
) -> None:
    assert footprint("keys", "create", "Lea")[0] == 2
    assert footprint("keys", "create", "Lea", "--role", "leader")[0] == 0
    code, _, err = footprint("keys", "create", "Lea", "--role", "steward")
    assert (code, "is there already, as leader" in err) == (2, True)
    assert footprint("keys", "revoke", "fp_abc")[0] == 8
