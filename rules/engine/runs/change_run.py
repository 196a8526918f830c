"""Runs rules over what changed since their last run of the day, and only the rules it concerns."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from graph.connection import BatchSession, OneTransaction, Transaction, as_text
from graph.facts.due import retype_due
from graph.facts.outbox import append_rows
from graph.facts.run import LEASE_SECONDS, drop_lease, next_moment, renew_lease, take_lease
from graph.progress import Progress, silent
from graph.statement import read_statement
from rules.engine.files.format import Pair
from rules.engine.judged.claims import doubts
from rules.engine.judged.evidence import Prover
from rules.engine.judged.judging import Ask, Judge, Judged
from rules.engine.judged.sight import Sight, look
from rules.engine.life.demotion import HIDDEN, demotions, standing
from rules.engine.life.lifecycle import LIVING
from rules.engine.life.signals import Signal, link_inhibitors, read_signals, write
from rules.engine.runs.asking_for import AskedFor, asked_for, woken
from rules.engine.runs.changes import STANDING, Changes, read_changes
from rules.engine.runs.pool import Pool
from rules.engine.runs.position import Place, Position, place_now, positions, take_positions
from rules.engine.runs.reach import Reach
from rules.engine.runs.run import (
    ACCOUNTS,
    OWNERS,
    SUPPLIERS,
    Order,
    Report,
    events_of,
    run_rules,
    settle,
    write_judged,
)
from rules.engine.runs.touching import Narrowed, narrowed, touched

HERE = Path(__file__).parent
YIELDS_TO = read_statement(HERE / "yields_to.cypher").text
SELLERS = read_statement(HERE / "sellers.cypher").text
AGAIN = 3
"""How often a rule is asked again for the account of a signal that another account's row is now."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a run over changes knows before it asks any rule."""

    place: Place
    known: Mapping[str, Position]
    sight: Sight
    changes: Changes
    hidden: frozenset[str]


def run_changes(
    session: BatchSession, order: Order, ask: Ask, *, progress: Progress = silent
) -> Report:
    """Run rules over what changed since their last run of the day; over all where that is unknown.

    What it does not look at stays as it was. What only time changes is for the day's full run:
    without one on the order's day, or after a change without bounds, this is the full run.
    """
    take_lease(session)
    try:
        begun, because = _begin(session, order)
        if begun:
            return _run(session, replace(order, mode="change_set"), ask, begun, progress)
    finally:
        drop_lease(session)
    report = run_rules(session, order, ask, progress=progress)
    report.because = because
    return report


def _begin(session: BatchSession, order: Order) -> tuple[Begun | None, str]:
    """What changed, or why that cannot be told."""
    known = positions(session, order.today)
    ids = {pair.rule.id for pair in order.pairs}
    known = {rule: one for rule, one in known.items() if rule in ids}
    if not known:
        return None, f"it is the first run for {order.today}"
    place = place_now(session)
    epochs = {one.place.epoch for one in known.values()}
    first = Place(
        place.epoch if epochs == {place.epoch} else min(epochs - {place.epoch}),
        min(one.place.sequence for one in known.values()),
        min((one.place.moment for one in known.values()), key=datetime.fromisoformat),
    )
    changes = read_changes(session, first, place, order.today)
    if changes.unbounded:
        return None, changes.unbounded
    if retype_due(session, order.today):
        return None, "facts came to hold or ended with the day"
    down = standing(demotions(session))
    hidden = {pair.rule.id for pair in order.pairs if pair.rule.status in HIDDEN} | set(down)
    begun = Begun(place, known, look(session, order.today), changes, frozenset(hidden))
    return begun, ""


def _run(session: BatchSession, order: Order, ask: Ask, begun: Begun, progress: Progress) -> Report:
    order = replace(order, now=datetime.fromisoformat(next_moment(session, order.now)))
    reach = Reach(session)
    reached = touched(session, reach, begun.changes, order.pairs, begun.known.values(), begun.sight)
    plan = {
        pair.rule.id: asked_for(
            pair,
            begun.known.get(pair.rule.id),
            is_hidden=pair.rule.id in begun.hidden,
            sight=begun.sight,
            touched=reached,
        )
        for pair in order.pairs
    }
    report = Report(order.today, begun.sight, mode=order.mode, events=begun.changes.events)
    report.asked = {rule: one.why for rule, one in plan.items()}
    pool = Pool(session, order.today)
    pool.of_accounts(one for told in plan.values() for one in told.accounts or ())
    report.accounts = len(pool.accounts)
    judge = _judge(session, order, ask, begun, pool)
    by_company = narrowed(reach, plan, order.pairs, pool.signals.values())
    asked = [pair for pair in order.pairs if plan[pair.rule.id].accounts != frozenset()]
    renewed = time.monotonic()
    with progress("running rules", unit="rules") as task:
        for number, pair in enumerate(asked, start=1):
            if time.monotonic() - renewed > LEASE_SECONDS / 4:
                session.write(renew_lease)
                renewed = time.monotonic()
            report.judged.append(_ask(judge, pair, plan[pair.rule.id], pool, by_company))
            task.update(number, len(asked), pair.rule.id)
    for judged in report.judged:
        pool.add(judged.signals)
    _finish(session, order, begun, report, pool)
    return report


