"""The commands of webhooks: add, list, rotate, disable, enable, replay, receipts and deliver."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import uuid4

import typer

from graph.errors import NotFound, UsageError
from graph.layout import Row, show_rows
from graph.opening import open_graph
from graph.terminal import AsJson, emit, group, progress, say, settings_of_process
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook

ADD_EXAMPLES = (
    "Examples: ./footprint webhooks add https://acme.example/hook signals --as 'Acme portal' | "
    "./footprint webhooks add https://acme.example/hook all --as 'Acme portal' --from-start"
)
REPLAY_EXAMPLES = (
    "Example: ./footprint webhooks replay 3f2a --since 2026-11-20 --until 2026-11-21T12:00"
)
OVERLAP_HOURS = 24
NOT_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)

Which = Annotated[str, typer.Argument(help="Beginning of the webhook's id, as `list` shows it.")]


def add_commands(app: typer.Typer) -> None:
    """Put them on the command line."""
    commands = group(app, "webhooks", "Addresses to which the events of a feed are delivered.")
    commands.command(epilog=ADD_EXAMPLES)(add)
    commands.command(name="list", epilog="Example: ./footprint webhooks list --json")(list_all)
    commands.command(epilog="Example: ./footprint webhooks rotate 3f2a --hours 48")(rotate)
    commands.command(epilog="Example: ./footprint webhooks disable 3f2a")(disable)
    commands.command(epilog="Example: ./footprint webhooks enable 3f2a")(enable)
    commands.command(epilog=REPLAY_EXAMPLES)(replay)
    commands.command(epilog="Example: ./footprint webhooks receipts 3f2a --most 20")(receipts)
    commands.command(epilog="Example: ./footprint webhooks deliver")(deliver)


def add(
    address: Annotated[str, typer.Argument(help="Where deliveries go: https, port 443.")],
    feed: Annotated[str, typer.Argument(help="signals, hierarchy or all.")],
    principal: Annotated[
        str, typer.Option("--as", help="Through whose eyes it is read, by name (keys create).")
    ],
    from_start: Annotated[
        bool, typer.Option(help="Tell all events that are kept, and not only those to come.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Register an address: it is told of a feed once it has answered its handshake.

    Its secret is shown once.
    """
    from api.feeds.registry import FEEDS
    from api.webhooks.signing import Secret, safe_of
    from graph.access.enrolled import find_principal
    from graph.facts.outbox import begin

    settings = settings_of_process()
    safe, secret = safe_of(settings), Secret.mint()
    if feed not in FEEDS:
        raise UsageError(f"there is no feed {feed!r}", remedy=f"one of {', '.join(FEEDS)}")
    _refuse_address(address, is_local_allowed=settings.webhook_local)
    with open_graph(settings, progress) as (_, session):
        found = find_principal(session, principal)
        if found is None:
            raise NotFound(f"nobody is called {principal!r}", remedy="./footprint keys create")
        begin(session)
        epoch, sequence, forgotten = kept.head(session)
        webhook = Webhook(
            id=str(uuid4()),
            address=address,
            feed=feed,
            principal=found,
            state="new",
            reason="REGISTERED",
            secret=safe.seal(secret),
            handshake=str(uuid4()),
            feed_epoch=epoch,
            sequence=forgotten if from_start else sequence,
            created_at=datetime.now(UTC),
        )
        kept.write(session, webhook)
    _show_secret(webhook, secret.shared, secret.public, as_json)


def list_all(as_json: AsJson = False) -> None:
    """List all webhooks: where they go, what of, whether they are told, and what failed last."""
    with open_graph(settings_of_process(), progress) as (_, session):
        found = kept.webhooks(session)
    if as_json:
        emit([_plain(one) for one in found], True)
    elif not found:
        emit("there are no webhooks: ./footprint webhooks add --help", False)
    else:
        show_rows([_row(one) for one in found], wide=1)


def rotate(
    which: Which,
    hours: Annotated[
        int, typer.Option(min=0, help="Hours for which the former secret signs too.")
    ] = OVERLAP_HOURS,
    as_json: AsJson = False,
) -> None:
    """Give a webhook another secret, shown once; both sign until the former one ends."""
    from api.webhooks.signing import Secret, safe_of

    safe, secret = safe_of(settings_of_process()), Secret.mint()
    until = datetime.now(UTC) + timedelta(hours=hours)
    with open_graph(settings_of_process(), progress) as (_, session):
        webhook = kept.change(
            session,
            which,
            lambda one: replace(
                one, secret=safe.seal(secret), former_secret=one.secret, former_until=until
            ),
        )
    _show_secret(webhook, secret.shared, secret.public, as_json)


def disable(which: Which, as_json: AsJson = False) -> None:
    """Tell a webhook nothing more; its place is kept."""
    _change(
        which,
        as_json,
        lambda one: replace(one, state="disabled", reason="disabled by an operator", due_at=None),
    )


