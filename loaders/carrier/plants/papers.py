"""What paper says of services: those of a case are on it, and of some nobody has it."""

from __future__ import annotations

from dataclasses import replace

from loaders.carrier.making.draft import Draft
from loaders.carrier.world.happening import Plant
from loaders.carrier.world.timeline import always

PAPER_LOST = "paper lost"
"""Case of a service whose paper nobody has; the dirt `service_without_contract`."""


def write_papers(draft: Draft) -> None:
    """Put on paper what the cases put under an item: the service, and what it costs a month.

    One that is not delivered on day 0 comes to be on paper later than the thirty days.
    """
    listed = {
        key
        for agreement in draft.agreements.values()
        for item in agreement.items
        for key in item.services
    }
    for service in sorted(draft.services.values(), key=lambda one: one.activated_on):
        held = None if service.key in listed else draft.items(service)
        if held is None or service.activated_on > draft.today:
            continue
        agreement, item = held
        begins = max(service.activated_on, item.begins)
        monthly = item.monthly_amount
        price = service.price.at(begins) if service.currency == item.currency else 0
        added = monthly.at(begins) + price
        longer = replace(
            item,
            services=(*item.services, service.key),
            monthly_amount=always(added, item.begins)
            if begins == item.begins
            else monthly.then(begins, added),
        )
        items = tuple(longer if one.key == item.key else one for one in agreement.items)
        draft.agreements[agreement.key] = replace(agreement, items=items)


def lose_papers(draft: Draft) -> None:
    """Some services that run for long are on no paper: dirt, and a case for R43."""
    draw = draft.draw("lost papers")
    for service in list(draft.services.values()):
        if not draw.chance(draft.config.rates["service_without_contract"]):
            continue
        held = draft.items(service)
        if held is None or service.activated_on > draft.day(-100):
            continue
        agreement, item = held
        left = tuple(key for key in item.services if key != service.key)
        if not left or not service.billing_account.at(draft.today):
            continue
        monthly = sum(draft.services[key].price.at(draft.today) for key in left)
        kept = replace(item, services=left, monthly_amount=always(monthly, item.begins))
        items = tuple(kept if one.key == item.key else one for one in agreement.items)
        draft.agreements[agreement.key] = replace(agreement, items=items)
        draft.change(draft.services, service.key, item=always(""))
        region = draft.entities[service.entity].sales_region
        identity = {"product_id": service.key}
        needs = ("contracts", "inventory", f"billing_{region}")
        draft.plants.append(
            Plant("live_service_without_agreement", identity, PAPER_LOST, draft.today, None, needs)
        )
