"""Which of a carrier's systems names a thing, and how the others refer to it."""

from __future__ import annotations

import re

from loaders.identifiers import own

HOMES = {
    "product": "inventory:product",
    "service": "inventory:service",
    "geographic_site": "inventory:site",
    "product_offering": "catalogue:offering",
    "product_offering_price": "catalogue:price",
    "agreement": "contracts:agreement",
    "agreement_item": "contracts:agreement_item",
    "clause": "contracts:clause",
    "commitment": "contracts:commitment",
    "product_order": "orders:order",
    "trouble_ticket": "tickets:ticket",
    "alarm": "tickets:alarm",
}
"""Kind of thing -> how the one system that names such things founds their references.

Kinds that several systems name (companies, customers, billing accounts, quotes) are not here: a
mention of one is the whole reference, or else the mentioning system's own.
"""
_WHOLE = re.compile(r"(?!urn:)[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:\S.*|(lei|registry|vat|duns):\S.*")


def home(kind: str, native_id: object) -> str:
    """The reference of a thing by the id that its one home gives it."""
    return f"{HOMES[kind]}:{str(native_id).strip()}"


def across(system: str, kind: str, native_id: object) -> str:
    """The reference meant by an id that one of a carrier's systems writes.

    A whole reference stands for itself; a kind with one home is that home's; else it is the
    system's own.
    """
    text = str(native_id).strip()
    if is_whole(text):
        return text
    return home(kind, text) if kind in HOMES else own(system, kind, text)


def is_whole(text: str) -> bool:
    """Whether a text is a reference already: `crm_emea:customer:4711`, `lei:...`, no URN."""
    return ":" in text and bool(_WHOLE.fullmatch(text))
