"""The two clocks in plain Python: what is believed of a record's facts after several deliveries.

Written anew and not taken from `graph.facts`, which it is to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from loaders.carrier.check.saying import Fact, FactKey, Saying
from loaders.carrier.world.timeline import OPEN

UNKNOWN_START = date(1, 1, 1)
"""Where a fact begins that is known to have ended, and not known to have begun."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record as one delivery holds it."""

    arrived_on: date
    as_of: date
    saying: Saying


class Belief(NamedTuple):
    """A fact as it is believed: while it holds, and the day from which we believe just that."""

    valid_from: date
    valid_to: date
    known_on: date


Beliefs = dict[FactKey, list[Belief]]


def believed(told: Iterable[Told]) -> Beliefs:
    """What is believed after these deliveries of one record, oldest first."""
    beliefs: Beliefs = {}
    for one in told:
        said = {fact.key: fact for fact in one.saying.facts}
        day = one.saying.changed_on or one.as_of
        ends = _replaced(beliefs, said, day)
        for key in list(beliefs):
            if key not in said:
                _stop(beliefs, key, ends.get(key, day), one.arrived_on)
        for key, fact in said.items():
            _say(beliefs, key, fact, day, one.arrived_on)
    return beliefs


def _say(beliefs: Beliefs, key: FactKey, fact: Fact, day: date, known_on: date) -> None:
    """Believe what a record says of a fact from a day on."""
    before = beliefs.setdefault(key, [])
    live = before[-1] if before and before[-1].valid_to > day else None
    ends = fact.valid_to or OPEN
    if live is None and before and fact.valid_from is None and fact.valid_to is not None:
        return
    if fact.valid_from is not None:
        begins = fact.valid_from
    elif live is not None:
        begins = live.valid_from if ends > live.valid_from else UNKNOWN_START
    else:
        begins = day if ends > day else UNKNOWN_START
    wanted = Belief(begins, ends, known_on)
    if any(one[:2] == wanted[:2] for one in before):
        return
    kept = [one for one in before if one is not live and not _meet(one, wanted)]
    beliefs[key] = [*kept, wanted]


def _stop(beliefs: Beliefs, key: FactKey, day: date, known_on: date) -> None:
    """Believe no more that a fact goes on: its record no longer says it."""
    kept = []
    for one in beliefs[key]:
        if one.valid_to <= day:
            kept.append(one)
        elif one.valid_from < day and "planned" not in key.tag:
            kept.append(one._replace(valid_to=day, known_on=known_on))
    beliefs[key] = kept


def _replaced(beliefs: Beliefs, said: Mapping[FactKey, Fact], day: date) -> dict[FactKey, date]:
    """Facts of which each gave way to one dated fact of its kind, which began on that day."""
    gone: dict[tuple[str, ...], list[FactKey]] = {}
    for key, known in beliefs.items():
        if key not in said and known and known[-1].valid_to > day:
            gone.setdefault(_slot(key), []).append(key)
    come: dict[tuple[str, ...], list[Fact]] = {}
    for key, fact in said.items():
        if key not in beliefs:
            come.setdefault(_slot(key), []).append(fact)
    found = {}
    for slot, keys in gone.items():
        new = come.get(slot, ())
        began = new[0].valid_from if len(new) == len(keys) == 1 else None
        if began and beliefs[keys[0]][0].valid_from < began <= day:
            found[keys[0]] = began
    return found


def _slot(key: FactKey) -> tuple[str, ...]:
    return (key.type, key.start, key.tag if key.type == "PARENT_IN" else "")


def _meet(one: Belief, other: Belief) -> bool:
    return one.valid_from < other.valid_to and other.valid_from < one.valid_to