def enable(which: Which, as_json: AsJson = False) -> None:
    """Tell a webhook again, at once and from where it was, after another handshake."""
    _change(
        which,
        as_json,
        lambda one: replace(
            one,
            state="new",
            reason="ENABLED",
            handshake=str(uuid4()),
            attempts=0,
            failing_since=None,
            due_at=None,
        ),
    )


def replay(
    which: Which,
    since: Annotated[str, typer.Option(help="First day or moment of the range, by UTC.")],
    until: Annotated[
        str | None, typer.Option(help="End of the range, left out for up to where it is.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Deliver again, with the ids that they had, the events that were recorded in a range."""
    first, end = _moment(since, "--since"), _moment(until, "--until")
    with open_graph(settings_of_process(), progress) as (_, session):

        def again(one: Webhook) -> Webhook:
            found = kept.numbers_of(
                session,
                feed_epoch=one.feed_epoch,
                since=first or NOT_BEFORE,
                until=end or datetime.now(UTC),
                most=one.sequence,
            )
            if found is None:
                raise UsageError(
                    "no event of that range was told before",
                    where="--since",
                    remedy="./footprint webhooks receipts says what was",
                )
            return replace(one, replay_after=found[0], replay_to=found[1])

        webhook = kept.change(session, which, again)
    emit(_plain(webhook) if as_json else f"{webhook.id[:8]} is told that range again", as_json)


def receipts(
    which: Which,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the attempts to deliver to a webhook, the newest first; they are kept for 30 days."""
    with open_graph(settings_of_process(), progress) as (_, session):
        found = kept.receipts(session, kept.named(session, which).id, most=most)
    if not found and not as_json:
        emit("nothing was delivered to it yet", False)
        return
    emit([asdict(one) for one in found], as_json)


def deliver() -> None:
    """Deliver to all webhooks until Ctrl-C, as `./footprint serve` does."""
    from api.feeds.watch import Watch
    from api.logs import log_to_stderr
    from api.webhooks.dispatcher import Dispatcher
    from api.webhooks.posting import rules_of
    from graph.connection import open_reads
    from graph.facts.outbox import begin

    settings = settings_of_process()
    rules = rules_of(settings)
    log_to_stderr(settings.log_level)
    with open_graph(settings, progress) as (server, session):
        begin(session)

        async def run() -> None:
            async with open_reads(server) as graph:
                watch = Watch(graph)
                with contextlib.suppress(asyncio.CancelledError):
                    await Dispatcher(graph, session, watch, rules).run()
                await watch.close()

        say("webhooks are delivered until Ctrl-C")
        asyncio.run(run())


def _refuse_address(address: str, *, is_local_allowed: bool) -> None:
    """UsageError for an address to which deliveries may not go as things are now."""
    from api.webhooks.address import AddressRefused, parsed, refuse_unless_allowed, resolve

    try:
        url = parsed(address, is_local_allowed=is_local_allowed)
        found = asyncio.run(resolve(url.raw_host.decode(), url.port or 443))
        refuse_unless_allowed(url, found, is_local_allowed=is_local_allowed)
    except (AddressRefused, OSError, UnicodeError) as error:
        raise UsageError(
            f"deliveries cannot go to {address!r}: {error}",
            where="ADDRESS",
            remedy="give one that the public internet reaches by https",
        ) from None


def _change(which: str, as_json: bool, changed: Any) -> None:
    with open_graph(settings_of_process(), progress) as (_, session):
        webhook = kept.change(session, which, changed)
    emit(_plain(webhook) if as_json else f"{webhook.id[:8]} is {webhook.state}", as_json)


def _moment(text: str | None, option: str) -> datetime | None:
    """A day or a moment as it was typed, by UTC where no zone is named."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no day or moment", where=option, remedy="like 2026-11-20T14:30"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show_secret(webhook: Webhook, shared: str, public: str, as_json: bool) -> None:
    if as_json:
        emit({"id": webhook.id, "secret": shared, "public_key": public}, True)
        return
    emit({"webhook": webhook.id, "secret (v1)": shared, "public key (v1a)": public}, False)
    say("the secret is shown this once; docs/webhooks.md says how to verify by either")


def _row(one: Webhook) -> Row:
    failing = f"failing since {one.failing_since:%Y-%m-%d %H:%M}" if one.failing_since else ""
    why = failing or (one.reason or "" if one.state == "disabled" else "")
    return Row((one.id[:8], one.address, one.feed, one.principal.name, one.state, why))


def _plain(one: Webhook) -> dict[str, Any]:
    told = asdict(one)
    for name in ("secret", "former_secret", "handshake", "revision"):
        del told[name]
    return told | {"principal": one.principal.name}
