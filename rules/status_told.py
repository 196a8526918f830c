"""How rules stand in a terminal: a line a rule, then what is to be known of some."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.text import Text

from graph.terminal import console
from rules.engine.life.status import Status

COUNTS = ("found", "opened", "cleared", "blind", "waiting")
TITLES = ("rule", "status", "version", "last run", *COUNTS, "acted on", "bar")


def show_statuses(found: Sequence[Status]) -> None:
    """Print a line a rule, however narrow it is, then why some are hidden, blind or failing."""
    show_lines(TITLES, [_row(one) for one in found], right=COUNTS)
    for one in found:
        if one.because:
            console.print(Text(f"{one.rule}: {one.because}"), soft_wrap=True)


def show_lines(
    titles: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[str] = ()
) -> None:
    """Print a line a row under the titles, none folded: a program may look for words in them."""
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        cells = zip(titles, row, widths, strict=True)
        line = [one.rjust(most) if name in right else one.ljust(most) for name, one, most in cells]
        console.print(Text("  ".join(line).rstrip()), soft_wrap=True)


def _row(one: Status) -> tuple[str, ...]:
    counts = ("-" if one.last_run is None else f"{getattr(one, name):,}" for name in COUNTS)
    version = one.version if one.ran in (None, one.version) else f"{one.version} (ran {one.ran})"
    bar = f"{one.bar:.0%} of {one.bar_answers}"
    return (one.rule, one.status, version, _run_told(one), *counts, _precision_told(one), bar)


def _run_told(one: Status) -> str:
    if one.last_run is None:
        return "never"
    return f"{one.last_run}" if one.result == "COMPLETE" else f"{one.last_run} {one.result}"


def _precision_told(one: Status) -> str:
    return "no answers" if one.precision is None else f"{one.precision:.0%} of {one.answers}"
