"""The log's numbers: given in the order of commits, without a gap, whatever writers do."""

from __future__ import annotations

import random
import threading
import time
from datetime import date

import pytest

from graph.connection import BatchSession, Transaction, open_batches
from graph.engine import Server
from graph.facts import outbox
from graph.facts.due import retype_due

READ = """
MATCH (event:Event) WHERE event.feed_epoch = 1 AND event.sequence > $after
WITH event ORDER BY event.sequence LIMIT 500
RETURN event.sequence AS sequence
"""
NUMBERS = "MATCH (event:Event) RETURN event.sequence ORDER BY event.sequence"
MOMENT = "2026-01-02T00:00:00Z"


def row(subject: str = "Bill/b") -> list[str]:
    return ["footprint.bill.changed.v1", subject, "{}"]


class Undone(Exception):
    """A writer that breaks off after it has appended."""


def append(session: BatchSession, count: int, *, undone: bool = False) -> None:
    def work(transaction: Transaction) -> None:
        outbox.append_rows(transaction, [row()] * count, moment=MOMENT, run="test")
        if undone:
            raise Undone

    session.write(work)


def test_who_reads_beyond_the_last_number_misses_nothing(
    batches: BatchSession, server: Server
) -> None:
    """Three writers at once, of which each breaks off now and then, and one reader."""
    over, written, torn = threading.Event(), [0, 0, 0], []

    def write(number: int) -> None:
        chance = random.Random(number)
        with open_batches(server) as session:
            while not over.is_set():
                count = chance.choice([1, 2, 40])
                try:
                    append(session, count, undone=chance.random() < 0.2)
                    written[number] += count
                except Undone:
                    pass

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for one in writers:
        one.start()
    last, until = 0, time.monotonic() + 5
    while time.monotonic() < until:
        for (sequence,) in batches.rows(READ, after=last):
            if sequence != last + 1:
                torn.append((last, sequence))
            last = sequence
    over.set()
    for one in writers:
        one.join()
    assert torn == []
    assert last > 100
    assert batches.row("MATCH (e:Event) RETURN count(e), min(e.sequence), max(e.sequence)") == (
        sum(written),
        1,
        sum(written),
    )


def test_what_is_undone_gives_its_numbers_back(batches: BatchSession) -> None:
    append(batches, 2)
    with pytest.raises(Undone):
        append(batches, 5, undone=True)
    append(batches, 1)
    assert batches.rows(NUMBERS) == [
        (1,),
        (2,),
        (3,),
    ]


def test_an_event_has_an_id_of_its_own_that_tells_nothing(batches: BatchSession) -> None:
    append(batches, 3)
    ids = [id for (id,) in batches.rows("MATCH (e:Event) RETURN e.id")]
    assert len({len(id) for id in ids}) == 1
    assert len(set(ids)) == 3


def test_the_key_of_cursors_is_made_once(batches: BatchSession) -> None:
    keys = set()
    for _ in range(2):
        outbox.begin(batches)
        append(batches, 1)
        outbox.restart(batches)
        keys.add(batches.row("MATCH (head:FeedHead) RETURN head.cursor_key"))
    assert len(keys) == 1
    assert len(keys.pop()[0]) == 72


def test_old_events_are_forgotten_from_the_front_alone(batches: BatchSession) -> None:
    for moment in ("2025-01-01", "2025-01-02", "2026-01-01", "2025-01-03"):
        batches.write(
            lambda tx, at=moment: outbox.append_rows(
                tx, [row()], moment=f"{at}T00:00:00Z", run="test"
            )
        )
    assert outbox.forget(batches, "2025-06-01T00:00:00Z") == 2
    assert batches.rows(NUMBERS) == [(3,), (4,)]
    assert batches.row("MATCH (head:FeedHead) RETURN head.forgotten, head.sequence") == (2, 4)
    assert outbox.forget(batches, "2025-06-01T00:00:00Z") == 0
    outbox.restart(batches)
    assert outbox.forget(batches, "2025-06-01T00:00:00Z") == 2  # of an epoch that is over
    assert batches.row("MATCH (head:FeedHead) RETURN head.forgotten, head.sequence") == (None, 0)


AUDIENCE = """
CREATE (a:Account {id: 'a'})-[:ROOTED_AT]->(top:LegalEntity {id: 'top'})
CREATE (top)-[:IN_FAMILY {own: true}]->(a)
CREATE (top)-[:PLAYS]->(customer:Customer {id: 'c'})-[:PARTY_TO]->(:Agreement {id: 'g'})
  -[:HAS_ITEM]->(:AgreementItem {id: 'i'})
CREATE (customer)-[:BILLED_BY]->(billing:BillingAccount {id: 'b'})<-[:ON]-(:Bill {id: 'b1'})
CREATE (:LegalEntity {id: 'new'})-[:PARENT_IN {view: 'legal'}]->(top)
CREATE (:Signal {id: 's'})-[:OF_ACCOUNT]->(a)
CREATE (:Quote {id: 'q'})-[:QUOTES]->(:Opportunity {id: 'o'})-[:FOR_ACCOUNT]->(a)
CREATE (:Site {id: 'site'})
"""


THEIRS = {
    "Account": "a", "LegalEntity": "top", "Customer": "c", "Agreement": "g", "AgreementItem": "i",
    "BillingAccount": "b", "Bill": "b1", "Signal": "s", "Quote": "q", "Opportunity": "o",
}  # fmt: skip


def test_an_event_keeps_the_accounts_that_its_subject_is_of(batches: BatchSession) -> None:
    batches.run(AUDIENCE)
    theirs = [f"{label}/{id}" for label, id in THEIRS.items()]
    rows = [
        row(subject) for subject in [*theirs, "LegalEntity/new", "Site/site", "LegalEntity/gone"]
    ]
    batches.write(lambda tx: outbox.append_rows(tx, rows, moment=MOMENT, run="test"))
    told = dict(batches.rows("MATCH (e:Event) RETURN e.subject, e.account_ids"))
    nobodys: dict[str, list[str]] = {"Site/site": [], "LegalEntity/gone": []}
    assert told == {subject: ["a"] for subject in [*theirs, "LegalEntity/new"]} | nobodys


def test_the_day_on_which_a_parent_takes_over_is_told(batches: BatchSession) -> None:
    batches.run(
        "CREATE (:FeedHead {id: 'feed', feed_epoch: 1, sequence: 0, due_types: ['PARENT_IN'], "
        "moment: datetime('2026-01-01T00:00:00Z')}) "
        "CREATE (:LegalEntity {id: 'child'})-[:PLANNED_PARENT_IN {id: 'f', view: 'legal', "
        "controlling: true, valid_from: date('2026-02-01'), valid_to: date('9999-12-31'), "
        "due_on: date('2026-02-01')}]->(:LegalEntity {id: 'parent'})"
    )
    assert retype_due(batches, date(2026, 1, 31)) == 0
    assert retype_due(batches, date(2026, 2, 1)) == 1
    assert batches.rows("MATCH (e:Event) RETURN e.type, e.subject, e.payload") == [
        (
            outbox.HIERARCHY_CHANGED,
            "LegalEntity/child",
            '{"day":"2026-02-01","parents":[{"view":"legal","parent_id":"parent",'
            '"is_controlling":true,"is_cut":false}]}',
        )
    ]
