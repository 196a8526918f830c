"""The commands that show signals: signals list, signals explain, signals runs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from graph.connection import ReadSession
from graph.errors import NotFound, UsageError
from graph.model.catalogue import LABELS
from graph.terminal import AsJson, emit, group
from queries.signal.explained import Explained, explained
from queries.signal.rule_runs import RuleRun, rule_runs
from queries.signal.signals import SHOWN, Signal, signals
from queries.terminal.conversation import converse
from queries.terminal.signals_told import as_plain, show_explained, show_runs, show_signals

STATES = LABELS["Signal"].properties["state"].values
HELP = "What rules say should be done, by when, and why."

LIST_EXAMPLES = (
    "Examples: ./footprint signals list | ./footprint signals list --account 'Example Group' | "
    "./footprint signals list --rule renewal_on_degrading_service --state blind --json"
)
RUNS_EXAMPLES = "Examples: ./footprint signals runs | ./footprint signals runs --json"
EXPLAIN_EXAMPLES = (
    "Examples: ./footprint signals explain ID | ./footprint signals explain ID --json"
)


def add_commands(app: typer.Typer) -> None:
    """Put `signals` on the command line."""
    commands = group(app, "signals", HELP)
    commands.command(name="list", epilog=LIST_EXAMPLES)(list_signals)
    commands.command(epilog=EXPLAIN_EXAMPLES)(explain)
    commands.command(epilog=RUNS_EXAMPLES)(runs)


def list_signals(
    account: Annotated[
        str | None, typer.Option(help="Only signals of accounts with this in their name.")
    ] = None,
    rule: Annotated[str | None, typer.Option(help="Only signals of this rule.")] = None,
    state: Annotated[
        list[str] | None, typer.Option(help=f"Only in this state: {', '.join(STATES)}.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what is to be done, the most valuable and urgent first."""
    states = tuple(state or SHOWN)
    strange = [one for one in states if one not in STATES]
    if strange:
        raise UsageError(
            f"{strange[0]!r} is no state of a signal", remedy=f"one of: {', '.join(STATES)}"
        )

    async def question(graph: ReadSession) -> list[Signal]:
        return await signals(graph, states=states, rule_id=rule, limit=100_000)

    asked = (account or "").casefold()
    found = [one for one in converse(question) if asked in (one.account_name or "").casefold()]
    if as_json:
        emit([asdict(one) for one in found[:limit]], True)
    else:
        show_signals(found, limit=limit)


def explain(
    signal_id: Annotated[str, typer.Argument(help="Id of a signal, or how it begins.")],
    as_json: AsJson = False,
) -> None:
    """Say why there is a signal: what was read, from which record, what would clear it."""

    async def question(graph: ReadSession) -> list[Explained]:
        return await explained(graph, signal_id=signal_id)

    found = converse(question)
    if not found:
        raise NotFound(
            f"no signal has the id {signal_id}",
            remedy="./footprint signals list --json gives their ids",
        )
    if len(found) > 1:
        raise UsageError(f"{signal_id} begins several ids", remedy="give more of the id")
    if as_json:
        emit(as_plain(found[0]), True)
    else:
        show_explained(found[0])


def runs(as_json: AsJson = False) -> None:
    """Show how each rule ran last, and what it was blind to."""

    async def question(graph: ReadSession) -> list[RuleRun]:
        return await rule_runs(graph)

    found = converse(question)
    if as_json:
        emit([asdict(one) for one in found], True)
    else:
        show_runs(found)
