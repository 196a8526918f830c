"""A rule whose answers fall below its bar goes to shadow by itself, until a person shows it again.

The files on disk stay as they are: what the graph knows of the answers stands in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from graph.connection import BatchSession, Statements, as_native, as_text
from graph.ids import text_uuid5
from graph.statement import read_statement
from rules.engine.files.format import Pair, Rule
from rules.engine.life.answering import Person
from rules.engine.life.lifecycle import hidden
from rules.engine.life.signals import Signal
from rules.engine.life.verdicts import Verdict, in_all, verdicts

HERE = Path(__file__).parent
READ = read_statement(HERE / "demotions.cypher").text
DEMOTE = read_statement(HERE / "demote.cypher").text
LIFT = read_statement(HERE / "lift_demotion.cypher").text
HIDDEN = ("experimental", "shadow")
"""What an author calls a rule that is shown to nobody."""
BY_ITS_AUTHOR = "the rule is in shadow"


@dataclass(frozen=True, slots=True)
class Demotion:
    """That a rule went to shadow by itself."""

    rule: str
    on: date
    reason: str
    lifted_at: datetime | None = None
    """When a person let it be shown again; nothing while it stands."""

    @property
    def told(self) -> str:
        """Since when it is in shadow, and why."""
        return f"put itself in shadow on {self.on}: {self.reason}"


def demotions(session: Statements) -> dict[str, Demotion]:
    """Rule -> the last time that it went to shadow by itself, whether it stands or not."""
    return {
        rule: Demotion(rule, as_native(on), reason, lifted and datetime.fromisoformat(lifted))
        for rule, _, on, reason, lifted in session.rows(READ)
    }


def standing(held: Mapping[str, Demotion]) -> dict[str, Demotion]:
    """Those of them that no person has lifted."""
    return {rule: one for rule, one in held.items() if one.lifted_at is None}


def judged_lately(
    session: Statements, rules: Iterable[Rule], held: Mapping[str, Demotion], now: datetime
) -> dict[str, Verdict]:
    """Rule -> how it was judged in the days of its bar, and since a person last let it be shown."""
    since = {}
    for rule in rules:
        lifted = held[rule.id].lifted_at if rule.id in held else None
        begins = now - timedelta(days=rule.bar.days)
        since[rule.id] = max(begins, lifted) if lifted else begins
    told = verdicts(session, since)
    return {rule: in_all(told.get(rule, {})) for rule in since}


def demote(
    session: BatchSession, pairs: Sequence[Pair], *, today: date, now: datetime
) -> dict[str, str]:
    """Put rules below their bar in shadow; rule -> why its signals are shown to nobody."""
    held = demotions(session)
    stand = standing(held)
    shown = [pair for pair in pairs if pair.rule.status not in HIDDEN and pair.rule.id not in stand]
    lately = judged_lately(session, [pair.rule for pair in shown], held, now)
    rows = [
        _row(pair, lately[pair.rule.id], now)
        for pair in shown
        if is_below(pair.rule, lately[pair.rule.id])
    ]
    if rows:
        session.run(DEMOTE, rows=rows, moment=as_text(now), today=today)
        stand = standing(demotions(session))
    why = {rule: f"the rule {one.told}" for rule, one in stand.items()}
    return why | {pair.rule.id: BY_ITS_AUTHOR for pair in pairs if pair.rule.status in HIDDEN}


def hide(signals: Iterable[Signal], pairs: Sequence[Pair], shadow: Mapping[str, str]) -> None:
    """Hide what rules in shadow found: rules by themselves everywhere, others as each region says.

    What was not found anew by a rule that regions call otherwise stays as it was.
    """
    varied = {pair.rule.id for pair in pairs if pair.variants}
    for signal in signals:
        why = shadow.get(signal.rule, "")
        if signal.rule in varied and why in ("", BY_ITS_AUTHOR):
            if signal.pair is None:
                continue
            why = BY_ITS_AUTHOR if signal.pair.rule.status in HIDDEN else ""
        signal.state = hidden(signal.state, why)


def is_below(rule: Rule, verdict: Verdict) -> bool:
    """Whether enough people judged, and too few acted."""
    return (
        verdict.precision is not None
        and verdict.judged >= rule.bar.answers
        and verdict.precision < rule.bar.precision
    )


def lift(session: BatchSession, rule: str, by: Person) -> list[Demotion]:
    """Let a rule that went to shadow by itself be shown again; what stood, if anything did."""
    given = {"rule": rule, "moment": as_text(by.now), "lifted_by": by.name}
    return [
        Demotion(rule, as_native(on), reason, by.now)
        for _, on, reason in session.run(LIFT, **given)
    ]


def _row(pair: Pair, verdict: Verdict, now: datetime) -> dict[str, Any]:
    rule = pair.rule
    return {
        "id": text_uuid5(f"demotion|{rule.id}|{as_text(now)}"),
        "rule": rule.id,
        "rule_hash": pair.digest,
        "acted": verdict.acted,
        "against": verdict.against,
        "reason": f"{verdict.told} in {rule.bar.days} days acted on it; "
        f"its bar is {rule.bar.precision:.0%} of {rule.bar.answers}",
    }
