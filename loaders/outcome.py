"""A load run as a person reads it: counts that add up, what changed, what to do next."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from graph.facts.run import COUNTS, Run
from graph.layout import Row, show_rows
from graph.terminal import emit, say

STYLES = {"PARTIAL": "yellow", "FAILED": "red"}


def show_run(run: Run, as_json: bool) -> None:
    """Print one run: a summary for people, everything for programs."""
    if as_json:
        emit(whole(run), True)
        return
    emit(_facts(run), False, title=f"{run.source}: {run.status}")
    for warning in run.warnings:
        say(f"warning: {warning}")


def show_runs(runs: list[Run], as_json: bool) -> None:
    """Print runs, a line each."""
    if as_json:
        emit([whole(run) for run in runs], True)
    elif runs:
        show_rows([_row(run) for run in runs], indent=0)
    else:
        emit("no loads yet: ./footprint load SOURCE PATH", False)


def whole(run: Run) -> dict[str, Any]:
    """All that is known of a run, with what to do next."""
    return {**run.properties(), "adds_up": run.adds_up, "next": next_step(run)}


def next_step(run: Run) -> str:
    """What to do after this run; empty when there is nothing to do."""
    short = run.id[:8]
    if run.closing == "held":
        return f"./footprint loads approve {short}, or loads reject {short} --reason ..."
    if run.rejected:
        return f"./footprint quarantine list {run.source}"
    if run.status in ("PARTIAL", "FAILED"):
        return "set right what the reason says, then load again: what was read is skipped"
    return ""


def sum_of(run: Run) -> str:
    """The counts as the sum that they are."""
    parts = [f"{getattr(run, name):,} {name}" for name in COUNTS[1:] if getattr(run, name)]
    total = f"{run.read:,} read"
    return f"{total} = {' + '.join(parts)}" if parts else total


def _facts(run: Run) -> dict[str, Any]:
    seconds = (run.ended_at - run.started_at).total_seconds() if run.ended_at else None
    facts: dict[str, Any] = {
        "run": run.id[:8],
        "mode": run.mode,
        "as of": run.as_of.isoformat(),
        "records": sum_of(run),
        "facts": f"{run.facts_opened:,} opened, {run.facts_closed:,} closed",
        "seconds": seconds,
    }
    if run.scope:
        facts["scope"] = run.scope
    if run.absent or run.closed or run.closing != "none":
        facts["absent"] = f"{run.absent:,} absent, {run.closed:,} closed ({run.closing})"
    if run.reason:
        facts["reason"] = run.reason
    if next_step(run):
        facts["next"] = next_step(run)
    return facts


def _row(run: Run) -> Row:
    """One run on a line; below it the reason, and what to do when that is a decision."""
    waits = run.closing == "held"
    closed = f", {run.closed:,} closed" if run.closed else ""
    status = f"{run.status}, held" if waits else run.status
    told = Text(status, style=STYLES.get(run.status, ""))
    cells = (run.id[:8], run.source, run.as_of.isoformat(), told, sum_of(run) + closed)
    notes = [run.reason] if run.reason else []
    return Row(cells, [*notes, f"next: {next_step(run)}"] if waits else notes)
