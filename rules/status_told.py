"""How rules stand in a terminal: a line a rule, then what is to be known of some."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from graph.terminal import console
from rules.engine.status import Status

WIDEST = 160
"""Letters of a line, whatever the terminal has: a rule is one line."""
COUNTS = ("found", "opened", "cleared", "blind", "waiting")


def show_statuses(found: Sequence[Status]) -> None:
    """Print a line a rule, then why rules are in shadow by themselves, blind or failing."""
    grid = Table(box=None, pad_edge=False)
    for title in ("rule", "status", "version", "last run", *COUNTS, "acted on", "bar"):
        grid.add_column(title, justify="right" if title in COUNTS else "left", no_wrap=True)
    for one in found:
        counts = ["-" if one.last_run is None else f"{getattr(one, name):,}" for name in COUNTS]
        version = (
            one.version if one.ran in (None, one.version) else f"{one.version} (ran {one.ran})"
        )
        bar = f"{one.bar:.0%} of {one.bar_answers}"
        told = (one.rule, one.status, version, _run_told(one), *counts, _precision_told(one), bar)
        grid.add_row(*told)
    console.print(grid, width=WIDEST, crop=False, soft_wrap=True)
    for one in found:
        if one.because:
            console.print(Text(f"{one.rule}: {one.because}"), soft_wrap=True)


def _run_told(one: Status) -> str:
    if one.last_run is None:
        return "never"
    return f"{one.last_run}" if one.result == "COMPLETE" else f"{one.last_run} {one.result}"


def _precision_told(one: Status) -> str:
    return "no answers" if one.precision is None else f"{one.precision:.0%} of {one.answers}"
