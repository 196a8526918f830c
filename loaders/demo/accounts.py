"""The demo's CRM export: the same companies as a sales team sees them, with its faults."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from loaders.demo.codes import account_id_of, lei_of
from loaders.demo.world import PLACES

HEADER = (
    "Id",
    "Name",
    "ParentId",
    "Type",
    "Industry",
    "BillingCity",
    "BillingCountry",
    "LEI__c",
    "CreatedDate",
    "LastModifiedDate",
    "IsDeleted",
)
BY_REGION = {
    "EMEA North": ("power-NO", "power-FI", "paints", "paints-SE", "paints-FI"),
    "EMEA South": ("power-FR", "power-ES", "power-IT", "energie"),
    "Americas": ("power-US-DE", "power-BR", "motion-MX", "digital-US-DE"),
    "APAC": ("power-IN", "power-SG", "power-AU", "motion-JP"),
}
"""How the sales team cuts the customer: regions that no register knows."""

SPELT = {"power-ES": "Oskelund Power Espana SL", "energie": "Oskelund Energie (ex SOE)"}
"""Names as somebody typed them."""


def write_accounts(path: Path, names: dict[str, str], day: date) -> None:
    """Write the export of a day; `names` are the registered names by company code."""
    rows = [_row("root", names["oskelund"].upper(), "", "oskelund", "SE")]
    for region, codes in BY_REGION.items():
        head = f"hub-{region}"
        rows.append(_row(head, f"Oskelund {region}", "root", "", ""))
        for code in codes:
            land = code.split("-", 1)[1] if "-" in code else ""
            rows.append(_row(code, SPELT.get(code, names[code]), head, code, land))
    rows.append(_row("ring-1", "Oskelund Shared Services East", "ring-2", "", "PL"))
    rows.append(_row("ring-2", "Oskelund Shared Services West", "ring-1", "", "IE"))
    rows.append(_row("nameless", "", "root", "", "DE"))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(row | {"LastModifiedDate": f"{day}T08:00:00.000Z"} for row in rows)


def _row(code: str, name: str, parent: str, company: str, land: str) -> dict[str, Any]:
    place = PLACES.get(land)
    return {
        "Id": account_id_of(code),
        "Name": name,
        "ParentId": account_id_of(parent) if parent else "",
        "Type": "Customer",
        "Industry": "Industrial",
        "BillingCity": place.city if place else "",
        "BillingCountry": land[:2],
        "LEI__c": lei_of(company) if company else "",
        "CreatedDate": "2019-09-02T08:00:00.000Z",
        "IsDeleted": "false",
    }
