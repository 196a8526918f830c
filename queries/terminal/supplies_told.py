"""The system-of-record matrix in lines: a property, who leads, who else gives it and differs."""

from __future__ import annotations

from itertools import groupby

from rich.text import Text

from graph.terminal import console
from queries.load.system_of_record import Supply


def show_supplies(supplies: list[Supply]) -> None:
    """Print the matrix, a block a label and a line a property."""
    for label, of_label in groupby(supplies, key=lambda one: one.label):
        console.print(Text(label, style="bold"))
        for name, suppliers in groupby(of_label, key=lambda one: one.property):
            console.print(told(name, list(suppliers)))


def told(name: str, suppliers: list[Supply]) -> Text:
    """One property: `hq_city  crm 12, billing 3 (1 same, 2 differ)`."""
    line = Text(f"  {name}  ")
    for place, one in enumerate(suppliers):
        notes = [f"{one.agreed:,} same"] if one.agreed else []
        notes += [f"{one.lost:,} differ"] if one.lost else []
        line.append(", " if place else "")
        line.append(one.source_id, style="bold" if place == 0 else "")
        line.append(f" {one.shown:,}" + (f" ({', '.join(notes)})" if notes else ""))
    return line
