"""How every rule stands: its version, its last run, what people think of it, why it is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph.connection import Statements, as_native
from graph.statement import read_statement
from rules.engine.files.format import Pair
from rules.engine.life.demotion import Demotion, demotions, judged_lately, standing
from rules.engine.life.verdicts import Verdict

LAST_RUNS = read_statement(Path(__file__).with_suffix(".cypher")).text


@dataclass(frozen=True, slots=True)
class Status:
    """How one rule stands."""

    rule: str
    status: str
    """What its author calls it; `shadow` when it put itself there."""
    version: str
    """Hash of its two files as they are now."""
    ran: str | None
    """Hash of the version that ran last."""
    last_run: date | None
    result: str | None
    """COMPLETE, BLIND or FAILED."""
    found: int | None
    opened: int | None
    cleared: int | None
    blind: int | None
    waiting: int
    """Signals that wait for a day on which their seller has room."""
    answers: int
    """Signals that were judged in the days of its bar."""
    precision: float | None
    """The share of them that was acted on."""
    bar: float
    """Below this share it goes to shadow by itself."""
    bar_answers: int
    """Once so many were judged."""
    because: str | None
    """Why it put itself in shadow, or why its last run was blind or failed."""


def statuses(session: Statements, pairs: Sequence[Pair], now: datetime) -> list[Status]:
    """How rules stand, by what ran and was answered up to now."""
    ran = {rule: as_native(last) for rule, *last in session.rows(LAST_RUNS)}
    held = demotions(session)
    lately = judged_lately(session, [pair.rule for pair in pairs], held, now)
    stand = standing(held)
    return [
        _status(pair, ran.get(pair.rule.id), lately[pair.rule.id], stand.get(pair.rule.id))
        for pair in pairs
    ]


_NEVER: list[Any] = [None] * 8 + [0]


def _status(
    pair: Pair, last: list[Any] | None, verdict: Verdict, demotion: Demotion | None
) -> Status:
    rule = pair.rule
    ran, result, reason, on, found, opened, cleared, blind, waiting = last or _NEVER
    return Status(
        rule=rule.id,
        status="shadow" if demotion else rule.status,
        version=pair.digest[:8],
        ran=ran and ran[:8],
        last_run=on,
        result=result,
        found=found,
        opened=opened,
        cleared=cleared,
        blind=blind,
        waiting=waiting,
        answers=verdict.judged,
        precision=verdict.precision,
        bar=rule.bar.precision,
        bar_answers=rule.bar.answers,
        because=demotion.told if demotion else reason,
    )
