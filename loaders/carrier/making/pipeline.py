"""What is being sold: opportunities, quotes, orders, and the talks with customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.making.catalogue import BANDS, list_price
from loaders.carrier.making.draft import Draft
from loaders.carrier.making.services import ACCESS, OVERLAY, add_service
from loaders.carrier.world.sales import Interaction, Opportunity, Order, Quote, QuoteItem, Stage
from loaders.carrier.world.service import Service
from loaders.carrier.world.timeline import Timeline, always

STAGES = ("prospecting", "qualification", "proposal", "negotiation")
PROBABILITY = {"prospecting": 0.1, "qualification": 0.25, "proposal": 0.5, "negotiation": 0.75,
               "won": 1.0, "lost": 0.0}  # fmt: skip
STEPS = ("acknowledged", "design", "access_ordered", "build", "test", "handover")
BLOCKERS = ("", "", "", "supplier_delay", "customer_not_ready", "permit")
TALKS = ("call", "meeting", "email")


def add_pipeline(draft: Draft, draw: Draw) -> None:
    """Open business and the talks with each customer."""
    for entity in list(draft.services_of):
        account = draft.entities[entity].account.at(draft.today)
        add_talks(draft, draw, entity, account)
        if not draw.chance(0.3):
            continue
        offering = draw.pick((*ACCESS, *OVERLAY))
        site = draw.pick(draft.sites_of[entity])
        made = add_opportunity(draft, draw, entity, offering=offering, site=site)
        if made.stage.at(draft.today) in ("proposal", "negotiation"):
            add_quote(draft, draw, made, offering, site)


def add_opportunity(
    draft: Draft,
    draw: Draw,
    entity: str,
    *,
    offering: str = "",
    site: str = "",
    items: tuple[str, ...] = (),
    kind: str = "new",
    amount: int = 0,
    stage: str = "",
    created: date | None = None,
    closes: date | None = None,
) -> Opportunity:
    """Open business with a company; it moves on a stage in the thirty days in one case of four."""
    key = draft.key("n")
    account = draft.accounts[draft.entities[entity].account.at(draft.today)]
    created = created or draft.day(-draw.number(20, 160))
    stage = stage or draw.pick(STAGES)
    line = always(stage, created)
    if stage in STAGES[:3] and draw.chance(0.25):
        later = STAGES[STAGES.index(stage) + 1]
        line = line.then(draft.day(draw.number(2, draft.config.last_day - 2)), later)
    country = draft.entities[entity].country
    if not amount and offering:
        amount = 9 * list_price(offering, country)
    named = draft.carrier.offerings[offering].name if offering else "Renewal"
    opportunity = Opportunity(
        key=key,
        name=f"{named} for {draft.entities[entity].trading_name}",
        account=account.key,
        entity=entity,
        kind=kind,
        stage=line,
        probability=Timeline(tuple((day, PROBABILITY[one]) for day, one in line.steps)),
        amount=amount,
        currency=_currency(draft, entity),
        close_on=always(closes or draft.day(draw.number(45, 200)), created),
        created_on=created,
        owner=account.owner.at(draft.today),
        site=site,
        items=items,
        offerings=(offering,) if offering else (),
        competitor="",
        competitor_ends_on=None,
        lost_reason="",
    )
    draft.opportunities[key] = opportunity
    return opportunity


def add_quote(
    draft: Draft,
    draw: Draw,
    opportunity: Opportunity,
    offering: str,
    site: str,
    *,
    state: str = "approved",
    since: date | None = None,
    valid_to: date | None = None,
    discount: float = 0.0,
    bandwidth: int = 0,
    promised: date | None = None,
    service: str = "",
) -> Quote:
    """A quote of one line; it waits with the customer, and is valid beyond the thirty days."""
    key = draft.key("q")
    speeds = BANDS[draft.carrier.offerings[offering].bandwidth_band]
    speed = bandwidth or draw.pick(speeds)
    listed = list_price(offering, draft.entities[opportunity.entity].country)
    share = discount or round(draw.between(0.08, 0.24), 2)
    created = since or draft.day(-draw.number(3, 18))
    seller = draft.carrier.sellers[opportunity.owner]
    line = QuoteItem(draft.key("u"), "modify" if service else "add", offering, site, service, speed,
                     round(listed * (1 - share)), listed, share, promised, None)  # fmt: skip
    waits = state in ("pending", "inProgress")
    asked = datetime.combine(created, time(9, 30), UTC)
    quote = Quote(
        key=key,
        number=f"Q-{draft.number:05d}-{key.partition('-')[2]}",
        version=1,
        opportunity=opportunity.key,
        entity=opportunity.entity,
        party_name=draft.entities[opportunity.entity].names.at(draft.today).latin,
        state=always(state, created),
        created_on=created,
        valid_to=always(valid_to or draft.day(draw.number(75, 120)), created),
        currency=opportunity.currency,
        seller=seller.key,
        approver=_lead(draft, seller.sales_region) if waits else "",
        requested_at=asked,
        approved_at=None if waits else asked + timedelta(days=1),
        items=(line,),
    )
    draft.quotes[key] = quote
    return quote


def _lead(draft: Draft, region: str) -> str:
    leads = (one for one in draft.carrier.sellers.values() if one.role == "region_lead")
    return next(one.name for one in leads if one.sales_region == region)


def _currency(draft: Draft, entity: str) -> str:
    keys = draft.services_of.get(entity)
    return draft.services[keys[0]].currency if keys else "EUR"


def add_talks(draft: Draft, draw: Draw, entity: str, account: str) -> None:
    """A talk every month or so, the last one within the last six weeks."""
    day = -draw.number(10, 40)
    while day <= draft.config.last_day:
        at = datetime.combine(draft.day(day), time(draw.number(8, 16), draw.number(0, 59)), UTC)
        draft.interactions.append(
            Interaction(draft.key("x"), account, entity, draw.pick(TALKS), at)
        )
        day += draw.number(22, 44)


def add_orders(draft: Draft, draw: Draw) -> None:
    """The orders that brought the younger services, and some that bring new ones these days."""
    for service in list(draft.services.values()):
        if service.activated_on >= draft.day(-300) and not service.order:
            add_order(draft, draw, service)
    for entity in list(draft.services_of):
        if draw.chance(0.08):
            site = draft.sites[draw.pick(draft.sites_of[entity])]
            day = draft.day(draw.number(2, draft.config.last_day + 20))
            made = add_service(draft, draw, entity, site, draw.pick(OVERLAY), activated=day)
            old = draft.services[draft.services_of[entity][0]]
            if old.currency == made.currency:
                held = old.billing_account.at(draft.today)
                draft.change(draft.services, made.key, billing_account=always(held, day))
            add_order(draft, draw, draft.services[made.key])


def add_order(
    draft: Draft,
    draw: Draw,
    service: Service,
    *,
    action: str = "add",
    ordered: date | None = None,
    done: date | None = None,
    committed: date | None = None,
    replaces: str = "",
    status: str = "",
) -> Order:
    """An order for a service, with its stages; open while its day has not come."""
    key = draft.key("r")
    done = done or service.activated_on
    ordered = ordered or done - timedelta(days=max(20, draw.number(25, 70)))
    length = max(6, (done - ordered).days)
    stages = tuple(
        Stage(
            name,
            datetime.combine(ordered + timedelta(days=length * place // 6), time(9), UTC),
            draw.pick(BLOCKERS) if 1 < place < 5 else "",
        )  # fmt: skip
        for place, name in enumerate(STEPS)
    )
    finished = datetime.combine(done, time(15), UTC)
    steps = [(ordered, "acknowledged"), (ordered + timedelta(days=3), "inProgress")]
    if status:
        steps[-1] = (steps[-1][0], status)
    else:
        stages = (*stages, Stage("completed", finished, ""))
        steps.append((done, "completed"))
    order = Order(
        key=key,
        number=f"ORD-{draft.number:05d}-{key.partition('-')[2]}",
        quote="",
        opportunity="",
        entity=service.entity,
        service=service.key,
        action=action,
        replaces=replaces,
        site=service.site,
        status=Timeline(tuple(steps)),
        ordered_at=datetime.combine(ordered, time(8, 15), UTC),
        committed_on=always(committed or done, ordered),
        completed_at=None if status else finished,
        stages=stages,
        monthly_amount=service.price.at(done),
        currency=service.currency,
    )
    draft.orders[key] = order
    if action == "add":
        draft.services[service.key] = replace(draft.services[service.key], order=key)
    return order
