"""The identity of a signal as the world names it, and as the systems name it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loaders.carrier.native import native_id
from loaders.carrier.world.cluster import Cluster

CRMS = ("crm_americas", "crm_emea")

HOMES = {
    "service_id": ("inventory", "service"),
    "other_service_id": ("inventory", "service"),
    "product_id": ("inventory", "product"),
    "site_id": ("inventory", "site"),
    "new_site_id": ("inventory", "site"),
    "agreement_id": ("contracts", "agreement"),
    "item_id": ("contracts", "item"),
    "clause_id": ("contracts", "clause"),
    "commitment_id": ("contracts", "commitment"),
    "short_commitment_id": ("contracts", "commitment"),
    "over_commitment_id": ("contracts", "commitment"),
    "quote_id": ("orders", "quote"),
    "quote_item_id": ("orders", "item"),
    "offering_id": ("catalogue", "offering"),
}
"""Identity column -> the system that names such things, and as what."""


def named(made: Cluster, identity: Mapping[str, str]) -> dict[str, Any]:
    """The columns with the world's keys; beside each the LEI, or the id that its system gives.

    An account has an id in both CRMs: whichever of them sees it.
    """
    told: dict[str, Any] = {}
    for column, value in identity.items():
        told[column] = value
        stem = column.removesuffix("_id")
        if column in ("account_id", "other_account_id"):
            told[f"{stem}_records"] = [
                f"{crm}:account:{native_id(crm, 'account', value)}" for crm in CRMS
            ]
        elif column in HOMES and value:
            told[f"{stem}_native"] = native_id(*HOMES[column], value)
        elif value in made.entities and made.entities[value].lei:
            told[f"{stem}_lei"] = made.entities[value].lei
    return told
