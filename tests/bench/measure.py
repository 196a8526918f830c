"""What a benchmark is: a name, a goal, and a function that measures a figure on the one server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import neo4j

from graph.engine import Server
from graph.settings import Settings


@dataclass(slots=True)
class Result:
    """One line of the table: the figure beside its peer or limit."""

    what: str
    figure: float
    unit: str
    peer: str
    beside: float
    goal: float
    """The largest ratio (or figure, where there is no peer) that holds."""
    better: str = "lower"
    note: str = ""

    @property
    def ratio(self) -> float:
        """The figure over its peer; the figure itself over the limit when that is the goal."""
        return self.figure / self.beside if self.beside else self.figure

    @property
    def held(self) -> bool:
        """Whether the goal was reached."""
        return self.ratio <= self.goal if self.better == "lower" else self.ratio >= self.goal

    def as_dict(self) -> dict[str, Any]:
        """The line for `--json`."""
        return {**asdict(self), "ratio": self.ratio, "held": self.held}


@dataclass(slots=True)
class Bench:
    """What every benchmark works with."""

    server: Server
    settings: Settings
    driver: neo4j.Driver
    folder: Path
    size: int
    loaded: Path | None = None
    """State folder of an installation to measure rules on; they are run on it."""
    kept: dict[str, Any] = field(default_factory=dict)

    def wipe(self) -> None:
        """Empty the graph; constraints and indexes stay."""
        self.kept.pop("in the graph", None)
        with self.driver.session() as session:
            for pattern in ("()-[it]->()", "(it) WHERE NOT it:Migration"):
                session.run(
                    f"MATCH {pattern} CALL (it) {{ DELETE it }} IN TRANSACTIONS OF 10000 ROWS"
                ).consume()

    def settle(self) -> None:
        """Let the server finish its housekeeping before something is timed."""
        time.sleep(2)


@dataclass(slots=True)
class Clock:
    """Seconds of a block."""

    seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Clock]:
    """Time a block."""
    clock = Clock()
    began = time.perf_counter()
    yield clock
    clock.seconds = time.perf_counter() - began


def best(times: int, work: Callable[[], object]) -> float:
    """The fastest of several goes, in seconds: what the machine can do, without its noise."""
    seconds = []
    for _ in range(times):
        with timed() as clock:
            work()
        seconds.append(clock.seconds)
    return min(seconds)
