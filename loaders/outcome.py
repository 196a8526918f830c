"""A load run as a person reads it: counts that add up, what changed, what to do next."""

from __future__ import annotations

from typing import Any

from graph.facts.run import COUNTS, Run
from graph.terminal import console, emit, readable, say, table


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
        console.print(table([_line(run) for run in runs]))
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


def _line(run: Run) -> dict[str, Any]:
    return {
        "run": run.id[:8],
        "source": run.source,
        "mode": run.mode,
        "status": run.status if run.closing != "held" else f"{run.status}, held",
        "as of": run.as_of.isoformat(),
        "read": run.read,
        "loaded": run.loaded,
        "changed": run.changed,
        "rejected": run.rejected,
        "closed": run.closed,
        "moment": run.moment.isoformat(sep=" ", timespec="seconds"),
        "reason": readable(run.reason.partition(" -> ")[0])[:60],
    }
