"""The command that shows whether signals hold as of their day: signals replay."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from api.replay.replay import Beside, replay, replayable
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from graph.opening import open_graph
from graph.sandbox import Limits
from graph.terminal import AsJson, console, emit, group, progress, say, settings_of_process
from rules.engine.judged.asking import sandboxed
from rules.engine.trial.scratch import open_scratch

DIFFERS = 9
"""Exit code when a signal does not say the same again."""
LIMITS = Limits(seconds=120.0)
"""What ran once may take longer where nothing is planned and nothing in memory yet."""
EXAMPLES = (
    "Examples: ./footprint signals replay 7480fe7a | ./footprint signals replay --json. "
    f"Exit code {DIFFERS} when one does not say the same again."
)


def add_commands(app: typer.Typer) -> None:
    """Put it beside the other commands of signals."""
    signals = group(app, "signals", "What rules say should be done, by when, and why.")
    signals.command(name="replay", epilog=EXAMPLES)(replay_signals)


def replay_signals(
    signal_ids: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of signals, or how they begin; all when left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask again what signals said when they were last found, of what was known at that moment.

    The evidence up to then is loaded into a scratch database, and the version of the rule that
    found it is asked again with its parameters. The message, the value, the last responsible day
    and each byte of the evidence must be the same. It takes as long as those loads once took.
    """
    settings = settings_of_process()
    with open_graph(settings, progress) as (real, session):
        signals = replayable(session, signal_ids or [])
        lost = [id for id in signal_ids or () if not any(one.id.startswith(id) for one in signals)]
        if lost or not signals:
            raise NotFound(
                f"no signal has the id {lost[0]}" if lost else "there are no signals",
                remedy="./footprint signals list --json gives their ids",
            )
        with (
            tempfile.TemporaryDirectory() as folder,
            open_scratch(settings, progress=progress, empty=True) as (server, scratch),
            sandboxed(server, say, ran_on=real, limits=LIMITS) as ask,
        ):
            evidence = EvidenceStore(settings.evidence_address)
            beside = Beside(evidence, scratch, ask, Path(folder))
            found = []
            for one in replay(signals, session, beside, progress=progress):
                found.append(one)
                if not as_json:
                    _show(one.signal_id, one.rule_id, one.message, one.differences)
    unequal = sum(not one.is_equal for one in found)
    if as_json:
        emit([asdict(one) | {"is_equal": one.is_equal} for one in found], True)
    else:
        say(f"{len(found) - unequal:,} of {len(found):,} signals say the same as of their day")
    if unequal:
        raise typer.Exit(DIFFERS)


def _show(id: str, rule: str, message: str, differences: list[str]) -> None:
    console.print(
        Text(f"{'differs' if differences else 'equal':<8}{id[:8]}  {rule}: {message}"),
        soft_wrap=True,
    )
    for difference in differences:
        console.print(Text(f"        {difference}"), soft_wrap=True)
