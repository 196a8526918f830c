"""`./footprint feeds`: list, tail, replay, snapshot, forget, restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import UsageError
from graph.facts import outbox
from graph.facts.run import drop_lease, take_lease
from graph.opening import open_graph
from graph.terminal import AsJson, Yes, confirm, emit, group, progress, settings_of_process

KEPT_DAYS = 90
FOLLOWING = """Examples: ./footprint feeds tail signals | ./footprint feeds tail all --json |
./footprint feeds tail signals --cursor-file seen.cursor --no-follow"""
REPLAYING = """Examples: ./footprint feeds replay signals |
./footprint feeds replay hierarchy --json | ./footprint feeds replay all --after CURSOR"""

Name = Annotated[str, typer.Argument(help="signals, hierarchy or all.")]
After = Annotated[str | None, typer.Option(help="Begin after this cursor.")]
CursorFile = Annotated[
    Path | None,
    typer.Option(help="Begin after the cursor in this file, and keep it there event by event."),
]


def add_commands(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    feeds = group(app, "feeds", "What changed, for those who follow.")
    feeds.command(name="list", epilog="Example: ./footprint feeds list --json")(list_feeds)
    feeds.command(epilog=FOLLOWING)(tail)
    feeds.command(epilog=REPLAYING)(replay)
    feeds.command(name="snapshot", epilog="Example: ./footprint feeds snapshot signals > state")(
        take_snapshot
    )
    feeds.command(epilog="Example: ./footprint feeds forget --days 90 --yes")(forget)
    feeds.command(epilog="Example: ./footprint feeds restart --yes")(restart)


def list_feeds(as_json: AsJson = False) -> None:
    """The feeds there are."""
    from api.feeds.registry import FEEDS  # here: no other command waits for the web framework

    emit([{"feed": one.name, "tells": one.sentence} for one in FEEDS.values()], as_json)


def tail(
    name: Name,
    after: After = None,
    cursor_file: CursorFile = None,
    follow: Annotated[bool, typer.Option(help="Wait for what comes, until Ctrl-C.")] = True,
    as_json: AsJson = False,
) -> None:
    """Tell events as they come, from now on or after a cursor."""
    _follow(name, _begun(after, cursor_file) or "now", cursor_file, follow, as_json)


def replay(
    name: Name, after: After = None, cursor_file: CursorFile = None, as_json: AsJson = False
) -> None:
    """Tell all events that are kept, from the first one or after a cursor, up to now."""
    _follow(name, _begun(after, cursor_file), cursor_file, False, as_json)


def take_snapshot(name: Name) -> None:
    """Write a feed's state as lines of JSON; the first has the cursor at which tailing begins."""
    from api.feeds.following import run, write_snapshot

    run(write_snapshot(name), name)


def forget(
    days: Annotated[
        int, typer.Option(min=1, help="Keep the events of this many days.")
    ] = KEPT_DAYS,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Delete old events; a reader that stands before them is sent to the snapshot."""
    confirm(f"Delete the events of the feed that are older than {days} days?", yes=yes)
    before = datetime.now(UTC) - timedelta(days=days)
    with open_graph(settings_of_process(), progress) as (_, session):
        count = outbox.forget(session, before.isoformat())
    emit({"forgotten": count, "before": before.date().isoformat()}, as_json)


def restart(yes: Yes = False, as_json: AsJson = False) -> None:
    """Begin a new epoch: after a restore, so that every reader takes the snapshot again."""
    confirm("Send every reader of the feed to its snapshot?", yes=yes)
    with open_graph(settings_of_process(), progress) as (_, session):
        take_lease(session)
        try:
            epoch = outbox.restart(session)
        finally:
            drop_lease(session)
    emit({"epoch": epoch}, as_json)


def _begun(after: str | None, cursor_file: Path | None) -> str | None:
    if after and cursor_file:
        raise UsageError("--after and --cursor-file both say where to begin", remedy="give one")
    if cursor_file and cursor_file.exists():
        return cursor_file.read_text(encoding="utf-8").strip() or None
    return after


def _follow(
    name: str, after: str | None, cursor_file: Path | None, follow: bool, as_json: bool
) -> None:
    from api.feeds.following import Following, run

    run(Following(name, after, cursor_file, follow, as_json).write(), name)