def _judge(session: BatchSession, order: Order, ask: Ask, begun: Begun, pool: Pool) -> Judge:
    values = {value for one in pool.signals.values() for _, value in one.identity}
    return Judge(
        session=session,
        ask=ask,
        sight=begun.sight,
        today=order.today,
        accounts=(),
        suppliers=dict(session.rows(SUPPLIERS, account_ids=sorted(pool.accounts))),
        aliases=dict(session.rows(STANDING, ids=sorted(values))),
        prover=Prover(session, doubts(session)),
        rules=[pair.rule for pair in order.pairs],
    )


def _ask(judge: Judge, pair: Pair, told: AskedFor, pool: Pool, by_company: Narrowed) -> Judged:
    """Judge a rule for its accounts; a finding whose signal is another account's takes that in."""
    if told.accounts is None:
        return _sweep(judge, pair)
    own = [one for one in pool.signals.values() if one.rule == pair.rule.id]
    accounts, known = by_company.whole(told, own), set[str]()
    for _ in range(AGAIN):
        held = [
            one
            for one in pool.signals.values()
            if one.rule == pair.rule.id
            and (one.account in accounts or one.id in known or by_company.holds(one, told))
        ]
        for one in held:
            one.state = one.was or one.state
        asked = tuple(one for one in by_company.asked(told) if one[1] not in accounts)
        judged = replace(judge, accounts=tuple(sorted(accounts)), companies=asked).judge(pair, held)
        strange = pool.by_id(one.id for one in judged.signals if one.was is None)
        if not strange:
            break
        known.update(one.id for one in strange)
        accounts.update(one.account for one in strange if one.account)
        pool.of_accounts(accounts)
    return judged


def _sweep(judge: Judge, pair: Pair) -> Judged:
    """Judge a rule for all accounts."""
    accounts = tuple(id for (id,) in judge.session.rows(ACCOUNTS))
    held = read_signals(judge.session, [pair.rule.id])
    values = sorted({value for one in held for _, value in one.identity})
    return replace(
        judge,
        accounts=accounts,
        suppliers=dict(judge.session.rows(SUPPLIERS, account_ids=list(accounts))),
        aliases=dict(judge.session.rows(STANDING, ids=values)),
    ).judge(pair, held)


def _finish(session: BatchSession, order: Order, begun: Begun, report: Report, pool: Pool) -> None:
    """Rank, inhibit and cap what is held; write what was judged, then what else that changes."""
    pool.of_rules(begun.changes.answered)
    pool.of_systems(woken(begun.known.values(), begun.sight))
    pool.of_sellers(_sellers(session, pool))
    signals = list(pool.signals.values())
    report.waiting, shadow = settle(session, order, begun.sight, signals, pool.yielding)
    _yield_as_before(session, [one for one in signals if one.id not in pool.yielding])
    for judged in report.judged:
        write_judged(session, order, judged)
    judged_ids = {one.id for judged in report.judged for one in judged.signals}
    others = [one for one in signals if one.id not in judged_ids and one.state.state in LIVING]
    session.write(lambda transaction: _write_others(transaction, order, others))
    link_inhibitors(session, signals)
    done = {one.pair.rule.id for one in report.judged}
    passed = [
        Judged(pair, begun.known[pair.rule.id].status)
        for pair in order.pairs
        if pair.rule.id not in done
    ]
    take_positions(session, [*report.judged, *passed], begun.place, begun.sight, shadow)


def _yield_as_before(session: BatchSession, signals: Sequence[Signal]) -> None:
    """What shares no more than a seller or a source with what changed yields to what it did."""
    by = dict(session.rows(YIELDS_TO, signal_ids=[one.id for one in signals]))
    for signal in signals:
        signal.inhibitor = by.get(signal.id, "")


def _sellers(session: BatchSession, pool: Pool) -> set[str]:
    """Who is to act on what is held, and who was."""
    before = {seller for (seller,) in session.rows(SELLERS, signal_ids=sorted(pool.signals))}
    now = session.rows(OWNERS, account_ids=sorted(pool.accounts))
    return before | {seller for _, seller in now}


def _write_others(transaction: Transaction, order: Order, others: list[Signal]) -> None:
    """Write signals that were not judged as what was judged leaves them, with their events."""
    renew_lease(transaction)
    moment = str(as_text(order.now))
    graph = OneTransaction(transaction)
    written = write(graph, others, run="", moment=order.now, today=order.today)
    events = list(events_of(written))
    if events:
        append_rows(transaction, events, moment=moment, run=moment)
