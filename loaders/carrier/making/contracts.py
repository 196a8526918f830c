"""What is agreed: a master agreement for the family, order forms for the companies that buy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loaders.carrier.draw import Draw
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.draft import Draft
from loaders.carrier.world.contract import Agreement, Clause, Item
from loaders.carrier.world.service import Service
from loaders.carrier.world.timeline import always

QUIET_DAYS = 570
"""Nothing that is not planted ends before so many days after day 0: the longest look-ahead of a
rule is 540 days."""
PER_ITEM = 4

TEXTS = {
    "notice": "Either party may end this Agreement at the end of a term by giving {} days' notice "
    "in writing.",
    "auto_renewal": "Unless notice is given, the term is extended by twelve months.",
    "change_of_control": "If control of the Customer changes, the Carrier shall be told and the "
    "other party may end this Agreement within {} days.",
    "assignment": "Neither party may assign this Agreement without consent, save to an affiliate.",
    "divestiture": "A divested affiliate may continue to receive the Services for {} days.",
    "parity": "Affiliates of the Customer are given the same prices for the same services.",
    "benchmark": "In month 18 and month 30 the Customer may have the prices compared with the "
    "market.",
    "tech_refresh": "The Customer may move a Service to newer technology once in a term.",
    "service_termination": "The Customer may end a Service that misses its target {} times in six "
    "months.",
    "indexation": "Prices follow the consumer price index once a year.",
}  # fmt: skip


def add_agreements(draft: Draft, draw: Draw) -> None:
    """The master agreement at the root, and an order form for each company that buys."""
    if not draft.services_of:
        return
    master(draft, draw)
    for entity, keys in list(draft.services_of.items()):
        order_form(draft, draw, entity, [draft.services[key] for key in keys])


def master(draft: Draft, draw: Draw) -> Agreement:
    """The family's master agreement, with its clauses and without items."""
    key = draft.key("g")
    begins = months_before(draft.today, draw.number(10, 20))
    clauses = tuple(
        clause(draft, key, kind, place)
        for place, kind in enumerate(("notice", "auto_renewal", "assignment", "parity"), start=1)
    )
    return put(
        draft, key, draft.roots[0], "master", begins, months_before(begins, -60), (), clauses
    )


def clause(draft: Draft, agreement: str, kind: str, place: int, **values: object) -> Clause:
    """A clause of a kind with its usual text; `values` are its other properties."""
    days = int(str(values.get("notice_days", 0))) or 90
    base: dict[str, object] = {
        "text": TEXTS[kind].format(days if kind != "service_termination" else 3),
        "span": f"section {place + 10}.{place}",
        "confidence": 0.95,
        "opens_on": None,
        "deadline_on": None,
        "notice_days": days if kind in ("notice", "change_of_control", "divestiture") else 0,
        "consent_before": False,
        "exempts_affiliates": kind in ("assignment", "change_of_control"),
        "threshold": 0,
        "window_months": 0,
        "exercised_on": None,
        "waived_on": None,
    }
    made: dict[str, object] = {**base, **values}
    return Clause(key=draft.key("c"), agreement=agreement, kind=kind, **made)  # type: ignore[arg-type]


def order_form(
    draft: Draft, draw: Draw, entity: str, services: Iterable[Service], *, ends: date | None = None
) -> Agreement:
    """An order form that governs these services; alike ones share an item."""
    key = draft.key("g")
    alike: dict[tuple[str, str], list[Service]] = {}
    for service in services:
        alike.setdefault((service.offering, service.currency), []).append(service)
    items = []
    for (offering, currency), group in alike.items():
        for start in range(0, len(group), PER_ITEM):
            chosen = group[start : start + PER_ITEM]
            items.append(item(draft, draw, key, offering, currency, chosen, ends))
    begins = min((one.begins for one in items), default=draft.day(-400))
    last = max((one.ends.at(draft.today) for one in items), default=draft.day(900))
    notice = (clause(draft, key, "notice", 1), clause(draft, key, "auto_renewal", 2))
    return put(draft, key, entity, "order_form", begins, last, tuple(items), notice)


def item(
    draft: Draft,
    draw: Draw,
    agreement: str,
    offering: str,
    currency: str,
    services: list[Service],
    ends: date | None = None,
    **values: object,
) -> Item:
    """One line of an agreement; the services are governed by it from its first day."""
    key = draft.key("i")
    begins = min(service.activated_on for service in services)
    last = ends or _quiet_end(draft, draw, begins)
    monthly = sum(service.price.at(draft.today) for service in services)
    base: dict[str, object] = {
        "begins": begins,
        "ends": always(last, begins),
        "notice_days": 90,
        "auto_renew": True,
        "renewal_months": 12,
        "monthly_amount": always(monthly, begins),
        "early_termination_share": 0.6,
        "credit_share": 0.1,
        "renews": "",
    }
    keys = tuple(service.key for service in services)
    made = Item(key=key, agreement=agreement, services=keys, offering=offering,
                currency=currency, **{**base, **values})  # type: ignore[arg-type]  # fmt: skip
    for service in services:
        draft.change(draft.services, service.key, item=always(key, begins))
    draft.agreement_of[key] = agreement
    return made


def put(
    draft: Draft,
    key: str,
    entity: str,
    kind: str,
    begins: date,
    ends: date,
    items: tuple[Item, ...],
    clauses: tuple[Clause, ...],
) -> Agreement:
    """Add an agreement that is signed and in force."""
    name = draft.entities[entity].names.at(draft.today).latin
    agreement = Agreement(
        key=key,
        number=f"MSA-{key[1:]}" if kind == "master" else f"OF-{key[1:]}",
        entity=entity,
        party_name=always(name, begins),
        kind=kind,
        status=always("approved", begins),
        signed_on=begins,
        begins=begins,
        ends=always(ends, begins),
        notice_days=90,
        auto_renew=True,
        renewal_months=12,
        notice_given_on=None,
        decision=always(""),
        credit_claim_days=60,
        separate_tender=False,
        supersedes="",
        items=items,
        clauses=clauses,
        commitments=(),
    )
    draft.agreements[key] = agreement
    return agreement


def _quiet_end(draft: Draft, draw: Draw, begins: date) -> date:
    """An end far enough away that no rule looks at it: whole terms of three years."""
    day = months_before(begins, -36 * draw.number(1, 2))
    while (day - draft.today).days < QUIET_DAYS:
        day = months_before(day, -36)
    return day
