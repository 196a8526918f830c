"""What people do about signals."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

import strawberry

from api.graphql.context import Asked
from api.graphql.deciding import decide, decision_of
from api.graphql.signal import SignalState
from graph.access.audit import Told
from graph.connection import Transaction
from rules.engine.life.answering import Answer, Person, note_answer, withdraw_answer

WITHDRAW = "withdraw"


def _action(kind: str, description: str) -> Any:
    """A value of the enum: the answer's kind, and what it means."""
    return strawberry.enum_value(kind, description=description)


@strawberry.enum(description="What somebody did about a signal, or says of it.")
class SignalAction(Enum):
    """Answers as people call them; a dismissal says why, because rules are judged by that."""

    accept = _action("acted", "It is worked at: the rule was right.")
    snooze = _action("bad_timing", "Not now: it comes back on a day, or when its evidence changes.")
    already_known = _action("already_known", "Dismissed: we knew that already.")
    wrong_data = _action("wrong_data", "Dismissed: a value or a fact of its evidence is wrong.")
    customer_declined = _action("customer_declined", "Dismissed: the customer does not want it.")
    duplicate = _action("duplicate", "Dismissed: another signal says the same.")
    not_mine = _action("not_mine", "It is for somebody else; it stays as it is.")
    withdraw = _action(WITHDRAW, "The newest answer is taken back: it is as before.")


@strawberry.input(description="What to note about a signal.")
class ActOnSignalInput:
    """What to note about a signal."""

    client_mutation_id: str = strawberry.field(
        description="An id of the client's own: the same again does nothing and is answered alike."
    )
    signal_id: strawberry.ID = strawberry.field(description="The whole id of the signal.")
    action: SignalAction = strawberry.field(description="What was done, or is said of it.")
    reason: str = strawberry.field(description="Why, in a person's words.")
    until: date | None = strawberry.field(
        default=None, description="For snooze: the day on which it comes back."
    )
    until_change: bool = strawberry.field(
        default=False, description="For snooze: whether it comes back when its evidence changes."
    )
    wrong_claim: str | None = strawberry.field(
        default=None, description="For wrong_data: a fact's id, or `node id.property`."
    )


@strawberry.type(description="What became of the signal.")
class ActOnSignalPayload:
    """What became of the signal."""

    client_mutation_id: str = strawberry.field(description="The client's id.")
    signal_id: strawberry.ID = strawberry.field(description="Id of the signal.")
    rule_id: strawberry.ID = strawberry.field(description="Id of the rule that found it.")
    state: SignalState = strawberry.field(description="The state that it was put in.")


async def act_on_signal(info: Asked, input: ActOnSignalInput) -> ActOnSignalPayload | None:
    """Note what was done about a signal of an account of yours, or what is wrong with it."""
    kind, context = input.action.value, info.context
    said = Answer(
        kind, input.reason, input.until, bool(input.until_change), input.wrong_claim or ""
    )
    decision = decision_of(
        info,
        f"Signal/{input.signal_id}",
        input.client_mutation_id,
        action=kind,
        reason=said.reason,
        until=said.until,
        until_change=said.until_change,
        wrong_claim=said.wrong,
    )
    by, scope = Person(decision.principal.name, decision.at), context.graph.scope

    def act(transaction: Transaction) -> Told:
        if kind == WITHDRAW:
            return dict(withdraw_answer(transaction, input.signal_id, by, scope))
        return dict(note_answer(transaction, input.signal_id, said, by, scope))

    told = await decide(context, decision, act)
    return ActOnSignalPayload(
        client_mutation_id=input.client_mutation_id,
        signal_id=told["signal_id"],
        rule_id=told["rule_id"],
        state=SignalState(told["state"]),
    )
