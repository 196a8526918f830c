"""How long work says where it is: what is done, how far it is, how long it takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO


class Task(Protocol):
    """One piece of work under way."""

    def update(self, done: float, total: float | None = None, note: str = "") -> None:
        """Says how far the work is; `done` and `total` are in the unit it was begun with."""


class Progress(Protocol):
    """Begins a piece of work, and shows it in its own way until the block ends."""

    def __call__(self, what: str, *, unit: str = "") -> AbstractContextManager[Task]:
        """Begins `what`, counted in `unit`."""


class _SilentTask:
    def update(self, done: float, total: float | None = None, note: str = "") -> None:
        return


@contextmanager
def silent(what: str, *, unit: str = "") -> Iterator[Task]:
    """Shows nothing."""
    yield _SilentTask()


class LineTask:
    """Work that prints a plain line now and then, and one at its end if it took any time."""

    def __init__(self, what: str, unit: str, stream: TextIO, every: float) -> None:
        self.what = what
        self.unit = unit
        self.stream = stream
        self.every = every
        self.began = time.monotonic()
        self.last = self.began
        self.shown = False
        self.state = ""

    def update(self, done: float, total: float | None = None, note: str = "") -> None:
        """Remembers how far the work is, and prints it when the last line is old enough."""
        self.state = amount(done, total, self.unit, note)
        if time.monotonic() - self.last >= self.every:
            self.print()

    def print(self, ending: str = "") -> None:
        """Prints one line: what, how far, how long."""
        self.last = time.monotonic()
        self.shown = True
        parts = [part for part in (self.state, f"{self.last - self.began:.0f} s") if part]
        self.stream.write(f"{self.what}{ending}: {', '.join(parts)}\n")
        self.stream.flush()


class LineProgress:
    """Progress as plain lines, for logs, pipes and continuous integration."""

    def __init__(self, stream: TextIO | None = None, every: float = 3.0) -> None:
        self.stream = stream
        self.every = every

    @contextmanager
    def __call__(self, what: str, *, unit: str = "") -> Iterator[Task]:
        """Begins `what`; nothing is printed about work that is over in two seconds."""
        task = LineTask(what, unit, self.stream or sys.stderr, self.every)
        yield task
        if task.shown or time.monotonic() - task.began > 2:
            task.print(" done")


def amount(done: float, total: float | None, unit: str, note: str) -> str:
    """How far work is, as words: `41 of 217 jars, 25.1 MB`."""
    far = f"{done:,.0f} of {total:,.0f} {unit}" if total else f"{done:,.0f} {unit}" if unit else ""
    return ", ".join(part for part in (far.strip(), note) if part)
