"""The words of billing systems, in the model's: states of bills, kinds of charges, flags."""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import RecordRejected
from loaders.audit import Fields

BILL_STATES = ("new", "onHold", "validated", "sent", "partiallyPaid", "settled")
"""TMF678 v5, CustomerBill.state."""

CHARGE_KINDS = ("recurring", "usage", "overage", "one_off", "credit")
"""The model's kinds of charge."""


def word(fields: Fields, name: str, words: Mapping[str, str]) -> str | None:
    """A field's value in the model's word; None when it is empty.

    RecordRejected for a word that is not in the list: what a state means is not guessed.
    """
    value = fields.take(name)
    if value is None:
        return None
    found = words.get(str(value).casefold())
    if found is None:
        raise RecordRejected(
            f"{value!r} is not one of {', '.join(words)}",
            where=name,
            remedy="ask the source what it means, and map it by name",
        )
    return found


def flag(fields: Fields, name: str, yes: str = "Y", no: str = "N") -> bool | None:
    """A field that says yes or no in two letters; None when it says nothing."""
    value = fields.take(name)
    if value is None:
        return None
    if value not in (yes, no):
        raise RecordRejected(
            f"{value!r} is neither {yes} nor {no}", where=name, remedy="ask the source"
        )
    return bool(value == yes)
