"""The system-of-record matrix in lines: a property, who leads, who else gives it and differs."""

from __future__ import annotations

from itertools import groupby

from rich.text import Text

from graph.layout import Row, heading, show_rows
from queries.load.system_of_record import Supply


def show_supplies(supplies: list[Supply]) -> None:
    """Print the matrix, a block a label and a line a property."""
    for label, of_label in groupby(supplies, key=lambda one: one.label):
        heading(label)
        by_property = groupby(of_label, key=lambda one: one.property)
        show_rows([Row((name, told(list(suppliers)))) for name, suppliers in by_property], wide=1)


def told(suppliers: list[Supply]) -> Text:
    """Who gives one property: `crm [10] 12, billing [60] 3 (1 same, 2 differ)`."""
    line = Text()
    for place, one in enumerate(suppliers):
        notes = [f"{one.agreed:,} same"] if one.agreed else []
        notes += [f"{one.lost:,} differ"] if one.lost else []
        line.append(", " if place else "")
        line.append(one.source_id, style="bold" if place == 0 else "")
        line.append(f" [{one.precedence}]" if len(suppliers) > 1 else "", style="dim")
        line.append(f" {one.shown:,}" + (f" ({', '.join(notes)})" if notes else ""))
    return line
