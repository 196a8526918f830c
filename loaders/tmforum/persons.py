"""Natural persons are kept out before anything is kept as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ABOUT_PERSONS = frozenset(
    {"contactMedium", "contact", "note", "comment", "ackUserId", "clearUserId"}
)
"""Fields that speak of people or are written by them, and that nothing here is made of."""
_PARTIES = ("relatedParty", "engagedParty")


def without_persons(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload without the fields and the related parties that are natural persons."""
    kept = {name: value for name, value in payload.items() if name not in ABOUT_PERSONS}
    for name in _PARTIES:
        if isinstance(kept.get(name), list):
            kept[name] = [party for party in kept[name] if not is_person(party)]
        elif name in kept and is_person(kept[name]):
            del kept[name]
    return kept


def is_person(party: object) -> bool:
    """Whether a reference to a party says that it is an Individual (v5 nests the reference)."""
    if not isinstance(party, Mapping):
        return False
    inner = party.get("partyOrPartyRole")
    if isinstance(inner, Mapping):
        return is_person(inner)
    said = party.get("@referredType") or party.get("@type") or ""
    return str(said).casefold() == "individual" or "/individual/" in str(party.get("href") or "")
