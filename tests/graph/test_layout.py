"""Lists that a person reads in eighty columns."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from graph.layout import Row, lines_of


def drawn(rows: list[Row], *, width: int = 40, wide: int = -1, notes_under: int = 1) -> list[str]:
    console = Console(file=StringIO(), width=width, color_system=None)
    return [line.plain for line in lines_of(rows, console, wide=wide, notes_under=notes_under)]


def test_cells_are_aligned_and_notes_stand_below_the_second() -> None:
    rows = [Row(("parent", "Alpha", "since 2020"), ["60%"]), Row(("name", "B", ""))]

    assert drawn(rows, wide=1) == [
        "  parent  Alpha  since 2020",
        "          60%",
        "  name    B",
    ]


def test_only_the_wide_cell_wraps() -> None:
    rows = [Row(("parent", "Alpha Beta Gamma Delta", "since 2020-01-01"))]

    assert drawn(rows, wide=1, width=44) == [
        "  parent  Alpha Beta Gamma  since 2020-01-01",
        "          Delta",
    ]


def test_notes_of_long_first_cells_are_indented_a_little() -> None:
    assert drawn([Row(("Alpha Holding", "legal"), ["why"])], notes_under=0) == [
        "  Alpha Holding  legal",
        "    why",
    ]


def test_what_looks_like_markup_is_told_as_it_is() -> None:
    assert drawn([Row(("name", "[bold]Alpha[/bold]"))]) == ["  name  [bold]Alpha[/bold]"]


def test_wide_letters_count_as_the_two_columns_they_take() -> None:
    rows = [Row(("東京", "JP")), Row(("Alpha", "DE"))]

    assert drawn(rows) == ["  東京   JP", "  Alpha  DE"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn([]) == []
