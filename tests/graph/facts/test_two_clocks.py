"""The graph against a plain model of the two clocks, over generated sequences of loads."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.connection import BatchSession
from graph.errors import LoadError
from graph.evidence import EvidenceStore
from graph.facts.approval import approve, reject
from graph.facts.run import Run
from tests.graph.facts.plain_clocks import BASE, COMPANIES, DAYS, Model

SEQUENCES = int(os.environ.get("FOOTPRINT_TEST_SEQUENCES", "25"))

OFFSETS = st.integers(-8, 25).map(lambda offset: (BASE + timedelta(days=offset)).isoformat())


def rarely(one_in: int, value: Any, otherwise: Any) -> Any:
    """One value once in so many draws: choosing the other is what a generator shrinks to."""
    return st.integers(1, one_in).flatmap(lambda draw: value if draw == one_in else otherwise)


@st.composite
def intervals(draw) -> tuple[str | None, str | None]:
    begin, end = draw(st.none() | OFFSETS), draw(rarely(3, OFFSETS, st.none()))
    return (begin, None) if begin and end and end <= begin else (begin, end)


@st.composite
def payloads(draw) -> dict[str, Any]:
    """Few values, so that the same fact is said again, changed, corrected, ended, taken up."""
    slots = st.tuples(st.sampled_from("abc"), rarely(3, st.just("billing"), st.just("legal")))
    parents = []
    for of, view in draw(st.lists(slots, min_size=1, max_size=2, unique=True)):
        begin, end = draw(intervals())
        share = draw(st.sampled_from([None, 0.3, 0.7]))
        planned = draw(rarely(5, st.just(True), st.none()))
        parents.append(
            {"of": of, "view": view, "from": begin, "to": end, "share": share, "planned": planned}
        )
    return {
        "names": [[draw(st.sampled_from("XY")), *draw(intervals())]],
        "parents": parents,
        "correction": draw(rarely(5, st.just("was wrong"), st.just(""))),
        "happened_on": draw(rarely(6, OFFSETS, st.none())),
        "bad": draw(rarely(9, st.just(True), st.just(False))),
    }


@dataclass
class Step:
    """One delivery: what changed, what is missing from it, how it ends, what a person decides."""

    changed: dict[str, dict[str, Any]]
    missing: set[str]
    full: bool
    days: int
    guard: float
    crash: tuple[int, bool] | None
    decision: str


@st.composite
def steps(draw) -> list[Step]:
    """A first delivery of everything, then deliveries that change, drop and take up again."""
    whole = {name: draw(payloads()) | {"bad": False} for name in COMPANIES}
    found = [Step(whole, set(), True, 1, 1.0, None, "")]
    for _ in range(draw(st.integers(4, 6))):
        names = draw(st.sets(st.sampled_from(COMPANIES), max_size=3))
        found.append(
            Step(
                changed={name: draw(payloads()) for name in sorted(names)},
                missing=draw(st.sets(st.sampled_from(COMPANIES), max_size=2)),
                full=draw(rarely(4, st.just(False), st.just(True))),
                days=draw(st.integers(1, 3)),
                guard=draw(st.sampled_from([1.0, 1.0, 0.2])),
                crash=draw(rarely(5, st.tuples(st.integers(0, 2), st.booleans()), st.none())),
                decision=draw(st.sampled_from(["", "approve", "reject"])),
            )
        )
    return found


AS_OF = """
UNWIND $known AS moment UNWIND $days AS day
RETURN COLLECT {
  MATCH (child:LegalEntity)-[fact:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN]->(parent)
  WHERE fact.valid_from <= date(day) AND date(day) < fact.valid_to
    AND fact.recorded_from <= datetime(moment) AND datetime(moment) < fact.recorded_to
  RETURN [last(split(child.reference, ':')), last(split(parent.reference, ':')), fact.view,
          fact.share, fact.planned, fact.controlling, coalesce(fact.cut, false)]
} + COLLECT {
  MATCH (child:LegalEntity)-[fact:HAS_NAME|FORMER_HAS_NAME|PLANNED_HAS_NAME]->(name)
  WHERE fact.valid_from <= date(day) AND date(day) < fact.valid_to
    AND fact.recorded_from <= datetime(moment) AND datetime(moment) < fact.recorded_to
  RETURN [last(split(child.reference, ':')), name.value]
} AS believed
"""
WIPE = "MATCH (node) WHERE NOT node:Migration DETACH DELETE node"


class Killed(BaseException):
    """The process is gone: nothing after this reaches the database."""


class Dying(BatchSession):
    """A session that dies at one of its writes of a batch, before or after the commit."""

    def __init__(self, session: BatchSession, at: tuple[int, bool] | None) -> None:
        self._session, self._at = session, at
        self._batches, self.dead = 0, False

    def rows(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        self._alive()
        return self._session.rows(cypher, **parameters)

    def write(self, work: Any) -> Any:
        self._alive()
        if work.__qualname__.split(".")[1] not in ("write", "close") or self._at is None:
            return self._session.write(work)
        number, committed = self._at
        self._batches += 1
        if self._batches <= number:
            return self._session.write(work)
        if committed:
            self._session.write(work)
        self.dead = True
        raise Killed

    def _alive(self) -> None:
        if self.dead:
            raise Killed


@dataclass
class World:
    """The graph and the model, told the same."""

    toy: Any
    model: Model = field(default_factory=Model)
    payloads: dict[str, dict[str, Any]] = field(default_factory=dict)
    moments: list[str] = field(default_factory=list)
    held: tuple[Run, dict[str, Any]] | None = None
    overtaken: bool = False
    killed: bool = False

    def apply(self, step: Step) -> None:
        self.payloads |= step.changed
        delivered = {
            name: payload
            for name, payload in sorted(self.payloads.items())
            if (name not in step.missing if step.full else name in step.changed)
        }
        session = Dying(self.toy.session, step.crash)
        options = {"full": step.full, "guard": step.guard, "batch_rows": 2, "days": step.days}
        try:
            run = self.toy.load(list(delivered.items()), session=session, **options)
        except Killed:
            run = None
        self.killed = run is None
        self.expect(step, delivered, run)
        self.remember()
        self.decide(step.decision)

    def expect(self, step: Step, delivered: dict[str, Any], run: Run | None) -> None:
        """Tell the model what the load must have done: everything, or what it had committed."""
        as_of = DAYS.index(self.toy.now.date())
        current = self.model.current
        new = {name: one for name, one in delivered.items() if one != current.get(name)}
        good = [name for name, payload in new.items() if not payload["bad"]]
        if run is None:
            committed = self.ask("record.recorded_from = datetime($now)", "record.native_id")
            assert committed == good[: len(committed)]
            good = committed
        for name in good:
            self.model.take(name, new[name], as_of)
        absent = set(current) - set(delivered) if step.full else set()
        if run is None:
            closed = self.ask("record.recorded_to = datetime($now)", "record.native_id")
            closed = sorted(set(closed) - set(good))
            assert closed in ([], sorted(absent))
            self.model.close(set(closed), as_of)
            self.overtaken = True
            return
        rejected = any(payload["bad"] for payload in new.values())
        assert run.status == ("PARTIAL" if rejected else "COMPLETE")
        self.overtaken |= bool(run.unchanged) or rejected
        if rejected or not absent:
            assert run.closing == "none"
        elif len(absent) > step.guard * len(current):
            assert run.closing == "held"
            self.held = run, {name: current[name] for name in absent}
            self.overtaken = False
        else:
            assert (run.closing, run.closed) == ("applied", len(absent))
            self.model.close(absent, as_of)

    def decide(self, decision: str) -> None:
        if not self.held or not decision:
            return
        (held, absent), self.held = self.held, None
        if decision == "reject":
            reject(self.toy.session, self.toy.evidence, held, "still there")
            return
        self.toy.now += timedelta(hours=1)
        system = self.toy.source().system()
        chosen = (self.toy.session, self.toy.evidence, system, held, self.toy.now)
        if self.overtaken:
            with pytest.raises(LoadError):
                approve(*chosen)
            return
        approve(*chosen)
        still = {name for name, one in absent.items() if self.model.current.get(name) is one}
        self.model.close(still, DAYS.index(held.as_of))
        self.remember()

    def remember(self) -> None:
        self.moments.append(self.toy.now.isoformat())
        self.model.remember()

    def ask(self, where: str, what: str) -> list[str]:
        rows = self.toy.session.rows(
            f"MATCH (record:SourceRecord) WHERE {where} RETURN {what}", now=self.toy.now
        )
        return sorted(row[0] for row in rows)

    def answers(self) -> list[set[Any]]:
        days = [day.isoformat() for day in DAYS]
        rows = self.toy.session.rows(AS_OF, known=self.moments, days=days)
        found = [{tuple(one) for one in row[0]} for row in rows]
        assert [len(one) for one in found] == [len(row[0]) for row in rows], "the same twice"
        return found


@settings(
    max_examples=SEQUENCES,
    derandomize=SEQUENCES <= 50,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(steps())
@pytest.mark.timeout(3600)
def test_the_graph_answers_every_as_of_question_as_the_model_does(toy, broken, dump, steps) -> None:
    toy.session.run(WIPE)
    fresh = type(toy)(toy.session, EvidenceStore(f"{toy.evidence.address}/{next(COUNTER)}"))
    world = World(fresh)
    for step in steps:
        world.apply(step)

    believed = [known[day] for known in world.model.known for day in range(len(DAYS))]
    for place, (expected, found) in enumerate(zip(believed, world.answers(), strict=True)):
        moment, day = divmod(place, len(DAYS))
        assert found == expected, f"known at {world.moments[moment]} of {DAYS[day]}"
    if world.killed:
        fresh.load([], full=False, days=0)  # ends what was cut off, and lets the day pass
    assert broken(fresh.now.date()) == []
    loads_again_in_silence(world, steps[-1], dump)


def loads_again_in_silence(world: World, last: Step, dump: Any) -> None:
    """What the graph holds, delivered once more, writes nothing: no node, no fact, no evidence."""
    if world.held or not world.model.current:
        return
    toy = world.toy
    before = dump()
    run = toy.load(sorted(world.model.current.items()), full=True, days=0)

    assert (run.unchanged, run.evidence_rows) == (len(world.model.current), 0)
    assert dump() == before


COUNTER = count()
