"""What rules say should be done."""

from __future__ import annotations

from enum import Enum
from typing import cast

import strawberry

from api.graphql.bounds import bounded
from api.graphql.context import Asked
from api.graphql.told import told
from queries.signal.signals import SHOWN
from queries.signal.signals import Signal as Row
from queries.signal.signals import signals as signals_of


@strawberry.enum(description="Where a signal is in its life.")
class SignalState(Enum):
    """Where a signal is in its life, in the model's words."""

    candidate = "candidate"
    open = "open"
    acknowledged = "acknowledged"
    actioned = "actioned"
    closed = "closed"
    snoozed = "snoozed"
    inhibited = "inhibited"
    cleared = "cleared"
    retracted = "retracted"
    blind = "blind"
    withheld = "withheld"


@told(label="Signal", id="signal_id")
class Signal(Row):
    """Something that should be done for a customer: why, by when, and what it is worth."""


async def signals(
    info: Asked,
    states: list[SignalState] | None = None,
    account_id: strawberry.ID | None = None,
    rule_id: strawberry.ID | None = None,
    first: int = 50,
) -> list[Signal]:
    """Signals, the most valuable and urgent first; those that a seller sees, unless states say."""
    found = await signals_of(
        info.context.graph,
        states=SHOWN if states is None else [one.value for one in states],
        rule_id=rule_id,
        account_id=account_id,
        limit=bounded(first),
    )
    return cast("list[Signal]", found)
