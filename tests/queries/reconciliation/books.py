"""A carrier of a few lines for tests: what its systems say is what the test wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.queries.dictated import Lines, Node, Record, Thing, said


def service(number: str, *, since: str = "2025-01-01", site: str = "X", **values: Any) -> Record:
    """A service that runs at a site since a day, as the inventory has it."""
    made, place = ("Service", f"inventory:service:{number}"), ("Site", f"inventory:site:{site}")
    given = {"name": f"circuit {number}", "state": "active", "activated_on": since} | values
    nodes: list[Node] = [(made, given), (place, {"name": f"Site {site}"})]
    return said(*nodes, facts=[("DELIVERED_AT", made, place, {})], record=("service", number))


def product(number: str, of: str, price: int | None = 90_000, **values: Any) -> Record:
    """A product that a service realizes, with its price a month."""
    made, running = ("Product", f"inventory:product:{number}"), f"inventory:service:{of}"
    since = {"starts_on": "2025-01-01", "accepted_on": "2025-01-01"}
    node = (made, since | {"price": price, "currency": "EUR"} | values)
    realized: Lines = [("REALIZED_BY", made, ("Service", running), {})]
    return said(node, facts=realized, record=("product", number))


def account(number: str, holder: str | None = "C", **values: Any) -> Record:
    """A billing account and the company that holds it."""
    made = ("BillingAccount", f"billing:account:{number}")
    given = {"party_name": f"Customer {number}", "state": "Active", "currency": "EUR"} | values
    nodes: list[Node] = [(made, given)]
    facts: Lines = []
    if holder:
        role = ("Customer", f"billing:customer:{number}")
        nodes.append((role, {}))
        facts.append(("PLAYS", ("LegalEntity", f"company:{holder}"), role, {}))
        facts.append(("BILLED_BY", role, made, {}))
    return said(*nodes, facts=facts, record=("account", number))


def bill(on: str, month: str, *lines: tuple[str, int], code: str = "EUR", **values: Any) -> Record:
    """A bill for a month, with a line a product: recurring, a credit when it is negative."""
    number = f"{on}/{month}"
    begins = date.fromisoformat(f"{month}-01")
    ends = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
    period = {"period_from": str(begins), "period_to": str(ends)}
    made = ("Bill", f"billing:bill:{number}")
    given: Record = {"number": number, "state": "sent", "issued_on": str(begins)}
    given |= {"currency": code, "amount": sum(one for _, one in lines), "tax_amount": 0}
    nodes: list[Node] = [(made, given | period | values)]
    links: Lines = [("ON", made, ("BillingAccount", f"billing:account:{on}"), {})]
    for place, (had, amount) in enumerate(lines):
        line = ("Charge", f"billing:charge:{number}/{place}")
        kind = "credit" if amount < 0 else "recurring"
        nodes.append((line, {"kind": kind, "amount": amount, "currency": code} | period))
        links.append(("HAS_CHARGE", made, line, {}))
        links.append(("FOR", line, ("Product", f"inventory:product:{had}"), {}))
    return said(*nodes, links=links, record=("bill", number))


def agreement(
    number: str,
    *products: str,
    amount: int | None = 90_000,
    begins: str = "2025-01-01",
    ends: str | None = "2028-01-01",
    **values: Any,
) -> Record:
    """An agreement with one item that governs products for an amount a month."""
    made = ("Agreement", f"contracts:agreement:{number}")
    item = ("AgreementItem", f"contracts:item:{number}")
    terms = {"starts_on": begins, "ends_on": ends, "monthly_amount": amount, "currency": "EUR"}
    held = {"party_name": f"Customer {number}", "period_from": begins, "period_to": ends}
    governed: list[Thing] = [("Product", f"inventory:product:{one}") for one in products]
    return said(
        (made, held),
        (item, terms | values),
        facts=[("GOVERNS", item, one, {}) for one in governed],
        links=[("HAS_ITEM", made, item, {})],
        record=("agreement", number),
    )


def company(number: str, **values: Any) -> Record:
    """A company as the register has it."""
    made = ("LegalEntity", f"company:{number}")
    given = {"name": f"Company {number}", "status": "ACTIVE"} | values
    return said((made, given), record=("company", number))


def rate(code: str, of_euro: float, on: str) -> Record:
    """How many units of a currency a euro was worth on a day."""
    made = ("ExchangeRate", f"rates:rate:{code}")
    return said(
        (made, {"currency": code, "base": "EUR", "rate": of_euro, "on": on}), record=("rate", code)
    )
