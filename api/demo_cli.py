"""The command that shows Footprint at work on a carrier, from nothing: demo."""

from __future__ import annotations

import functools
from dataclasses import asdict
from typing import Annotated

import typer

from api.demo import Demo, as_plain_demo, demo
from api.demo_told import show_demo
from graph.connection import ReadSession
from graph.terminal import AsJson, Yes, confirm, emit, progress, say, settings_of_process
from loaders.carrier.config import SIZES, config_of
from loaders.carrier.truth.reading import Truth
from loaders.workplace import open_workplace
from queries.terminal.conversation import converse, evidence_store

QUIET = 30.0
"""Seconds between lines of progress of the load, which tells each system and day by itself."""
EXAMPLES = (
    "Examples: ./footprint demo | ./footprint demo --size tiny (two families, for the impatient) | "
    "make demo SIZE=tiny | ./footprint demo --json"
)


def demonstrate(
    size: Annotated[str, typer.Option(help=f"How large: {', '.join(SIZES)}.")] = "demo",
    seed: Annotated[int, typer.Option(help="Another seed is another carrier.")] = 1,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Load thirty days of a simulated carrier's fourteen systems, and show what comes of it.

    It writes the carrier into the state folder, loads all of day 0 and what
    changed on each day since, and prints the load ledger, the tree of the
    largest customer with services and money, what changed in it and why, what
    does not agree between the systems, and what to try next.

    Interrupted, it goes on where it stopped; done again, it loads nothing and
    prints the same.
    """
    # Imported here: numpy takes longer than most other commands altogether.
    from api.demo_days import load_days, other_sources
    from api.demo_rules import run_on
    from loaders.carrier.keeping import keep_carrier

    config, settings = config_of(size, seed), settings_of_process()
    folder = settings.state_dir / "carrier" / f"{size}-{seed}"
    try:
        if keep_carrier(config, folder, progress):
            say(f"the {size} carrier of seed {seed} is written: {folder}")
        with open_workplace() as place:
            strange = other_sources(place.session, Truth(folder).scope)
            if settings.neo4j_uri:
                confirm(f"Load the demo into {settings.neo4j_uri}?", yes=yes)
            elif strange:
                confirm(f"The graph holds loads of {', '.join(strange)}. Add the demo?", yes=yes)
            loading = functools.partial(progress, unit="deliveries", every=QUIET)
            played = load_days(folder, place, loading, say)
            run_on(place, Truth(folder))
    except KeyboardInterrupt:
        say(f"interrupted; the same command goes on where it stopped ({folder})")
        raise

    async def question(graph: ReadSession) -> Demo:
        return await demo(graph, folder, evidence_store(), base=settings.base_currency)

    with progress("looking at the graph"):
        found = converse(question)
    if as_json:
        emit(as_plain_demo(found) | {"deliveries": [asdict(one) for one in played]}, True)
    else:
        show_demo(found)
