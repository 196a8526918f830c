"""In which order signals are shown: money x chance x urgency x freshness, always with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from graph.connection import Statements, as_native
from graph.money import MINOR_DIGITS
from graph.statement import read_statement
from rules.engine.format import Rule
from rules.engine.signals import Signal

HERE = Path(__file__).parent
RATES = read_statement(HERE / "rates.cypher").text
DISPOSITIONS = read_statement(HERE / "dispositions.cypher").text

URGENT_DAYS = 14
"""Within so many days of its last responsible day a signal is as urgent as it gets."""
URGENCY_HALVES = 60
"""Beyond these, urgency halves with so many days."""
AGAINST = ("already_known", "wrong_data", "customer_declined", "duplicate")
"""Answers that speak against a rule; not mine and bad timing say nothing about it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of a currency for one unit of the base, and the day of it."""

    units: float
    on: date | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """What scores are made of on a day."""

    today: date
    base: str
    rates: Mapping[str, Rate]
    chances: Mapping[str, float]
    """Rule -> how likely one of its signals is acted on."""

    def rank(self, signal: Signal, rule: Rule) -> None:
        """Give a signal its score and the parts; without a rate it has parts and no score."""
        value, told = self._value(signal.value)
        opened = date.fromisoformat(signal.opened_at[:10]) if signal.opened_at else self.today
        parts = {
            "value": value,
            "currency": self.base,
            "rates": told,
            "probability": round(self.chances.get(rule.id, rule.prior), 4),
            "urgency": round(urgency(signal.act_by, self.today), 4),
            "decay": round(0.5 ** ((self.today - opened).days / rule.half_life_days), 4),
        }
        signal.score_parts = orjson.dumps(parts).decode()
        product = parts["probability"] * parts["urgency"] * parts["decay"]
        signal.score = None if value is None else round(value * product, 2)

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


def read_ranking(session: Statements, rules: Sequence[Rule], *, today: date, base: str) -> Ranking:
    """Rates of the last month's end, and chances from what became of earlier signals."""
    found = {(code, of): (units, on) for code, of, units, on in session.rows(RATES, today=today)}
    told = {
        rule: (acted, against)
        for rule, acted, against in session.rows(
            DISPOSITIONS, rules=[rule.id for rule in rules], against=list(AGAINST)
        )
    }
    chances = {}
    for rule in rules:
        acted, against = told.get(rule.id, (0, 0))
        weight = rule.prior_weight
        chances[rule.id] = (rule.prior * weight + acted) / (weight + acted + against)
    return Ranking(today, base, in_base(found, base), chances)


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
