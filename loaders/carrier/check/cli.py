"""The command `./footprint carrier check`: how the graph at hand compares with the truth."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from graph.layout import Row, heading, show_rows
from graph.plural import counted
from graph.terminal import AsJson, emit, progress, say
from loaders.carrier.check.differences import Example, Kind

DIFFERS = 9
"""Exit code when the graph and the truth differ."""
WRONG = {
    "missing": "missing",
    "extra": "extra",
    "wrong_valid": "with a wrong valid date",
    "wrong_known": "with a wrong known date",
    "wrong_value": "with a wrong value",
}
"""How a difference can be, in words."""
EXAMPLES = (
    "Examples: ./footprint carrier check carrier | ./footprint carrier check carrier --day 12 | "
    "./footprint carrier check carrier --sample 5 --json. "
    "Exit code 0: the graph says what it could know. 9: it differs."
)


def check(
    folder: Annotated[Path, typer.Argument(help="Folder of the written carrier that was played.")],
    day: Annotated[
        int | None, typer.Option(help="As it was known on this day; the last one played if none.")
    ] = None,
    sample: Annotated[
        int, typer.Option(min=0, help="Compare so many families, spread evenly; 0: all.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Compare the graph with what a loader could know on a day: facts, dates, who is one company.

    What could be known follows from the world and from what was delivered, mistakes and all.
    """
    # Imported here: numpy takes longer than most other commands altogether.
    from loaders.carrier.check.check import check as compare_all
    from loaders.workplace import open_workplace

    with open_workplace() as place:
        found = compare_all(folder, place.session, day=day, sample=sample, progress=progress)
    kinds = [kind for kind in found.differences.kinds.values() if kind.expected or kind.found]
    if as_json:
        told = {"day": found.day, "families": found.families, "compares_values": found.is_last,
                "same_generator": found.same_generator, "differences": found.differences.total,
                "kinds": [asdict(kind) for kind in kinds]}  # fmt: skip
        emit(told, True)
    else:
        families = counted(len(found.families), "family", "families")
        heading(f"day {found.day}, {families}: {found.differences.total:,} differences")
        show_rows([_row(kind) for kind in kinds], wide=1)
        if not found.is_last:
            say("later days were loaded: values and merges, which have no history, are left out")
    if not found.same_generator:
        say("warning: another version of the generator wrote this carrier, and differences may be "
            "due to that -> write it again, and play it into an empty graph")  # fmt: skip
    if found.differences.total:
        raise typer.Exit(DIFFERS)


def _row(kind: Kind) -> Row:
    """One kind on a line; below it examples of what differs."""
    wrong = ", ".join(
        f"{getattr(kind, name):,} {words}" for name, words in WRONG.items() if getattr(kind, name)
    )
    counted = f"{kind.expected:,} expected, {kind.found:,} found"
    return Row((kind.kind, counted, wrong or "all right"), [_told(one) for one in kind.examples])


def _told(one: Example) -> str:
    there = f"expected {one.expected or 'it'}, found {one.found or 'nothing'}"
    if one.wrong == "extra":
        there = f"found {one.found or 'it'}, expected {one.expected or 'nothing'}"
    where = f" [{one.record}, {one.file}]" if one.record else ""
    return f"{WRONG[one.wrong]}: {one.what}: {there}{where}"
