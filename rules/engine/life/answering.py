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
from graph.scope import EVERYTHING, Scope
from graph.statement import read_statement
from rules.engine.judged.claims import claims
from rules.engine.life.news import news
from rules.engine.life.verdicts import JUDGING

HERE = Path(__file__).parent
ANSWER = read_statement(HERE / "answer.cypher").text
WITHDRAW = read_statement(HERE / "withdraw_answer.cypher").text
OUTCOME = read_statement(HERE / "note_outcome.cypher").text
ANSWERABLE = read_statement(HERE / "answerable.cypher").text
IDS_BEGINNING = read_statement(HERE / "ids_beginning.cypher").text

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


def answer(session: BatchSession, beginning: str, said: Answer, by: Person) -> dict[str, str]:
    """Note an answer to the signal whose id begins so."""
    id = _whole_id(session, beginning)
    return session.write(lambda transaction: note_answer(transaction, id, said, by))


def note_answer(
    transaction: Transaction, id: str, said: Answer, by: Person, scope: Scope = EVERYTHING
) -> dict[str, str]:
    """Note an answer to a signal in scope, in somebody's transaction.

    UsageError names what is missing and the values that are allowed.
    """
    _check(said, by)
    statements = OneTransaction(transaction)
    state, evidence = _in_scope(statements, id, scope)
    if state in OVER:
        raise UsageError(f"the signal is {state}", where=id, remedy="./footprint signals explain")
    shown = claims(statements, id, orjson.loads(evidence or "{}"))
    if said.kind == "wrong_data" and said.wrong not in shown:
        raise UsageError(
            f"{said.wrong or 'nothing'!r} is no part of the evidence",
            where=id,
            remedy=f"one of: {_near(said.wrong, shown)}",
        )
    if said.kind != "wrong_data" and said.wrong:
        raise UsageError(f"{said.kind} calls nothing wrong", where=id, remedy="wrong_data does")
    return _told(
        transaction,
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


def take_back(session: BatchSession, beginning: str, by: Person) -> dict[str, str]:
    """Undo the newest answer: the signal is what it was before it."""
    id = _whole_id(session, beginning)
    return session.write(lambda transaction: withdraw_answer(transaction, id, by))


def withdraw_answer(
    transaction: Transaction, id: str, by: Person, scope: Scope = EVERYTHING
) -> dict[str, str]:
    """Undo the newest answer to a signal in scope, in somebody's transaction."""
    _in_scope(OneTransaction(transaction), id, scope)
    return _told(transaction, WITHDRAW, by, signal_id=id)


def note_outcome(
    session: BatchSession, beginning: str, kind: str, money: tuple[int, str] | None, by: Person
) -> dict[str, str]:
    """Note how it ended; it is closed."""
    if kind not in OUTCOMES:
        raise UsageError(f"{kind!r} is no outcome", remedy=f"one of: {', '.join(OUTCOMES)}")
    if money and money[1] not in MINOR_DIGITS:
        raise UsageError(f"{money[1]!r} is no currency", remedy="ISO 4217, like EUR")
    id = _whole_id(session, beginning)
    amount, currency = money or (None, None)
    given = {"outcome_id": text_uuid5(f"outcome|{id}"), "kind": kind}
    return session.write(
        lambda transaction: _told(
            transaction, OUTCOME, by, signal_id=id, amount=amount, currency=currency, **given
        )
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
        raise UsageError("an answer needs a reason", remedy="say why, in your own words")
    if said.kind == "bad_timing" and (said.until is None) != said.until_change:
        raise UsageError(
            "a snooze needs one end",
            remedy="a day to come, or when its evidence changes",
        )
    if said.kind != "bad_timing" and (said.until or said.until_change):
        raise UsageError(f"{said.kind} has no end", remedy="only bad_timing has one")
    if said.until and said.until <= by.now.date():
        raise UsageError(f"{said.until} is over", remedy="a day to come")


def _whole_id(session: BatchSession, beginning: str) -> str:
    rows = session.rows(IDS_BEGINNING, beginning=beginning)
    if not rows:
        raise _no_signal(beginning)
    if len(rows) > 1:
        raise UsageError(f"{beginning} begins several ids", remedy="give more of the id")
    return str(rows[0][0])


def _in_scope(statements: OneTransaction, id: str, scope: Scope) -> tuple[str, str]:
    row = statements.row(ANSWERABLE, signal_id=id, scope=scope.parameter)
    if not row:
        raise _no_signal(id)
    state, evidence = row
    return state, evidence


def _no_signal(id: str) -> NotFound:
    return NotFound("no signal has this id", where=id, remedy="./footprint signals list gives them")


def _told(transaction: Transaction, cypher: str, by: Person, **given: Any) -> dict[str, str]:
    """Write, and tell the feed in the same transaction."""
    moment = str(as_text(by.now))
    rows = OneTransaction(transaction).run(cypher, moment=moment, **given)
    if not rows:
        raise UsageError("no answer stands that could be taken back", where=given["signal_id"])
    id, rule, before, state = rows[0]
    event = news(id, rule=rule, before=before, after=state, by=by.name)
    append_rows(transaction, [event], moment=moment, run=by.name)
    return {"signal_id": id, "rule_id": rule, "state": state}
