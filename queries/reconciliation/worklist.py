"""The worklist of a day: every finding with its proof, sorted by money, and the totals by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from graph.errors import NotFound
from queries.load.freshness import freshness
from queries.money.base import exchange
from queries.reconciliation.doubt import Sources, newest_day
from queries.reconciliation.finding import Finding, finding_of
from queries.reconciliation.kinds import differences
from queries.reconciliation.records import records


@dataclass(slots=True)
class Total:
    """All findings of one kind."""

    kind: str
    findings: int
    unsure: int
    """How many of them are not sure."""
    twelve_months: int
    """What is at stake in twelve months, in minor units of the base currency."""
    unconverted: dict[str, int]
    """Amounts at stake in twelve months of currencies without a rate, in their minor units."""


@dataclass(slots=True)
class Worklist:
    """What is to be settled on a day."""

    on: date
    """Newest day of which inventory, billing or contracts speak."""
    base: str
    """The base currency."""
    findings: list[Finding]
    """The most money first."""


async def worklist(graph: ReadSession, *, base: str) -> Worklist:
    """The worklist of the newest day that was loaded; NotFound when nothing was."""
    given = await freshness(graph)
    on = newest_day(given)
    if on is None:
        raise NotFound(
            "neither inventory nor billing nor contracts were ever loaded completely",
            remedy="./footprint load, or make demo",
        )
    found = await differences(graph, on=on)
    wanted = sorted({record for one in found for record in one.records if record})
    evidence = {one.record_id: one for one in await records(graph, record_ids=wanted)}
    sources, rates = Sources(given, on), await exchange(graph, base, on=on)
    findings = [
        finding_of(one, evidence=evidence, sources=sources, exchange=rates) for one in found
    ]
    return Worklist(on, base, by_money(findings))


def by_money(findings: Iterable[Finding]) -> list[Finding]:
    """The most money first; then what could not be converted, then what has no money."""
    return sorted(
        findings,
        key=lambda one: (
            -one.twelve_months,
            not one.money.unconverted,
            not one.money.parts,
            one.finding_id,
        ),
    )


def totals(findings: Iterable[Finding]) -> list[Total]:
    """The findings by kind, the most money first."""
    by_kind: dict[str, Total] = {}
    for one in findings:
        total = by_kind.setdefault(one.kind, Total(one.kind, 0, 0, 0, {}))
        total.findings += 1
        total.unsure += not one.is_sure
        total.twelve_months += one.twelve_months
        for code, amount in one.money.unconverted.items():
            yearly = amount * (12 if one.monthly else 1)
            total.unconverted[code] = total.unconverted.get(code, 0) + yearly
    return sorted(by_kind.values(), key=lambda one: (-one.twelve_months, one.kind))
