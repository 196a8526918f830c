"""In which order signals come: money x chance x urgency x confidence, always with its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from graph.connection import Statements, as_native
from graph.money import MINOR_DIGITS
from graph.statement import read_statement
from rules.engine.files.format import Pair, Rule
from rules.engine.files.names import names_of
from rules.engine.judged.sight import Sight
from rules.engine.life.signals import Signal
from rules.engine.life.verdicts import EVER, Verdict, in_all, verdicts

HERE = Path(__file__).parent
RATES = read_statement(HERE / "rates.cypher").text
SEGMENTS = read_statement(HERE / "segments.cypher").text

URGENT_DAYS = 14
"""Within so many days of its last responsible day a signal is as urgent as it gets."""
URGENCY_HALVES = 60
"""Beyond these, urgency halves with so many days."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of a currency for one unit of the base, and the day of it."""

    units: float
    on: date | None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far a signal can be relied on, in its parts, each from 0 to 1."""

    reliability: float = 1.0
    """Of the least reliable source that it rests on, by what people called wrong."""
    doubted: tuple[str, ...] = ()
    """What of its evidence people called wrong at this or another signal."""
    freshness: float = 1.0
    identity: float = 1.0

    @property
    def all(self) -> float:
        """The parts together."""
        return self.reliability * self.freshness * self.identity


@dataclass(frozen=True, slots=True)
class Ranking:
    """What scores are made of on a day."""

    today: date
    base: str
    rates: Mapping[str, Rate]
    judged: Mapping[str, Mapping[str, Verdict]] = field(default_factory=dict)
    """Rule -> segment -> how its signals were judged so far."""
    segments: Mapping[str, str] = field(default_factory=dict)
    """Account -> market segment."""
    sight: Sight | None = None

    def rank(self, signal: Signal, rule: Rule) -> None:
        """Give a signal its score and the parts; without a rate it has parts and no score."""
        value, told = self._value(signal.value)
        opened = date.fromisoformat(signal.opened_at[:10]) if signal.opened_at else self.today
        sure = self.confidence(signal, rule)
        parts = {
            "value": value,
            "currency": self.base,
            "rates": told,
            "probability": round(self.chance(rule, signal.account), 4),
            "urgency": round(urgency(signal.act_by, self.today), 4),
            "confidence": round(sure.all, 4),
            "reliability": round(sure.reliability, 4),
            "doubted": list(sure.doubted),
            "freshness": round(sure.freshness, 4),
            "identity": round(sure.identity, 4),
            "decay": round(0.5 ** ((self.today - opened).days / rule.half_life_days), 4),
        }
        signal.score_parts = orjson.dumps(parts).decode()
        signal.confidence = parts["confidence"]
        product = parts["probability"] * parts["urgency"] * parts["confidence"] * parts["decay"]
        signal.score = None if value is None else round(value * product, 2)

    def chance(self, rule: Rule, account: str | None) -> float:
        """How likely it is acted on: the prior, then all answers, then those of its segment."""
        of_segments = self.judged.get(rule.id, {})
        anywhere = in_all(of_segments).probability(rule.prior, rule.prior_weight)
        segment = self.segments.get(account or "", "")
        here = of_segments.get(segment, Verdict()) if segment else Verdict()
        return here.probability(anywhere, rule.prior_weight)

    def confidence(self, signal: Signal, rule: Rule) -> Confidence:
        """How far a signal can be relied on; what was not found anew rests on what it did."""
        fresh = self.sight.freshness(rule, signal.systems) if self.sight else 1.0
        if signal.proof is None or signal.pair is None:
            was = orjson.loads(signal.score_parts or "{}")
            kept = (was.get("reliability", 1.0), tuple(was.get("doubted", ())))
            return Confidence(*kept, fresh, was.get("identity", 1.0))
        doubts = signal.proof.doubts
        read = reads(signal.pair) if doubts else frozenset()
        doubted = {claim: trust for claim, trust in doubts if _name_of(claim) in read}
        return Confidence(
            min(doubted.values(), default=1.0), tuple(doubted), fresh, signal.proof.identity
        )

    def _value(self, amounts: Sequence[str]) -> tuple[float | None, list[str]]:
        """What is at stake in major units of the base, and by which rates; None without one."""
        total, told = 0.0, []
        for text in amounts:
            code, _, amount = text.partition(" ")
            rate = Rate(1.0, None) if code == self.base else self.rates.get(code)
            if rate is None:
                return None, [f"no rate of {code}"]
            total += int(amount) / 10 ** MINOR_DIGITS.get(code, 2) / rate.units
            if rate.on:
                told.append(f"{code} {rate.units:.4f} of {rate.on}")
        return (round(total, 2) if amounts else None), sorted(set(told))


def urgency(act_by: date | None, today: date) -> float:
    """1 when it is urgent or overdue, halving with every sixty days more that are left."""
    left = (act_by - today).days - URGENT_DAYS if act_by else URGENCY_HALVES
    return float(0.5 ** (max(0, left) / URGENCY_HALVES))


@cache
def _names_read(text: str) -> frozenset[str]:
    return frozenset(one.text for one in names_of(text) if one.kind in ("property", "type"))


def reads(pair: Pair) -> frozenset[str]:
    """The properties and types of relationships that a rule's statement names."""
    return _names_read(pair.statement.text)


def _name_of(claim: str) -> str:
    """The property or the type that a source's claim is of."""
    return claim.split(" ")[1].rpartition(".")[2]


def read_ranking(
    session: Statements,
    rules: Sequence[Rule],
    accounts: Iterable[str] = (),
    *,
    sight: Sight,
    base: str,
) -> Ranking:
    """Rates of the last month's end, and what became of earlier signals, by segment."""
    today = sight.today
    found = {(code, of): (units, on) for code, of, units, on in session.rows(RATES, today=today)}
    return Ranking(
        today=today,
        base=base,
        rates=in_base(found, base),
        judged=verdicts(session, dict.fromkeys((rule.id for rule in rules), EVER)),
        segments=dict(session.rows(SEGMENTS, account_ids=list(accounts))),
        sight=sight,
    )


def in_base(found: Mapping[tuple[str, str], tuple[float, Any]], base: str) -> dict[str, Rate]:
    """Currency -> rate for one unit of the base, across another base where that is needed."""
    rates: dict[str, Rate] = {}
    for (code, other), (units, on) in sorted(found.items()):
        day = as_native(on)
        if other == base:
            rates[code] = Rate(units, day)
        elif (base, other) in found:
            rates.setdefault(code, Rate(units / found[base, other][0], day))
            rates.setdefault(other, Rate(1 / found[base, other][0], day))
    return rates
