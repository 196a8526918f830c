"""Lists as a person reads them: aligned cells, one of which wraps, and quiet notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from graph.terminal import console

GAP = "  "
NARROWEST = 16
"""Fewest columns left to the cell that wraps."""


@dataclass(slots=True)
class Row:
    """One entry of a list: its cells, and what is said below them."""

    cells: Sequence[str | Text]
    notes: Sequence[str] = ()


def heading(text: str, *notes: str) -> None:
    """Print what the following lines are, after an empty line."""
    console.print()
    console.print(Text(text, style="bold"))
    for note in notes:
        console.print(Text(note, style="dim"))


def show_rows(
    rows: Sequence[Row], *, wide: int = -1, indent: int = 2, notes_under: int = 1
) -> None:
    """Print entries in aligned columns; the cell `wide` wraps so that lines fit the terminal."""
    for line in lines_of(rows, console, wide=wide, indent=indent, notes_under=notes_under):
        console.print(line, soft_wrap=True)


def lines_of(
    rows: Sequence[Row],
    target: Console,
    *,
    wide: int = -1,
    indent: int = 2,
    notes_under: int = 1,
) -> Iterator[Text]:
    """The lines of a list, none wider than the console unless a cell that may not wrap is."""
    if not rows:
        return
    widths = _widths(rows, target.width - indent, wide)
    below = indent + (sum(widths[:notes_under]) + len(GAP) * notes_under or len(GAP))
    for row in rows:
        cells = [Text(cell) if isinstance(cell, str) else cell for cell in row.cells]
        wrapped = list(cells[wide].wrap(target, widths[wide])) or [Text()]
        for number, part in enumerate(wrapped):
            shown = [cell if number == 0 else Text() for cell in cells]
            shown[wide] = part
            yield _line(shown, widths, indent)
        for note in row.notes:
            for part in Text(note, style="dim").wrap(target, max(target.width - below, NARROWEST)):
                part.rstrip()
                yield Text(" " * below) + part


def _widths(rows: Sequence[Row], room: int, wide: int) -> list[int]:
    cells = [[Text(str(cell)).cell_len for cell in row.cells] for row in rows]
    widths = [max(column) for column in zip(*cells, strict=True)]
    others = sum(widths) - widths[wide] + len(GAP) * (len(widths) - 1)
    widths[wide] = min(widths[wide], max(room - others, NARROWEST))
    return widths


def _line(cells: Sequence[Text], widths: Sequence[int], indent: int) -> Text:
    line = Text(" " * indent)
    for cell, width in zip(cells, widths, strict=True):
        line.append_text(cell)
        line.append(" " * (width - cell.cell_len) + GAP)
    line.rstrip()
    return line
