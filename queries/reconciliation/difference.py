"""One thing on which the carrier's systems do not agree, as every statement here gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Difference:
    """One disagreement: what it is about, what each side says, and what money hangs on it."""

    kind: str
    """What is wrong, a name of `queries/reconciliation/kinds.py`."""
    subject: str
    """Label of the node that it is about."""
    subject_id: str
    against_id: str | None
    """The second node that makes it the same difference tomorrow; None when the subject does."""
    name: str | None
    """What people call the subject: a circuit id, a bill's number, a reference."""
    customer: str | None
    """Name of the customer as the bill has it, else as the paper has it."""
    account_id: str | None
    """The billing account; None when none is known."""
    account: str | None
    """Reference of the billing account."""
    since_on: date | None
    amounts: list[list[object]]
    """Currency and minor units at stake, `[["EUR", 1250]]`; empty when nobody says."""
    monthly: bool
    """Whether the amounts are a month's; else they are all that is at stake."""
    sides: list[str]
    """Kinds of sources that speak: inventory, billing, contracts, registry."""
    says: list[str]
    """What each side says; amounts in it are minor units, like `EUR 1250`."""
    records: list[str]
    """Version of the record on which each side stands; empty where it has none."""
