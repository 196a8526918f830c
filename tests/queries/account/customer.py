"""A customer of a few lines for tests: what its systems say is what the test wrote."""

from __future__ import annotations

from typing import Any

from tests.queries.dictated import Lines, Node, Record, Thing, said


def company(name: str, country: str, **under: str) -> Record:
    """A company, and what it is under: `company("B", "FR", legal="A", commercial="A")`."""
    made = ("LegalEntity", f"company:{name}")
    node = (made, {"name": name, "jurisdiction": country, "status": "ACTIVE"})
    facts = [
        ("PARENT_IN", made, ("LegalEntity", f"company:{parent}"), {"view": view})
        for view, parent in under.items()
    ]
    return said(node, facts=facts)


def account(number: str, holder: str, currency: str) -> Record:
    """A billing account and the company that holds it."""
    made, role = ("BillingAccount", f"billing:{number}"), ("Customer", f"customer:{number}")
    return said(
        (made, {"currency": currency}),
        (role, {}),
        facts=[
            ("PLAYS", ("LegalEntity", f"company:{holder}"), role, {}),
            ("BILLED_BY", role, made, {}),
        ],
    )


def bill(number: str, on: str, issued: str, amount: int, currency: str, **values: Any) -> Record:
    """A bill without tax on an account, still open unless it says otherwise; due after 30 days."""
    made = ("Bill", f"bill:{number}")
    given = {"number": number, "issued_on": issued, "amount": amount, "currency": currency}
    due = {"due_on": f"{issued[:5]}{int(issued[5:7]) + 1:02d}{issued[7:]}"}
    line = {"remaining_amount": amount, "tax_amount": 0}
    node = (made, given | due | line | values)
    return said(node, links=[("ON", made, ("BillingAccount", f"billing:{on}"), {})])


def charge(
    number: str, on: str, thing: Thing | None, amount: int, currency: str, **values: Any
) -> Record:
    """A line of a bill, for a product or a service."""
    made = ("Charge", f"charge:{number}")
    given = {"kind": "recurring", "amount": amount, "currency": currency, "contributory": True}
    links: Lines = [("HAS_CHARGE", ("Bill", f"bill:{on}"), made, {})]
    links += [("FOR", made, thing, {})] if thing else []
    return said((made, given | values), links=links)


def service(number: str, *countries: str, product: bool = True, **values: Any) -> Record:
    """A service with its sites, and the product of it."""
    made, had = ("Service", f"service:{number}"), ("Product", f"product:{number}")
    given = {"name": number, "state": "active", "operating_status": "running"}
    nodes = [(made, given | {"activated_on": "2024-01-01"} | values)]
    facts: Lines = []
    for code in countries:
        site = ("Site", f"site:{number}-{code}")
        nodes.append((site, {"country": code}))
        facts.append(("DELIVERED_AT", made, site, {}))
    links: Lines = []
    if product:
        nodes.append((had, {"price": 1_000, "currency": "EUR"}))
        facts.append(("REALIZED_BY", had, made, {}))
        links.append(("OF_OFFERING", had, ("ProductOffering", "offering:line"), {}))
    return said(*nodes, facts=facts, links=links)


def agreement(number: str, holder: str, *items: tuple[str, Record]) -> Record:
    """A contract of a customer role with lines, each for a product: `("S1", {"ends_on": ...})`."""
    made = ("Agreement", f"agreement:{number}")
    nodes: list[Node] = [(made, {"party_name": f"Paper {number}"})]
    facts: Lines = [("PARTY_TO", ("Customer", f"customer:{holder}"), made, {})]
    links: Lines = []
    for product, values in items:
        item = ("AgreementItem", f"item:{number}-{product}")
        terms = {"starts_on": "2024-01-01", "monthly_amount": 50_000, "currency": "EUR"}
        nodes.append((item, terms | values))
        facts.append(("GOVERNS", item, ("Product", f"product:{product}"), {}))
        links.append(("HAS_ITEM", made, item, {}))
    return said(*nodes, facts=facts, links=links)


def measure(of: str, month: str, value: float, target: float | None = 0.999) -> Record:
    """The availability of a service in a month."""
    made = ("ServiceMeasure", f"measure:{of}-{month}")
    given = {"metric": "availability", "month": month, "value": value, "target": target}
    links: Lines = [("MEASURED_IN", ("Service", f"service:{of}"), made, {})]
    return said((made, given | {"coverage": 1.0}), links=links)
