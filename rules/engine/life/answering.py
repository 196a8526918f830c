"""What people do about signals: answer, snooze, close, and take an answer back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import orjson

from graph.connection import BatchSession, OneTransaction, Transaction, as_text
from graph.errors import NotFound, UsageError
from graph.facts.outbox import append_rows
from graph.ids import text_uuid5
from graph.model.catalogue import LABELS
from graph.money import MINOR_DIGITS
from graph.statement import read_statement
from rules.engine.judged.claims import claims
from rules.engine.life.news import news
from rules.engine.life.verdicts import JUDGING

HERE = Path(__file__).parent
ANSWER = read_statement(HERE / "answer.cypher").text
WITHDRAW = read_statement(HERE / "withdraw_answer.cypher").text
OUTCOME = read_statement(HERE / "note_outcome.cypher").text
ANSWERABLE = read_statement(HERE / "answerable.cypher").text

LEADS_TO: dict[str, str | None] = {
    "acted": "actioned",
    "already_known": "closed",
    "wrong_data": "closed",
    "not_mine": None,
    "bad_timing": "snoozed",
    "customer_declined": "closed",
    "duplicate": "closed",
}
"""Answer -> the state that it puts a signal in; None leaves it where it is."""
OUTCOMES = LABELS["Outcome"].properties["kind"].values
OVER = frozenset({"closed", "cleared", "retracted"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers, and when."""

    name: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of a signal."""

    kind: str
    reason: str
    until: date | None = None
    until_change: bool = False
    """Whether it comes back as soon as its evidence changes."""
    wrong: str = ""
    """What of the evidence is wrong: id of a fact, or `node id.property`."""


def answer(session: BatchSession, signal_id: str, said: Answer, by: Person) -> dict[str, str]:
    """Note an answer; UsageError names what is missing and the values that are allowed."""
    _check(said, by)
    id, state, evidence = _the_one(session, signal_id)
    if state in OVER:
        raise UsageError(f"the signal is {state}", where=id, remedy="./footprint signals explain")
    shown = claims(session, id, orjson.loads(evidence or "{}"))
    if said.kind == "wrong_data" and said.wrong not in shown:
        raise UsageError(
            f"{said.wrong or 'nothing'!r} is no part of the evidence",
            where=id,
            remedy=f"--wrong with one of: {_near(said.wrong, shown)}",
        )
    if said.kind != "wrong_data" and said.wrong:
        raise UsageError(f"{said.kind} calls nothing wrong", where=id, remedy="wrong_data does")
    return _told(
        session,
        ANSWER,
        by,
        signal_id=id,
        disposition_id=text_uuid5(f"disposition|{id}|{as_text(by.now)}|{by.name}"),
        kind=said.kind,
        reason=said.reason,
        answered_by=by.name,
        until=said.until,
        until_change=said.until_change,
        wrong=said.wrong or None,
        wrong_claim=shown.get(said.wrong) or None,
        shown_claims=sorted(set(shown.values()) - {""}) if said.kind in JUDGING else None,
        state=LEADS_TO[said.kind],
    )


def take_back(session: BatchSession, signal_id: str, by: Person) -> dict[str, str]:
    """Undo the newest answer: the signal is what it was before it."""
    id, _, _ = _the_one(session, signal_id)
    return _told(session, WITHDRAW, by, signal_id=id)


def note_outcome(
    session: BatchSession, signal_id: str, kind: str, money: tuple[int, str] | None, by: Person
) -> dict[str, str]:
    """Note how it ended; it is closed."""
    if kind not in OUTCOMES:
        raise UsageError(f"{kind!r} is no outcome", remedy=f"one of: {', '.join(OUTCOMES)}")
    if money and money[1] not in MINOR_DIGITS:
        raise UsageError(f"{money[1]!r} is no currency", remedy="ISO 4217, like EUR")
    id, _, _ = _the_one(session, signal_id)
    amount, currency = money or (None, None)
    return _told(
        session,
        OUTCOME,
        by,
        signal_id=id,
        outcome_id=text_uuid5(f"outcome|{id}"),
        kind=kind,
        amount=amount,
        currency=currency,
    )


def _near(text: str, shown: Iterable[str]) -> str:
    """What may be called wrong: all of it, the nearest to what was said first."""
    there = list(shown)
    near = get_close_matches(text, there, n=5, cutoff=0.4)
    return ", ".join([*near, *(one for one in there if one not in near)])


def _check(said: Answer, by: Person) -> None:
    if said.kind not in LEADS_TO:
        raise UsageError(f"{said.kind!r} is no answer", remedy=f"one of: {', '.join(LEADS_TO)}")
    if not said.reason.strip():
        raise UsageError("an answer needs a reason", remedy="--reason 'in your own words'")
    if said.kind == "bad_timing" and (said.until is None) != said.until_change:
        raise UsageError(
            "a snooze needs one end",
            remedy="--until 2026-12-01, or --until-change (when its evidence changes)",
        )
    if said.kind != "bad_timing" and (said.until or said.until_change):
        raise UsageError(f"{said.kind} has no end", remedy="only bad_timing has one")
    if said.until and said.until <= by.now.date():
        raise UsageError(f"{said.until} is over", remedy="a day to come")


def _the_one(session: BatchSession, signal_id: str) -> tuple[str, str, str]:
    rows = session.rows(ANSWERABLE, signal_id=signal_id)
    if not rows:
        raise NotFound(
            f"no signal has the id {signal_id}", remedy="./footprint signals list gives them"
        )
    if len(rows) > 1:
        raise UsageError(f"{signal_id} begins several ids", remedy="give more of the id")
    id, state, evidence = rows[0]
    return id, state, evidence


def _told(session: BatchSession, cypher: str, by: Person, **given: Any) -> dict[str, str]:
    """Write, and tell the feed in the same transaction."""

    def work(transaction: Transaction) -> dict[str, str]:
        moment = str(as_text(by.now))
        rows = OneTransaction(transaction).run(cypher, moment=moment, **given)
        if not rows:
            raise UsageError("no answer stands that could be taken back", where=given["signal_id"])
        id, rule, before, state = rows[0]
        event = news(id, rule=rule, before=before, after=state, by=by.name)
        append_rows(transaction, [event], moment=moment, run=by.name)
        return {"signal_id": id, "rule_id": rule, "state": state}

    return session.write(work)
