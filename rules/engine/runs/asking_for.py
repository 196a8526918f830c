"""Which accounts each rule is asked for, given what changed: all, some, or none; and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from graph.durations import span
from graph.model.catalogue import RELATIONSHIPS
from rules.engine.files.format import Pair, Rule
from rules.engine.files.names import names_of
from rules.engine.judged.sight import ALWAYS_FRESH, Sight, System
from rules.engine.runs.position import Position

LOADS = frozenset({"SourceSystem", "LoadRun"})
"""Labels of a rule that looks at how fresh systems are."""
GROUPS = frozenset({"CorporateEvent", "PARENT_IN", "FORMER_PARENT_IN", "PLANNED_PARENT_IN", "OWNS"})
"""Names of a rule that looks past the families of accounts, along groups and deals."""
OLD = "P1D"
"""The age from which a rule that looks at loads may call a system late."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The accounts that a rule is asked for, and what made it so."""

    accounts: frozenset[str] | None
    """None stands for all."""
    why: str
    companies: frozenset[str] = frozenset()
    """The companies for which it is asked, of a rule within one company."""
    whole: frozenset[str] | None = None
    """The accounts that are asked with all their companies; None stands for all of `accounts`."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change set touches."""

    near: Mapping[str, frozenset[str]]
    """Account -> labels of the changes that reach it."""
    past: Mapping[str, frozenset[str]]
    """The same, of the changes that reach it otherwise than through one of its companies."""
    companies: Mapping[str, frozenset[str]]
    """Company -> labels of the changes that reach it, or one that it shares something with."""
    groups: Mapping[str, frozenset[str]]
    """The same, along groups of companies and deals."""
    moved: frozenset[str]
    """Accounts whose family or suppliers are others: every rule looks at these."""
    hubs: frozenset[str]
    """Labels that nearly everything hangs on, of which something changed."""
    supplied: Mapping[str, frozenset[str]]
    """System -> the accounts that it supplies or whose signals it proves."""


@cache
def looks_at(text: str) -> frozenset[str]:
    """The labels and types that a statement names, and the ends of types of which it names none."""
    named = list(names_of(text))
    labels = {one.text for one in named if one.kind == "label"}
    types = {one.text for one in named if one.kind == "type"}
    for type in types:
        patterns = RELATIONSHIPS[_plain(type)].patterns
        for ends in zip(*patterns, strict=True):
            if not labels.intersection(ends):
                labels.update(ends)
    return frozenset(labels | types)


def asked_for(
    pair: Pair, position: Position | None, *, is_hidden: bool, sight: Sight, touched: Touched
) -> AskedFor:
    """What one rule is asked for."""
    sweep = _sweep(pair, position, is_hidden, sight)
    if sweep or position is None:
        return AskedFor(None, sweep)
    if position.status == "BLIND":
        return AskedFor(frozenset(), "blind as it was")
    looked = looks_at(pair.statement.text)
    hubs = sorted(looked & touched.hubs)
    if hubs:
        return AskedFor(None, f"{' and '.join(hubs)} changed")
    reached = touched.groups if looked & GROUPS else touched.near
    labels = sorted(looked & frozenset().union(*reached.values()))
    accounts = {one for one, told in reached.items() if told & looked}
    woken = [one for one in sight.systems if _has_woken(pair.rule, looked, one, position, sight)]
    whole = set(touched.moved).union(*(touched.supplied.get(one.id, ()) for one in woken))
    told = ", ".join([*labels, *(f"{one.id} was late" for one in woken)])
    why = told or "nothing that it looks at changed"
    if pair.rule.within == "account" or looked & GROUPS:
        return AskedFor(frozenset(accounts | whole), why)
    whole |= {one for one, told in touched.past.items() if told & looked}
    companies = frozenset(one for one, told in touched.companies.items() if told & looked)
    return AskedFor(frozenset(accounts | whole), why, companies, frozenset(whole))


def woken(positions: Iterable[Position], sight: Sight) -> list[str]:
    """Systems that were loaded for another day than the one that some rule knows of."""
    known = [one.sight for one in positions]
    return [
        one.id
        for one in sight.systems
        if any(told.get(one.id) != one.complete_on for told in known)
    ]


def _sweep(pair: Pair, position: Position | None, is_hidden: bool, sight: Sight) -> str:
    """Why a rule must be asked for all accounts; empty when it need not."""
    if position is None:
        return "it was not asked for all accounts on this day"
    if position.digest != pair.digest:
        return "its files changed"
    if position.is_hidden != is_hidden:
        return "it is shown now" if position.is_hidden else "it is in shadow now"
    blind = all(sight.blind(one.rule) for one in (pair, *pair.variants))
    if blind != (position.status == "BLIND"):
        return "it is blind now" if blind else "it can see again"
    return ""


def _has_woken(
    rule: Rule, looked: Collection[str], system: System, position: Position, sight: Sight
) -> bool:
    """Whether a system that was too old for the rule was loaded since."""
    before = position.sight.get(system.id)
    if before == system.complete_on:
        return False
    return any(_was_late(before, age, sight.today) for age in _ages(rule, looked, system))


def _ages(rule: Rule, looked: Collection[str], system: System) -> Sequence[str]:
    ages = [
        age
        for need in rule.requires
        for source, age in need.items()
        if source != ALWAYS_FRESH and source in system.holds
    ]
    return [*ages, OLD] if LOADS.intersection(looked) else ages


def _was_late(before: date | None, age: str, today: date) -> bool:
    return before is None or today - before > span(age)


def _plain(type: str) -> str:
    return type.removeprefix("FORMER_").removeprefix("PLANNED_")
