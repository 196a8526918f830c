"""The system-of-record matrix in lines: a property, who leads, who else gives it and differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.text import Text

from graph.layout import Row, heading, show_rows
from queries.load.called_wrong import CalledWrong
from queries.load.system_of_record import Supply

Doubts = Mapping[tuple[str, str], CalledWrong]
"""Source and `Label.property` -> how often people called it wrong."""


def show_supplies(supplies: list[Supply], doubts: Doubts) -> None:
    """Print the matrix, a block a label and a line a property."""
    for label, of_label in groupby(supplies, key=lambda one: one.label):
        heading(label)
        by_property = groupby(of_label, key=lambda one: one.property)
        show_rows(
            [Row((name, told(list(suppliers), doubts))) for name, suppliers in by_property], wide=1
        )


def show_called_wrong(wrong: Sequence[CalledWrong]) -> None:
    """Print what people called wrong, a line a source and claim; nothing where there is none."""
    if wrong:
        heading("called wrong", "by people, of the signals whose evidence shows it and they judged")
        show_rows([Row((one.source_id, one.claim, wrong_told(one))) for one in wrong], wide=1)


def wrong_told(one: CalledWrong) -> str:
    """`2 of 7 called wrong`."""
    return f"{one.wrong:,} of {one.judged:,} called wrong"


def told(suppliers: list[Supply], doubts: Doubts) -> Text:
    """Who gives one property: `crm [10] 12, billing [60] 3 (1 same, 2 differ)`."""
    line = Text()
    for place, one in enumerate(suppliers):
        notes = [f"{one.agreed:,} same"] if one.agreed else []
        notes += [f"{one.lost:,} differ"] if one.lost else []
        doubt = doubts.get((one.source_id, f"{one.label}.{one.property}"))
        notes += [wrong_told(doubt)] if doubt else []
        line.append(", " if place else "")
        line.append(one.source_id, style="bold" if place == 0 else "")
        line.append(f" [{one.precedence}]" if len(suppliers) > 1 else "", style="dim")
        line.append(f" {one.shown:,}" + (f" ({', '.join(notes)})" if notes else ""))
    return line
