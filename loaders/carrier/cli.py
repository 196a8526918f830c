"""The carrier commands of ./footprint: write, play, truth."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import UsageError
from graph.terminal import AsJson, Yes, confirm, emit, progress
from loaders.carrier.config import SIZES, config_of
from loaders.carrier.systems import written_systems

app = typer.Typer(
    help="Write a simulated carrier: fourteen systems, thirty days, and the truth.",
    no_args_is_help=True,
)

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
    if not (out / "truth" / "carrier.json").exists():
        raise UsageError(f"{out} holds something else", remedy="give another --out")
    confirm(f"{out} holds a carrier already. Replace it?", yes=yes)
    shutil.rmtree(out)
