"""The demo's days: what is not loaded yet is loaded, and told system by system and day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path

from graph.connection import BatchSession, ReadSession
from graph.errors import UsageError
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.progress import Progress, Task
from loaders.carrier.play import MOST, Played, listed, loaded, play
from loaders.carrier.truth.reading import Truth
from loaders.workplace import Workplace
from queries.reconciliation.kept import kept_before
from queries.reconciliation.settled import Settled, settled
from queries.terminal.conversation import converse

Say = Callable[[str], None]
Working = Callable[[str], AbstractContextManager[Task]]
"""Begins a long piece of work."""


def other_sources(session: BatchSession, scope: str) -> list[str]:
    """The sources of loads that are not of this carrier; UsageError when they are of another."""
    runs = [run for run in lifecycle.runs(session, limit=MOST) if run.scope != scope]
    other = next((run.scope for run in runs if run.scope.startswith("carrier ")), None)
    if other:
        raise UsageError(
            f"the graph holds another carrier or one of another version ({other.split(' ', 1)[1]}; "
            f"asked for is {scope.split(' ', 1)[1]}), and two would be mixed",
            remedy="./footprint db reset --yes empties the local graph, then the same again; or "
            "keep both: FOOTPRINT_STATE_DIR=another-folder ./footprint demo",
        )
    return sorted({run.source for run in runs})


def load_days(folder: Path, place: Workplace, working: Working, say: Say) -> list[Played]:
    """Load every delivery that the graph has no load run of; what became of all of them.

    The worklists of the first day and of the last but one are kept on the way, so that the last one
    can tell what has cleared since.
    """
    truth, pace = Truth(folder), Pace()
    days = range(truth.told["last_day"] + 1)
    first, total = len(listed(folder, 0)), sum(len(listed(folder, day)) for day in days)
    known = len(loaded(place.session, truth.scope))
    if known:
        say(f"{known:,} of {total:,} deliveries are in the graph already")
    if known == total:
        return list(play(folder, days, place))
    found: list[Played] = []
    with working("loading the days") as task:
        show = _inside(task, lambda: len(found), total)
        for day in days:
            fresh: list[Played] = []
            for one in play(folder, range(day, day + 1), place, show=show):
                found.append(one)
                fresh += [] if one.was_loaded else [one]
                task.update(len(found), total)
                if day == 0 and fresh[-1:] == [one]:
                    say(f"day 0, {one.system} ({len(found)} of {first}): {_counted([one])}")
            if fresh:
                left = pace.left(fresh, total - len(found))
                say(f"day {day} of {days[-1]}: {len(fresh)} deliveries, {_counted(fresh)}{left}")
            if day in (days[0], days[-2]):
                _keep_worklist(place.evidence, truth.day(day), place.settings.base_currency)
    return found


class Pace:
    """How long the rest will take, from the days after the first: that one holds everything."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.deliveries = 0

    def left(self, fresh: Sequence[Played], waiting: int) -> str:
        """The rest in words; nothing while it is not known."""
        if fresh[0].day:
            self.seconds += sum(one.seconds for one in fresh)
            self.deliveries += len(fresh)
        if not self.deliveries or not waiting:
            return ""
        seconds = self.seconds / self.deliveries * waiting
        return f"; {seconds / 60:.0f} min left" if seconds >= 90 else f"; {seconds:.0f} s left"


def _counted(played: Sequence[Played]) -> str:
    """Records, seconds, and which deliveries were not whole."""
    read, seconds = sum(one.read for one in played), sum(one.seconds for one in played)
    faults = [f"{one.system} {one.status}" for one in played if one.status != "COMPLETE"]
    return ", ".join([f"{read:,} records", f"{seconds:.1f} s", *faults])


def _keep_worklist(store: EvidenceStore, day: date, base: str) -> None:
    if kept_before(store, day + timedelta(days=1)) == day:
        return

    async def question(graph: ReadSession) -> Settled:
        return await settled(graph, store, base=base)

    converse(question)


def _inside(task: Task, done: Callable[[], int], total: int) -> Progress:
    """Progress of one delivery, told as a note of the whole."""

    class Part:
        def __init__(self, what: str, unit: str) -> None:
            self.what, self.unit = what, unit

        def update(self, part: float, of: float | None = None, note: str = "") -> None:
            ends = f" of {of:,.0f}" if of else ""
            task.update(done(), total, f"{self.what}: {part:,.0f}{ends} {self.unit}")

    @contextmanager
    def show(what: str, *, unit: str = "") -> Iterator[Task]:
        yield Part(what.removeprefix("loading "), unit)

    return show
