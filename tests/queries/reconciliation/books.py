"""A carrier of a few lines for tests: what its systems say is what the test wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.facts.claims import Claims, Ref, ref
from graph.model.catalogue import LABELS
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec

Record = dict[str, Any]
TYPES = ("service", "product", "account", "bill", "agreement", "company", "rate")


class Books(Source):
    """One system of the carrier, a record a line: its nodes, facts and links as they stand."""

    def __init__(self, name: str, kind: str) -> None:
        self.name = name  # type: ignore[misc]  # several systems that differ in name alone
        super().__init__(
            SourceSpec(
                title=name,
                publisher="Tests",
                licence="own",
                kind=kind,
                freshness_sla="P9D",
                precedence=50,
                scope="everything",
                record_types={one: one for one in TYPES},
            )
        )

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """The lines of the file; one that says `cut` breaks off."""
        for number, line in enumerate(delivery.path.read_text().splitlines(), start=1):
            payload = json.loads(line)
            if payload == "cut":
                raise SourceError("the file is cut", where=delivery.path.name)
            yield RawRecord(payload["type"], payload["id"], payload, delivery.path.name, number)
        for one in TYPES:
            delivery.cover(one)

    def transform(self, record: RawRecord) -> Claims:
        """The claims that the line is."""
        claims, given = Claims(), record.payload
        for label, reference, values in given["nodes"]:
            claims.node(label, reference, **_typed(label, values))
        for kind, start, end in given["facts"]:
            claims.fact(kind, _ref(start), _ref(end))
        for kind, start, end, values in given["links"]:
            claims.link(kind, _ref(start), _ref(end), **values)
        return claims


def write(folder: Path, name: str, records: Sequence[Record | str]) -> Path:
    """A delivery of these records."""
    path = folder / f"{name}.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def service(number: str, *, since: str = "2025-01-01", site: str = "X", **values: Any) -> Record:
    """A service that runs at a site since a day, as the inventory has it."""
    made = ["Service", f"inventory:service:{number}"]
    place = ["Site", f"inventory:site:{site}"]
    said = {"name": f"circuit {number}", "state": "active", "activated_on": since} | values
    nodes = [[*made, said], [*place, {"name": f"Site {site}"}]]
    return _record("service", number, nodes, [["DELIVERED_AT", made, place]])


def product(number: str, of: str, price: int | None = 90_000, **values: Any) -> Record:
    """A product that a service realizes, with its price a month."""
    made = ["Product", f"inventory:product:{number}"]
    said = {"price": price, "currency": "EUR", "starts_on": "2025-01-01"} | values
    said = {"accepted_on": "2025-01-01"} | said
    running = ["Service", f"inventory:service:{of}"]
    return _record("product", number, [[*made, said]], [["REALIZED_BY", made, running]])


def account(number: str, holder: str | None = "C", **values: Any) -> Record:
    """A billing account and the company that holds it."""
    made = ["BillingAccount", f"billing:account:{number}"]
    said = {"party_name": f"Customer {number}", "state": "Active", "currency": "EUR"} | values
    nodes: list[Any] = [[*made, said]]
    facts = []
    if holder:
        role = ["Customer", f"billing:customer:{number}"]
        nodes.append([*role, {}])
        facts = [["PLAYS", ["LegalEntity", f"company:{holder}"], role], ["BILLED_BY", role, made]]
    return _record("account", number, nodes, facts)


def bill(on: str, month: str, *lines: tuple[str, int], code: str = "EUR", **values: Any) -> Record:
    """A bill for a month, with a line a product: recurring, a credit when it is negative."""
    number = f"{on}/{month}"
    begins = date.fromisoformat(f"{month}-01")
    ends = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
    period = {"period_from": str(begins), "period_to": str(ends)}
    made = ["Bill", f"billing:bill:{number}"]
    total = sum(amount for _, amount in lines)
    said = {"number": number, "state": "sent", "issued_on": str(begins), "currency": code}
    said |= {"amount": total, "tax_amount": 0} | period | values
    nodes: list[Any] = [[*made, said]]
    links: list[Any] = [["ON", made, ["BillingAccount", f"billing:account:{on}"], {}]]
    for place, (had, amount) in enumerate(lines):
        line = ["Charge", f"billing:charge:{number}/{place}"]
        kind = "credit" if amount < 0 else "recurring"
        nodes.append([*line, {"kind": kind, "amount": amount, "currency": code} | period])
        links.append(["HAS_CHARGE", made, line, {}])
        links.append(["FOR", line, ["Product", f"inventory:product:{had}"], {}])
    return _record("bill", number, nodes, [], links)


def agreement(
    number: str,
    *products: str,
    amount: int | None = 90_000,
    begins: str = "2025-01-01",
    ends: str | None = "2028-01-01",
    **values: Any,
) -> Record:
    """An agreement with one item that governs products for an amount a month."""
    made = ["Agreement", f"contracts:agreement:{number}"]
    item = ["AgreementItem", f"contracts:item:{number}"]
    said = {"starts_on": begins, "ends_on": ends, "monthly_amount": amount, "currency": "EUR"}
    held = {"party_name": f"Customer {number}", "period_from": begins, "period_to": ends}
    facts = [["GOVERNS", item, ["Product", f"inventory:product:{one}"]] for one in products]
    nodes = [[*made, held], [*item, said | values]]
    return _record("agreement", number, nodes, facts, [["HAS_ITEM", made, item, {}]])


def company(number: str, **values: Any) -> Record:
    """A company as the register has it."""
    said = {"name": f"Company {number}", "status": "ACTIVE"} | values
    return _record("company", number, [["LegalEntity", f"company:{number}", said]], [])


def rate(code: str, of_euro: float, on: str) -> Record:
    """How many units of a currency a euro was worth on a day."""
    said = {"currency": code, "base": "EUR", "rate": of_euro, "on": on}
    return _record("rate", code, [["ExchangeRate", f"rates:rate:{code}", said]], [])


def _record(kind: str, number: str, nodes: Any, facts: Any, links: Sequence[Any] = ()) -> Record:
    return {"type": kind, "id": number, "nodes": nodes, "facts": facts, "links": list(links)}


def _ref(named: Sequence[str]) -> Ref:
    return ref(*named)


def _typed(label: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Days as days; everything else as it was written."""
    types = {name: one.type for name, one in LABELS[label].properties.items()}
    return {
        name: date.fromisoformat(value) if value and types[name] == "date" else value
        for name, value in values.items()
    }
