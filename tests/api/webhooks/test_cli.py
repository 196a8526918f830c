"""The commands of webhooks: what they keep, what they show once, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.feeds import cli as feeds
from api.webhooks import cli
from graph.access.enrolled import enrol
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Receipt
from tests.api.feeds.log import step
from tests.api.webhooks.conftest import KEY, NOW, SAFE
from tests.commands import Command, point_at, runner

ADDRESS = "http://127.0.0.1:9/hook"


@pytest.fixture
def command(
    batches: BatchSession,
    empty_graph: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    point_at(empty_graph, monkeypatch, FOOTPRINT_WEBHOOK_KEY=KEY, FOOTPRINT_WEBHOOK_LOCAL="true")
    enrol(batches, "Lea", Role.leader, now=NOW)
    return runner(capsys, cli.add_commands, feeds.add_commands)


def added(command: Command, *more: str) -> dict[str, str]:
    told = command("webhooks", "add", ADDRESS, "signals", "--as", "Lea", "--json", *more)
    assert told.code == 0, told.err
    return told.value


def test_a_webhook_is_kept_with_its_secret_encrypted_and_the_secret_is_shown_once(
    command: Command, batches: BatchSession
) -> None:
    shown = added(command)
    (made,) = kept.webhooks(batches)
    secret = SAFE.open(made.secret)

    assert shown == {"id": made.id, "secret": secret.shared, "public_key": secret.public}
    assert (made.state, made.reason, made.feed, made.address) == (
        "new", "REGISTERED", "signals", ADDRESS,
    )  # fmt: skip
    listed = command("webhooks", "list", "--json")
    assert secret.shared not in listed.out
    assert made.secret not in listed.out
    (told,) = listed.value
    assert (told["id"], told["principal"], told["state"]) == (made.id, "Lea", "new")
    assert made.id[:8] in command("webhooks", "list").out


def test_it_begins_with_what_comes_or_with_all_that_is_kept(
    command: Command, batches: BatchSession, tell: Callable[..., None]
) -> None:
    tell(step("1", None, "open"), step("2", None, "open"))
    added(command)
    added(command, "--from-start")

    assert [one.sequence for one in kept.webhooks(batches)] == [2, 0]


def test_a_rotated_secret_leaves_the_former_one_to_its_end(
    command: Command, batches: BatchSession
) -> None:
    before = added(command)
    shown = command("webhooks", "rotate", before["id"][:8], "--hours", "48", "--json").value
    (made,) = kept.webhooks(batches)

    assert made.former_secret
    assert made.former_until
    assert SAFE.open(made.former_secret).shared == before["secret"]
    assert SAFE.open(made.secret).shared == shown["secret"] != before["secret"]


def test_it_is_disabled_and_enabled_with_another_handshake(
    command: Command, batches: BatchSession
) -> None:
    id = added(command)["id"]
    (before,) = kept.webhooks(batches)
    assert command("webhooks", "disable", id).out == f"{id[:8]} is disabled\n"
    assert kept.webhooks(batches)[0].state == "disabled"
    assert command("webhooks", "enable", id).out == f"{id[:8]} is new\n"
    (after,) = kept.webhooks(batches)

    assert (after.state, after.reason, after.sequence) == ("new", "ENABLED", before.sequence)
    assert after.handshake != before.handshake


def test_a_range_is_asked_for_by_days_and_moments(
    command: Command, batches: BatchSession, tell: Callable[..., None]
) -> None:
    for day in range(1, 6):
        tell(step(str(day), None, "open"), moment=f"2026-01-0{day}T06:00:00Z")
    id = added(command)["id"]
    told = command(
        "webhooks", "replay", id, "--since", "2026-01-02", "--until", "2026-01-04T06:00", "--json"
    )

    assert (told.value["replay_after"], told.value["replay_to"]) == (1, 3)
    nothing = command("webhooks", "replay", id, "--since", "2027-01-01")
    assert (nothing.code, "no event of that range was told before" in nothing.err) == (2, True)
    wrong = command("webhooks", "replay", id, "--since", "yesterday")
    assert (wrong.code, "'yesterday' is no day or moment" in wrong.err) == (2, True)


def test_receipts_are_shown_the_newest_first(command: Command, batches: BatchSession) -> None:
    id = added(command)["id"]
    assert command("webhooks", "receipts", id).out == "nothing was delivered to it yet\n"
    batches.run("MERGE (lease:Lease {id: 'webhooks'}) SET lease.holder = 'here/1'")
    receipt = Receipt("event-1", 2, NOW, "status", 500, 0.25, "answered 500")
    kept.write_attempt(batches, kept.named(batches, id), [receipt], holder="here/1")

    (told,) = command("webhooks", "receipts", id, "--json").value
    assert told == {
        "event": "event-1", "attempt": 2, "at": "2026-01-02T12:00:00+00:00", "outcome": "status",
        "status": 500, "seconds": 0.25, "error": "answered 500",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        ((ADDRESS, "signal", "--as", "Lea"), 2, "there is no feed 'signal'"),
        ((ADDRESS, "signals", "--as", "Nobody"), 8, "nobody is called 'Nobody'"),
        (("https://10.0.0.1/", "signals", "--as", "Lea"), 2, "which is not public"),
        (("ftp://a.example/", "signals", "--as", "Lea"), 2, "by https and to port 443 alone"),
        (("https://no-such-name.invalid/", "signals", "--as", "Lea"), 2, "deliveries cannot go to"),
    ],
)
def test_what_cannot_be_registered_is_refused(
    command: Command, batches: BatchSession, arguments: tuple[str, ...], code: int, what: str
) -> None:
    told = command("webhooks", "add", *arguments)

    assert what in " ".join(told.err.split())
    assert told.code == code
    assert kept.webhooks(batches) == []


def test_without_a_key_for_secrets_nothing_is_registered(
    command: Command, empty_graph: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at(empty_graph, monkeypatch, FOOTPRINT_WEBHOOK_KEY="")
    told = command("webhooks", "add", ADDRESS, "signals", "--as", "Lea")

    assert told.code == 2
    assert "put it in .env: FOOTPRINT_WEBHOOK_KEY=" in " ".join(told.err.split())


def test_an_id_that_means_none_is_refused(command: Command) -> None:
    told = command("webhooks", "disable", "3f2a")

    assert (told.code, "no webhook has an id that begins 3f2a" in told.err) == (8, True)
