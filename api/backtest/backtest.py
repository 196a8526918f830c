"""Replays a carrier day by day beside the real graph, runs the rules each day, and scores them.

A rule sees exactly what was known on the day: the deliveries up to it, loaded by the real loaders
into a scratch database, in their order, with their faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from api.backtest.scoring import Score, score, share
from graph.connection import BatchSession
from graph.evidence import EvidenceStore
from graph.progress import Progress, silent
from graph.settings import Settings
from loaders.carrier.play import play
from loaders.carrier.systems.crm_emea import RENAMED, SYSTEM
from loaders.carrier.truth.links import link_by_truth
from loaders.carrier.truth.reading import Truth
from loaders.workplace import Workplace
from rules.engine.files.format import Pair
from rules.engine.judged.judging import Ask
from rules.engine.runs.run import Order, Report, run_rules

MENDED = {SYSTEM: {now: before for before, now in RENAMED.items()}}
"""What a steward writes into source.yaml once a system calls its columns otherwise."""
RUN_AT = time(7, 0)
"""Hour (UTC) at which rules run, an hour after the day's deliveries are loaded."""


COUNTS = ("hits", "missed", "wrong", "near", "blind", "judged_blind")


@dataclass(slots=True)
class Tally:
    """One rule over all days that were looked at, in cases times days."""

    rule: str
    hits: int = 0
    missed: int = 0
    wrong: int = 0
    near: int = 0
    blind: int = 0
    judged_blind: int = 0
    examples: dict[str, str] = field(default_factory=dict)
    """What was missed, wrong or near -> the first day on which it was."""

    @property
    def recall(self) -> float | None:
        """Share of the expected that was found."""
        return share(self.hits, self.missed)

    @property
    def precision(self) -> float | None:
        """Share of the found that was expected."""
        return share(self.hits, self.wrong)

    def add(self, one: Score, day: date) -> None:
        """Count one day."""
        self.hits += len(one.hits)
        self.missed += len(one.missed)
        self.wrong += len(one.wrong)
        self.near += len(one.near)
        self.blind += one.blind
        self.judged_blind += one.judged_blind
        for case in one.missed:
            self.examples.setdefault(f"missed: {_case(case)}", str(day))
        for case in one.near:
            self.examples.setdefault(f"near miss: {_case(case)}", str(day))
        for found in one.wrong:
            self.examples.setdefault(f"not expected: {found.message}", str(day))


@dataclass(frozen=True, slots=True)
class Asked:
    """What to replay."""

    folder: Path
    days: Sequence[int]
    """Days on which the rules run; every day up to the last is loaded."""
    pairs: Sequence[Pair]
    settings: Settings
    room: Path
    """Where evidence and links of the replay are kept."""


Told = Callable[[int, Report, list[Score]], None]
"""Hears of each day on which the rules ran."""


def backtest(
    asked: Asked, session: BatchSession, ask: Ask, told: Told, show: Progress = silent
) -> list[Tally]:
    """Replay and score; the scratch graph must be empty, or hold days of the same carrier."""
    truth = Truth(asked.folder)
    tallies: dict[str, Tally] = {}
    ids = {pair.rule.id for pair in asked.pairs}
    with show("replaying", unit="days") as task:
        for day, report, scores in _replay(asked, truth, session, ask):
            for one in scores:
                if one.rule in ids:
                    tallies.setdefault(one.rule, Tally(one.rule)).add(one, truth.day(day))
            told(day, report, scores)
            task.update(day + 1, max(asked.days) + 1)
    return [tallies[rule] for rule in sorted(tallies)]


def _replay(
    asked: Asked, truth: Truth, session: BatchSession, ask: Ask
) -> Iterator[tuple[int, Report, list[Score]]]:
    evidence = EvidenceStore(str(asked.room / "evidence"))
    for day in range(max(asked.days) + 1):
        today = truth.day(day)
        place = Workplace(asked.settings, session, evidence, datetime.combine(today, RUN_AT, UTC))
        # As a steward does who sees the columns change: the mapping is told their new names.
        for _ in play(asked.folder, range(day, day + 1), place, show=silent, renamed=MENDED):
            pass
        if day in asked.days:
            link_by_truth(truth, place, asked.room / "links", today)
            pairs = [as_stable(pair) for pair in asked.pairs]
            order = Order(pairs, today, place.now, asked.settings.base_currency, "back_test")
            report = run_rules(session, order, ask)
            yield day, report, score(truth, day, session)


def as_stable(pair: Pair) -> Pair:
    """A rule as if everybody saw its signals: only then does it suppress others, and yield."""
    return replace(pair, rule=pair.rule.model_copy(update={"status": "stable"}))


def totals(tallies: Iterable[Tally]) -> Tally:
    """All rules together."""
    whole = Tally("all rules")
    for one in tallies:
        for name in COUNTS:
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole


def as_plain(one: Tally) -> dict[str, Any]:
    """A tally for programs."""
    return {
        "rule": one.rule,
        **{name: getattr(one, name) for name in COUNTS},
        "recall": one.recall,
        "precision": one.precision,
        "examples": one.examples,
    }


def _case(case: dict[str, Any]) -> str:
    named = [f"{key} {value}" for key, value in case.items() if key.endswith(("_id", "_native"))]
    return f"{case['case']} ({', '.join(named)})"
