"""What people do about signals: signals answer, outcome, undo."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from graph.opening import open_graph
from graph.terminal import AsJson, day_of, emit, group, progress, settings_of_process
from rules.engine.life.answering import LEADS_TO, OUTCOMES, Answer, Person, note_outcome, take_back
from rules.engine.life.answering import answer as answer_signal

SignalId = Annotated[str, typer.Argument(help="Id of a signal, or how it begins.")]
By = Annotated[str, typer.Option(help="Who answers; your login when left out.")]

ANSWER_EXAMPLES = (
    "Examples: ./footprint signals answer 7480fe7a acted --reason 'call on Monday' | "
    "./footprint signals answer 7480fe7a bad_timing --until 2026-12-01 --reason 'budget freeze' | "
    "./footprint signals answer 7480fe7a wrong_data --wrong NODE.ends_on --reason 'renewed'"
)
OUTCOME_EXAMPLES = (
    "Example: ./footprint signals outcome 7480fe7a won --amount 1200000 --currency EUR"
)


def add_commands(app: typer.Typer) -> None:
    """Put them beside the commands that show signals."""
    signals = group(app, "signals", "What rules say should be done, by when, and why.")
    signals.command(epilog=ANSWER_EXAMPLES)(answer)
    signals.command(epilog=OUTCOME_EXAMPLES)(outcome)
    signals.command(epilog="Example: ./footprint signals undo 7480fe7a")(undo)


def answer(
    signal_id: SignalId,
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(LEADS_TO)}.")],
    reason: Annotated[str, typer.Option(help="Why, in your words; it must be given.")] = "",
    until: Annotated[str | None, typer.Option(help="For bad_timing: when it comes back.")] = None,
    until_change: Annotated[
        bool, typer.Option("--until-change", help="For bad_timing: back when its evidence changes.")
    ] = False,
    wrong: Annotated[
        str, typer.Option(help="For wrong_data: a fact's id, or NODE-ID.property.")
    ] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Say what you did about a signal, or what is wrong with it."""
    said = Answer(kind, reason, day_of(until, "--until"), until_change, wrong)
    with open_graph(settings_of_process(), progress) as (_, session):
        emit(answer_signal(session, signal_id, said, _person(by)), as_json)


def outcome(
    signal_id: SignalId,
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(OUTCOMES)}.")],
    amount: Annotated[
        int | None, typer.Option(help="What was won or lost, in minor units.")
    ] = None,
    currency: Annotated[str, typer.Option(help="Its currency, ISO 4217.")] = "EUR",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Say how it ended."""
    money = None if amount is None else (amount, currency)
    with open_graph(settings_of_process(), progress) as (_, session):
        emit(note_outcome(session, signal_id, kind, money, _person(by)), as_json)


def undo(signal_id: SignalId, by: By = "", as_json: AsJson = False) -> None:
    """Take the newest answer back: the signal is what it was before."""
    with open_graph(settings_of_process(), progress) as (_, session):
        emit(take_back(session, signal_id, _person(by)), as_json)


def _person(by: str) -> Person:
    return Person(by or getpass.getuser(), datetime.now(UTC))
