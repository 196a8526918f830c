"""Runs rules on a day: what they find becomes signals, which live on from run to run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from graph.connection import BatchSession, OneTransaction, Transaction, as_text
from graph.facts.due import retype_due
from graph.facts.outbox import append_rows
from graph.facts.run import drop_lease, next_moment, renew_lease, take_lease
from graph.ids import text_uuid5
from graph.progress import Progress, silent
from graph.projection import project
from graph.statement import read_statement
from rules.engine.files.format import Pair
from rules.engine.judged.claims import doubts
from rules.engine.judged.evidence import Prover
from rules.engine.judged.judging import Ask, Judge, Judged
from rules.engine.judged.sight import Sight, look
from rules.engine.life.capping import show
from rules.engine.life.demotion import demote, hide
from rules.engine.life.inhibition import inhibit
from rules.engine.life.lifecycle import LIVING
from rules.engine.life.news import news
from rules.engine.life.ranking import read_ranking
from rules.engine.life.signals import Signal, link_inhibitors, read_signals, standing, write
from rules.engine.runs.position import place_now, take_positions

HERE = Path(__file__).parent
ACCOUNTS = read_statement(HERE / "accounts.cypher").text
SUPPLIERS = read_statement(HERE / "suppliers.cypher").text
OWNERS = read_statement(HERE / "owners.cypher").text
HOLD = read_statement(HERE / "hold.cypher").text
RAN = read_statement(HERE / "ran.cypher").text
WRITE_RUN = read_statement(HERE / "write_run.cypher").text


@dataclass(frozen=True, slots=True)
class Order:
    """What to run, as of which day, by which clock."""

    pairs: Sequence[Pair]
    today: date
    now: datetime
    base: str = "EUR"
    """Currency in which signals are ranked."""
    mode: str = "full"


@dataclass(slots=True)
class Report:
    """What became of a run of rules."""

    today: date
    sight: Sight
    judged: list[Judged] = field(default_factory=list)
    waiting: int = 0
    """Signals that wait for a day on which their seller has room."""
    mode: str = "full"
    """How much was looked at: `full` or `change_set`."""
    because: str = ""
    """Why all accounts were looked at although only changes were asked for."""
    events: int = 0
    """Events that were taken in, when it was a change set."""
    accounts: int = 0
    """Accounts that the change set touched."""
    asked: dict[str, str] = field(default_factory=dict)
    """Rule -> what of the change set it looks at, or why it was not asked."""


def run_rules(
    session: BatchSession, order: Order, ask: Ask, *, progress: Progress = silent
) -> Report:
    """Run rules over all accounts; a rule that fails or is blind leaves the others alone.

    Each rule's signals, its RuleRun and the events of its news are written in one transaction: a
    run that was cut off is made good by the next, which finds written what the other had written.
    """
    take_lease(session)
    try:
        place = place_now(session)
        order = replace(order, now=datetime.fromisoformat(next_moment(session, order.now)))
        retype_due(session, order.today)
        project(session)
        report = Report(order.today, look(session, order.today))
        judge = judge_of(session, order, ask, report.sight)
        held = read_signals(session, [pair.rule.id for pair in order.pairs])
        with progress("running rules", unit="rules") as task:
            for number, pair in enumerate(order.pairs, start=1):
                session.write(renew_lease)
                of_rule = [one for one in held if one.rule == pair.rule.id]
                report.judged.append(judge.judge(pair, of_rule))
                task.update(number, len(order.pairs), pair.rule.id)
        signals = [one for judged in report.judged for one in judged.signals]
        report.waiting, shadow = settle(session, order, report.sight, signals)
        for judged in report.judged:
            write_judged(session, order, judged)
        link_inhibitors(session, signals)
        take_positions(session, report.judged, place, report.sight, shadow)
        return report
    finally:
        drop_lease(session)


def not_yet_run(session: BatchSession, pairs: Iterable[Pair], today: date) -> list[Pair]:
    """The rules that did not run on a day, or ran in another version."""
    ran = set(session.rows(RAN, today=today))
    return [pair for pair in pairs if (pair.rule.id, pair.digest) not in ran]


def judge_of(session: BatchSession, order: Order, ask: Ask, sight: Sight) -> Judge:
    """What all rules of a run are judged by."""
    accounts = tuple(id for (id,) in session.rows(ACCOUNTS))
    return Judge(
        session=session,
        ask=ask,
        sight=sight,
        today=order.today,
        accounts=accounts,
        suppliers=dict(session.rows(SUPPLIERS, account_ids=list(accounts))),
        aliases=standing(session),
        prover=Prover(session, doubts(session)),
        rules=[pair.rule for pair in order.pairs],
    )


def settle(
    session: BatchSession,
    order: Order,
    sight: Sight,
    signals: Sequence[Signal],
    among: Collection[str] | None = None,
) -> tuple[int, Collection[str]]:
    """Rank, inhibit and cap over all rules: how many signals wait, and the rules in shadow.

    `among` are the ids of the signals that yield and are yielded to, where these are not all: what
    only shares its seller with them is ranked and counted, and yields as it did.
    """
    rules = {pair.rule.id: pair.rule for pair in order.pairs}
    shadow = demote(session, order.pairs, today=order.today, now=order.now)
    living = [one for one in signals if one.state.state in LIVING]
    hide(living, order.pairs, shadow)
    accounts = sorted({one.account for one in living if one.account})
    ranking = read_ranking(session, list(rules.values()), accounts, sight=sight, base=order.base)
    owners = dict(session.rows(OWNERS, account_ids=accounts))
    for signal in living:
        ranking.rank(signal, rules[signal.rule])
        signal.owner = owners.get(signal.account or "", "")
    troubled = {id for (id,) in session.rows(HOLD, account_ids=accounts)}
    inhibit([one for one in living if among is None or one.id in among], rules, troubled)
    return show(living, rules, today=order.today), shadow


def write_judged(session: BatchSession, order: Order, judged: Judged) -> None:
    """Write what one rule made, its run, and the events of its news."""
    run = text_uuid5(f"rule run|{judged.pair.rule.id}|{as_text(order.now)}")

    def work(transaction: Transaction) -> None:
        renew_lease(transaction)
        graph = OneTransaction(transaction)
        written = write(graph, judged.signals, run=run, moment=order.now, today=order.today)
        graph.run(
            WRITE_RUN,
            run=_as_run(run, order, judged),
            moment=as_text(order.now),
            started_at=as_text(order.now),
            ended_at=as_text(order.now + timedelta(milliseconds=judged.milliseconds)),
            today=order.today,
        )
        events = list(events_of(written))
        if events:
            append_rows(transaction, events, moment=str(as_text(order.now)), run=run)

    session.write(work)


def _as_run(id: str, order: Order, judged: Judged) -> dict[str, Any]:
    rule, signals = judged.pair.rule, judged.signals
    return {
        "id": id, "rule": rule.id, "rule_hash": judged.pair.digest, "mode": order.mode,
        "parameters": judged.pair.parameters,
        "status": judged.status, "reason": judged.reason or None, "found": judged.found,
        "opened": judged.opened, "cleared": judged.cleared, "blind": judged.blind,
        "kept": sum(one.finding is not None and one.was is not None for one in signals),
        "inhibited": sum(one.state.state == "inhibited" for one in signals),
        "milliseconds": judged.milliseconds,
    }  # fmt: skip


def events_of(signals: Iterable[Signal]) -> Iterable[list[str]]:
    """What the feed is told of signals that are new, or in another state."""
    for signal in signals:
        if signal.is_news:
            yield news(
                signal.id,
                rule=signal.rule,
                before=signal.was.state if signal.was else None,
                after=signal.state.state,
                reason=signal.state.reason,
            )
