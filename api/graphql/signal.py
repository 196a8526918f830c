"""What rules say should be done."""

from __future__ import annotations

from enum import Enum
from typing import cast

import strawberry

from api.graphql.bounds import bounded
from api.graphql.context import Asked
from api.graphql.told import told
from queries.signal import reasons as rows
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


@told(weight="0.1")
class NamedValue(rows.NamedValue):
    """A name and its value."""


@told()
class ScoreParts(rows.ScoreParts):
    """What a score is made of: value x probability x urgency x confidence x decay.

    What the version that ran did not keep is null.
    """


@told(id="id")
class EvidenceRecord(rows.EvidenceRecord):
    """The record of a source that a value comes from."""


@told(id="id")
class EvidenceNode(rows.EvidenceNode):
    """Something that a rule read, as it stood then."""


@told(id="id")
class EvidenceFact(rows.EvidenceFact):
    """A fact that a rule read, on both clocks."""


@told(id="id")
class EvidenceLoad(rows.EvidenceLoad):
    """A load that brought records."""


@told()
class Evidence(rows.Evidence):
    """What a signal stands on, as it was read."""


@told(label="Signal", id="signal_id")
class SignalReasons(rows.Reasons):
    """One signal with everything that it stands on: why it is there, and what would clear it."""


async def signal(info: Asked, id: strawberry.ID) -> SignalReasons | None:
    """Why there is a signal: what was read, from which record, what would clear it.

    Nothing when there is no such signal.
    """
    return cast("SignalReasons | None", await rows.reasons(info.context.graph, signal_id=id))


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
