"""A run of rules in a terminal: what each found, what it was blind to, which failed."""

from __future__ import annotations

from typing import Any

from rich.table import Table
from rich.text import Text

from graph.terminal import console, say
from rules.engine.judged.judging import Judged
from rules.engine.runs.run import Report

COUNTS = ("found", "opened", "cleared", "inhibited", "blind", "milliseconds")


def as_plain(report: Report) -> dict[str, Any]:
    """The same for programs."""
    return {
        "today": report.today,
        "mode": report.mode,
        "because": report.because or None,
        "events": report.events,
        "accounts": report.accounts,
        "asked": report.asked,
        "waiting": report.waiting,
        "rules": [
            {"rule": one.pair.rule.id, "theme": one.pair.theme, "status": one.status}
            | {name: _count(one, name) for name in COUNTS}
            | {"reason": one.reason or None}
            for one in report.judged
        ],
    }


def show_run(report: Report) -> None:
    """Print a line a rule, then what was blind and what failed."""
    grid = Table(box=None, pad_edge=False)
    for title in ("rule", *COUNTS):
        grid.add_column(title, justify="left" if title == "rule" else "right")
    for one in report.judged:
        if one.status == "COMPLETE":
            grid.add_row(one.pair.rule.id, *(f"{_count(one, name):,}" for name in COUNTS))
    console.print(grid)
    for status, words in (("BLIND", "blind"), ("FAILED", "failed")):
        for one in report.judged:
            if one.status == status:
                console.print(Text(f"{words}: {one.pair.rule.id}: {one.reason}"), soft_wrap=True)
    counted = sum(_count(one, "opened") for one in report.judged)
    say(f"{len(report.judged)} rules on {report.today}, {counted:,} signals opened")
    say(_how_far(report))


def _how_far(report: Report) -> str:
    """How much was looked at, and what is left to another run."""
    if report.mode == "full":
        return "all accounts" + (f": {report.because}" if report.because else "")
    return (
        f"what changed: {report.events:,} events, {report.accounts:,} accounts; what the day alone "
        "changes is seen by its first run, or with --full"
    )


def _count(one: Judged, name: str) -> int:
    if name == "inhibited":
        return sum(signal.state.state == "inhibited" for signal in one.signals)
    return int(getattr(one, name))
