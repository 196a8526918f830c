"""The carrier commands of ./footprint: write, play, truth, check."""

from __future__ import annotations

import shutil
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import UsageError
from graph.terminal import AsJson, Yes, confirm, emit, progress, say
from loaders.carrier.check.cli import EXAMPLES as CHECK_EXAMPLES
from loaders.carrier.check.cli import check
from loaders.carrier.config import SIZES, config_of
from loaders.carrier.systems import written_systems
from loaders.carrier.truth.reading import Truth, has_carrier

app = typer.Typer(
    help="Write a simulated carrier: fourteen systems, thirty days, and the truth.",
    no_args_is_help=True,
)
app.command(epilog=CHECK_EXAMPLES)(check)

WRITE_EXAMPLES = (
    "Examples: ./footprint carrier write --size tiny --out /tmp/carrier | "
    "./footprint carrier write --size demo --seed 7 --system contracts --system inventory"
)


@app.command(epilog=WRITE_EXAMPLES)
def write(
    size: Annotated[str, typer.Option(help=f"How large: {', '.join(SIZES)}.")] = "demo",
    seed: Annotated[int, typer.Option(help="Another seed is another world.")] = 1,
    out: Annotated[
        Path, typer.Option(help="Folder to write into; it must be new or empty.")
    ] = Path("carrier"),
    system: Annotated[
        list[str] | None, typer.Option(help="Only this system; may be repeated.")
    ] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Write the deliveries of all systems for day 0 and thirty days, and the truth beside them."""
    # Imported here: numpy takes longer than most other commands altogether.
    from loaders.carrier.arriving import arrive
    from loaders.carrier.writer import write as write_all

    config, systems = config_of(size, seed), _chosen(system)
    _make_room(out, yes)
    began = time.perf_counter()
    with progress(f"writing the {size} carrier", unit="families") as task:
        counts = write_all(config, out, systems, task)
    arrive(config, out, systems)
    seconds = time.perf_counter() - began
    total = sum(counts.records.values())
    result: dict[str, Any] = {
        "folder": str(out),
        "size": size,
        "seed": seed,
        "entities": counts.entities,
        "services": counts.services,
        "records": counts.records if as_json else total,
        "seconds": round(seconds, 1),
        "records_a_second": round(total / seconds),
    }
    emit(result, as_json)


PLAY_EXAMPLES = (
    "Examples: ./footprint carrier play carrier --days 0 | "
    "./footprint carrier play carrier --days 1-30 --json"
)


@app.command(epilog=PLAY_EXAMPLES)
def play(
    folder: Annotated[Path, typer.Argument(help="Folder of a written carrier.")],
    days: Annotated[str, typer.Option(help="A day, or a range like 0-30 or 5-.")] = "0-",
    as_json: AsJson = False,
) -> None:
    """Load the deliveries of these days, in the order and on the day on which they arrive.

    What was loaded already is left out: play the same days again to go on after an interruption.
    """
    from loaders.carrier.play import days_of
    from loaders.carrier.play import play as play_all
    from loaders.workplace import open_workplace

    wanted = days_of(days, Truth(folder).told["last_day"])
    with open_workplace() as place:
        told = [asdict(one) for one in play_all(folder, wanted, place)]
    if as_json:
        emit(told, True)
        return
    shown = ("day", "system", "status", "read", "changed", "rejected", "seconds")
    emit([{name: one[name] for name in shown} for one in told], False)
    for one in told:
        if one["reason"]:
            say(f"day {one['day']}, {one['system']}: {one['reason']}")


TRUTH_EXAMPLES = (
    "Examples: ./footprint carrier truth carrier | "
    "./footprint carrier truth carrier --day 12 --rule notice_deadline_without_decision | "
    "./footprint carrier truth carrier --day 12 --tree e1-1"
)


@app.command(epilog=TRUTH_EXAMPLES)
def truth(
    folder: Annotated[Path, typer.Argument(help="Folder of a written carrier.")],
    day: Annotated[
        int | None, typer.Option(help="Show the signals of this day, from 0 to 30.")
    ] = None,
    rule: Annotated[str, typer.Option(help="Only signals of this rule.")] = "",
    tree: Annotated[str, typer.Option(help="Show the family below this entity instead.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what is true: how much of everything, the signals of a day, the tree of a family."""
    told = Truth(folder)
    if tree:
        rows = told.tree(day or 0, tree)
        if as_json:
            emit(rows, True)
        for row in () if as_json else rows:
            share = f"  {float(row['share']):.0%}" if row["share"] not in ("", "1.0") else ""
            emit(f"{'  ' * row['depth']}{row['name']}{share}", False)
    elif day is not None or rule:
        emit(told.signals(day or 0, rule), as_json)
    elif as_json:
        emit({**told.summary(), "dirt": dict(told.mistakes())}, True)
    else:
        emit(told.summary(), False, title=f"{told.told['size']}, seed {told.told['seed']}")
        emit([{"mistake": kind, "records": count} for kind, count in told.mistakes().most_common()],
             False)  # fmt: skip


def _chosen(names: list[str] | None) -> tuple[str, ...]:
    able = written_systems()
    wrong = sorted(set(names or ()) - set(able))
    if wrong:
        raise UsageError(f"no writer for {', '.join(wrong)}", remedy=f"one of: {', '.join(able)}")
    return tuple(name for name in able if not names or name in names)


def _make_room(out: Path, yes: bool) -> None:
    """An earlier carrier may be replaced when asked; nothing else is ever deleted."""
    if not out.exists() or not any(out.iterdir()):
        return
    if not has_carrier(out):
        raise UsageError(f"{out} holds something else", remedy="give another --out")
    confirm(f"{out} holds a carrier already. Replace it?", yes=yes)
    shutil.rmtree(out)
