"""A plain model of the two clocks, written from their definition and not from the code.

It knows nothing of versions or relationships: a fact is a list of days, each with what is
believed of it, and a snapshot of all facts is kept at every recorded moment.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graph.ids import fact_id, record_key

BASE = date(2026, 1, 1)
DAYS = [date(1, 1, 1), *(BASE + timedelta(days=offset) for offset in range(-8, 30))]
END = len(DAYS)
COMPANIES = "abcde"
Fact = tuple[str, str, str, str]
"""record, type, end, view"""
World = list[Any]


def index(text: str | None) -> int | None:
    return None if text is None else DAYS.index(date.fromisoformat(text))


def runs_of(world: World) -> list[tuple[int, int, Any]]:
    """Maximal stretches of equal days: first, end, what is believed."""
    found: list[tuple[int, int, Any]] = []
    for day, said in enumerate(world):
        if said is not None and found and found[-1][1] == day and found[-1][2] == said:
            found[-1] = (found[-1][0], day + 1, said)
        elif said is not None:
            found.append((day, day + 1, said))
    return found


def erase(world: World, first: int, end: int) -> None:
    world[first:end] = [None] * (end - first)


def say(world: World, first: int, end: int, said: Any) -> None:
    for begin, stop, other in runs_of(world):
        if begin < end and first < stop:
            erase(world, begin if other == said else max(begin, first), stop)
    world[first:end] = [said] * (end - first)


def withdraw(world: World, on: int, correction: str = "") -> None:
    for first, end, said in runs_of(world):
        if end > on:
            erase(world, first if correction or said[1] else max(first, on), end)


def restate(world: World, claim: tuple[Any, ...], on: int, correction: str) -> None:
    begin, to, said = claim
    end = END if to is None else to
    runs = runs_of(world)
    live = runs[-1] if runs and runs[-1][1] > on else None
    if live is None:
        if begin is None and to is not None and runs:
            return
        began = 0 if to is not None and to <= on else on
        first = began if begin is None else begin
        if (first, end, said) not in runs:
            say(world, first, end, said)
        return
    first, _, before = live
    begins = first if begin is None else begin
    if before[1] and not said[1]:  # a plan came true
        begins = on if begin is None else begin
    elif before != said and not correction:
        splits = on if begin is None else begin
        if first < splits < end:  # a change, not a correction
            erase(world, splits, END)
            say(world, splits, end, said)
            return
    erase(world, first, END)
    say(world, 0 if begin is None and end <= begins else begins, end, said)


def claims_of(record: str, payload: dict[str, Any]) -> dict[Fact, tuple[Any, ...]]:
    found: dict[Fact, tuple[Any, ...]] = {}
    for value, begin, end in payload["names"]:
        found[record, "HAS_NAME", value, ""] = (index(begin), index(end), (None, None))
    for parent in payload["parents"]:
        found[record, "PARENT_IN", parent["of"], parent["view"]] = (
            index(parent["from"]),
            index(parent["to"]),
            (parent["share"], parent["planned"]),
        )
    return found


@dataclass
class Model:
    """What a graph should believe: facts day by day, and what it believed at each moment."""

    worlds: dict[Fact, World] = field(default_factory=dict)
    current: dict[str, dict[str, Any]] = field(default_factory=dict)
    known: list[dict[int, set[Any]]] = field(default_factory=list)

    def take(self, record: str, payload: dict[str, Any], as_of: int) -> None:
        on = as_of if payload["happened_on"] is None else index(payload["happened_on"])
        claims = claims_of(record, payload)
        mine = [fact for fact in self.worlds if fact[0] == record and any(self.worlds[fact])]
        ends = self.replaced(mine, claims, on)
        for fact in {*mine, *claims}:
            world = self.worlds.setdefault(fact, [None] * END)
            if fact in claims:
                restate(world, claims[fact], on, payload["correction"])
            else:
                day = ends.get((fact[1], fact[3]), on)
                first = runs_of(world)[0][0]
                withdraw(world, day if first < day <= on else on, payload["correction"])
        self.current[record] = payload

    def replaced(self, mine: list[Fact], claims: dict[Fact, Any], on: int) -> dict[Any, int]:
        """The day of the only dated successor, where one fact gave way to one of its kind."""
        gone, come = defaultdict(list), defaultdict(list)
        for fact in mine:
            if fact not in claims and runs_of(self.worlds[fact])[-1][1] > on:
                gone[fact[1], fact[3]].append(fact)
        for fact, claim in claims.items():
            if fact not in mine:
                come[fact[1], fact[3]].append(claim[0])
        return {
            slot: days[0]
            for slot, days in come.items()
            if len(days) == 1 and days[0] is not None and len(gone[slot]) == 1
        }

    def close(self, records: set[str], as_of: int) -> None:
        for record in records:
            del self.current[record]
            for fact, world in self.worlds.items():
                if fact[0] == record:
                    withdraw(world, as_of)

    def remember(self) -> None:
        cut = self.cut()
        self.known.append({day: self.on(day, cut) for day in range(END)})

    def on(self, day: int, cut: set[Fact]) -> set[Any]:
        """Everything believed of a day: names, and parents with who controls."""
        found: set[Any] = set()
        groups: dict[Any, list[Any]] = defaultdict(list)
        for fact, world in self.worlds.items():
            record, kind, end, view = fact
            if world[day] is None:
                continue
            if kind == "HAS_NAME":
                found.add((record, end))
                continue
            first = next(run[0] for run in runs_of(world) if run[0] <= day < run[1])
            groups[record, view, world[day][1]].append((fact, first))
        for (record, view, planned), facts in groups.items():
            ranks = {fact: self.rank(fact, first, day) for fact, first in facts if fact not in cut}
            best = min(ranks, key=lambda fact: ranks[fact], default=None)
            for fact, _ in facts:
                share = self.worlds[fact][day][0]
                found.add((record, fact[2], view, share, planned, fact == best, fact in cut))
        return found

    def rank(self, fact: Fact, first: int, day: int) -> tuple[Any, ...]:
        share = self.worlds[fact][day][0]
        return (-(0.5 if share is None else share), first, id_of(fact))

    def cut(self) -> set[Fact]:
        """In each cycle of a day the fact that began last, then the last id, day after day."""
        cut: set[Fact] = set()
        edges = [
            (fact, first, end)
            for fact, world in self.worlds.items()
            if fact[1] == "PARENT_IN"
            for first, end, said in runs_of(world)
            if not said[1]
        ]
        for day in sorted({first for _, first, _ in edges}):
            while True:
                alive = [one for one in edges if one[1] <= day < one[2] and one[0] not in cut]
                cyclic = cycles(alive)
                if not cyclic:
                    break
                for group in cyclic:
                    cut.add(max(group, key=lambda one: (one[1], id_of(one[0])))[0])
        return cut


def id_of(fact: Fact) -> str:
    record, kind, end, view = fact
    start = f"toy:company:{record}"
    key = record_key("toy", "company", record)
    return fact_id(key, kind, start, f"toy:company:{end}", view)


def cycles(edges: list[Any]) -> list[list[Any]]:
    """Edges grouped by the cycle-bound companies they join, by plain reachability."""
    reach: dict[Any, set[Any]] = defaultdict(set)
    for (child, _, parent, view), _, _ in edges:
        reach[child, view].add((parent, view))
    for _ in COMPANIES:
        for node in list(reach):
            reach[node] |= {far for near in reach[node] for far in reach.get(near, ())}
    groups: dict[Any, list[Any]] = defaultdict(list)
    for edge in edges:
        child, _, parent, view = edge[0]
        if (child, view) in reach.get((parent, view), ()) or child == parent:
            members = {n for n in reach[child, view] if (child, view) in reach[n]}
            groups[frozenset(members)].append(edge)
    return list(groups.values())
