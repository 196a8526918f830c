"""The load ledger in lines: a source each, and below it the loads that were not complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from graph.layout import Row, show_rows
from graph.terminal import console
from queries.load.freshness import Freshness
from queries.load.ledger import Delivered
from queries.terminal.words import many

TITLES = ("source", "expected", "read", "rejected", "held", "complete to")


def show_ledger(rows: Sequence[Delivered], fresh: Sequence[Freshness]) -> None:
    """Print every source's counts and freshness, then why loads were not complete."""
    states = {one.source_id: one for one in fresh}
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in TITLES:
        grid.add_column(title, justify="left" if title in (TITLES[0], TITLES[-1]) else "right")
    for one in rows:
        counts = (one.expected, one.read, one.rejected, one.held_count)
        grid.add_row(one.source_id, *(f"{n:,}" if n else "-" for n in counts), _age(one, states))
    console.print(grid)
    faults = [Row((one.source_id, told)) for one in rows for told in faults_told(one.faults)]
    if faults:
        console.print(Text("\nnot complete, so nothing was ended by them", style="bold"))
        show_rows(faults)


def faults_told(faults: Sequence[Sequence[str]]) -> Iterator[str]:
    """Loads that were not complete, those of one reason together with their first and last day."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for day, _, reason in faults:
        short = reason.partition(" [")[0].partition("; see")[0].partition(" -> ")[0]
        alike.setdefault(re.sub(r"\d+", "#", short), []).append((day, short))
    for same in alike.values():
        first, last, number = same[0][0], same[-1][0], len(same)
        reasons = list(dict.fromkeys(reason for _, reason in same))
        reason = reasons[0] if len(reasons) == 1 else _together(reasons)
        days = first if number == 1 else f"{many(number, 'load')} from {first} to {last}"
        yield f"{days}: {reason}"


def _together(reasons: Sequence[str]) -> str:
    """Reasons that differ in their numbers alone, with the smallest and the largest number."""
    numbers = [int(found) for one in reasons if (found := _number(one))]
    return re.sub(r"\d+", f"{min(numbers)} to {max(numbers)}", reasons[0], count=1)


def _number(reason: str) -> str:
    found = re.search(r"\d+", reason)
    return found.group() if found else ""


def _age(one: Delivered, states: dict[str, Freshness]) -> Text:
    state = states.get(one.source_id)
    if state is None or state.as_of is None:
        return Text("never", style="yellow")
    word = Text("stale", style="yellow") if state.is_stale else Text("fresh", style="green")
    return Text.assemble(f"{state.as_of} ", word)
