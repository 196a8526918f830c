"""Where what is found is not what was to be expected: counted by kind, with a few examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

KINDS = {
    "tree": ("PARENT_IN", "DIRECTLY_CONSOLIDATED_BY", "INTERNATIONAL_BRANCH_OF"),
    "names": ("HAS_NAME",),
    "identifiers": ("HAS_IDENTIFIER",),
    "identity": ("same company",),
    "companies": ("LegalEntity", "CorporateEvent"),
    "customers": ("PLAYS", "BILLED_BY", "ROOTED_AT"),
    "services": (
        "Service",
        "Product",
        "OF_OFFERING",
        "DELIVERED_AT",
        "REALIZED_BY",
        "ROUTED_VIA",
        "DIVERSE_FROM",
    ),
    "sites": ("Site", "PointOfPresence", "OCCUPIES"),
    "agreements": (
        "Agreement",
        "AgreementItem",
        "Commitment",
        "HAS_ITEM",
        "HAS_CLAUSE",
        "HAS_COMMITMENT",
        "PARTY_TO",
        "GOVERNS",
        "COUNTS_TOWARD",
    ),
    "bills": (
        "BillingAccount",
        "Bill",
        "Charge",
        "Payment",
        "Dispute",
        "ON",
        "HAS_CHARGE",
        "FOR",
        "SETTLES",
        "DISPUTES",
    ),
    "orders": ("Order", "Quote", "DELIVERS", "REPLACES"),
    "tickets": ("TroubleTicket", "AFFECTS"),
    "territories": ("Seller", "Team", "Territory", "COVERS", "MEMBER_OF"),
    "records": ("record",),
}
"""Kind of fact, as it is reported -> the labels and types of the model that are of this kind."""
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
LINKS = (
    "OF_OFFERING",
    "HAS_ITEM",
    "HAS_CLAUSE",
    "HAS_COMMITMENT",
    "ON",
    "HAS_CHARGE",
    "FOR",
    "SETTLES",
    "DISPUTES",
    "DELIVERS",
    "REPLACES",
    "AFFECTS",
)
"""Relationships without clocks that are compared."""
Wrong = Literal["missing", "extra", "wrong_valid", "wrong_known", "wrong_value"]
EXAMPLES = 5
"""How many examples of each kind and each way of being wrong are told."""


@dataclass(slots=True)
class Example:
    """One difference: of what, in which record of which file, expected and found."""

    wrong: Wrong
    what: str
    record: str
    file: str
    expected: str = ""
    found: str = ""


@dataclass(slots=True)
class Kind:
    """How one kind of fact compares."""

    kind: str
    expected: int = 0
    found: int = 0
    missing: int = 0
    extra: int = 0
    wrong_valid: int = 0
    """Facts that hold from or to another day in the world."""
    wrong_known: int = 0
    """Facts that are known since another day."""
    wrong_value: int = 0
    examples: list[Example] = field(default_factory=list)

    @property
    def differences(self) -> int:
        """How many differences there are, of all sorts."""
        return self.missing + self.extra + self.wrong_valid + self.wrong_known + self.wrong_value


class Differences:
    """All kinds, gathered while one record after the other is compared."""

    def __init__(self) -> None:
        self.kinds = {name: Kind(name) for name in KINDS}

    def count(self, name: str, expected: int, found: int) -> None:
        """Count what there should be, and what there is, of a label or type."""
        kind = self.kinds[KIND_OF[name]]
        kind.expected += expected
        kind.found += found

    def add(self, name: str, examples: Iterable[Example]) -> None:
        """Count differences, and keep the first of each sort as examples."""
        kind = self.kinds[KIND_OF[name]]
        for example in examples:
            setattr(kind, example.wrong, getattr(kind, example.wrong) + 1)
            if sum(one.wrong == example.wrong for one in kind.examples) < EXAMPLES:
                kind.examples.append(example)

    @property
    def total(self) -> int:
        """How many differences there are."""
        return sum(kind.differences for kind in self.kinds.values())
