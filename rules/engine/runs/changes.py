"""What changed in the graph since rules last ran: the change set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import orjson

from graph.connection import Statements
from graph.facts.statements import read_elements
from graph.model.catalogue import LABELS
from graph.statement import read_statement
from rules.engine.runs.position import Place

HERE = Path(__file__).parent
EVENTS = read_statement(HERE / "events_since.cypher").text
LOADS = read_statement(HERE / "loads_since.cypher").text
RECORDS = read_statement(HERE / "records_since.cypher").text
STANDING = read_statement(HERE / "standing_for.cypher").text
OLD_RATES = read_statement(HERE / "old_rates.cypher").text


@dataclass(slots=True)
class Changes:
    """What changed, by label, and what that leaves undecided."""

    things: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Label -> id -> the server's own name of the node."""
    answered: set[str] = field(default_factory=set)
    """Rules of whose signals a person answered some."""
    events: int = 0
    loads: int = 0
    unbounded: str = ""
    """Why anything may have changed; empty when the things are all."""

    @property
    def origins(self) -> dict[str, frozenset[str]]:
        """Element -> its label."""
        return {
            element: frozenset([label])
            for label, found in self.things.items()
            for element in found.values()
        }


def read_changes(session: Statements, since: Place, now: Place, today: date) -> Changes:
    """The change set from a place in the feed to another."""
    changes = Changes()
    if since.epoch != now.epoch:
        changes.unbounded = "the feed began anew"
        return changes
    subjects: dict[str, list[str]] = defaultdict(list)
    rows = session.rows(EVENTS, feed_epoch=since.epoch, sequence=since.sequence)
    for type, subject, count, answer in rows:
        label, _, id = subject.partition("/")
        changes.events += count
        if type == "footprint.source.loaded.v1":
            changes.unbounded = f"{id} was loaded for the first time"
        elif label == "Signal" and answer:
            changes.answered.add(orjson.loads(answer)["rule"])
        elif label == "Signal":
            continue
        elif label in LABELS:
            subjects[label].append(id)
    _read_loads(session, since, changes)
    for label, ids in subjects.items():
        _look_up(session, changes, label, ids)
    _leave_out_rates(session, changes, today)
    return changes


def _read_loads(session: Statements, since: Place, changes: Changes) -> None:
    loads = session.rows(LOADS, moment=since.moment)
    changes.loads = len(loads)
    for _, source, mode, _, _, is_reordered in loads:
        if mode == "rebuild":
            changes.unbounded = "the graph was made anew from its evidence"
        elif is_reordered:
            changes.unbounded = f"{source} has another place in the order of sources"
    asked = [[id, source, closed, moment] for id, source, _, closed, moment, _ in loads]
    for label, id, element in session.rows(RECORDS, loads=asked) if asked else ():
        changes.things[label][id] = element


def _look_up(session: Statements, changes: Changes, label: str, ids: Iterable[str]) -> None:
    """Subjects of events as nodes; a company that became another one is that one."""
    left = [id for id in ids if id not in changes.things.get(label, ())]
    if not left:
        return
    (found,) = session.row(read_elements(label), ids=left)
    changes.things[label].update(dict(found))
    gone = [id for id in left if id not in changes.things[label]]
    if gone and label == "LegalEntity":
        standing = [entity for _, entity in session.rows(STANDING, ids=gone)]
        (found,) = session.row(read_elements(label), ids=standing)
        changes.things[label].update(dict(found))


def _leave_out_rates(session: Statements, changes: Changes, today: date) -> None:
    rates = changes.things.pop("ExchangeRate", {})
    old = [id for (id,) in session.rows(OLD_RATES, ids=list(rates), today=today)] if rates else []
    if old:
        changes.things["ExchangeRate"] = {id: rates[id] for id in old}
