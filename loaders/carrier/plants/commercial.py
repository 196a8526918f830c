"""Cases for the rules on prices, quotes and competitors."""

from __future__ import annotations

from dataclasses import replace

from loaders.carrier.making.catalogue import list_price
from loaders.carrier.making.contracts import clause
from loaders.carrier.plants.deals import announce
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import always


def reprice(stage: Stage, key: str, price: int) -> None:
    """Another price, from the beginning, also on the paper."""
    service = stage.draft.services[key]
    stage.set_service(key, price=always(price, service.activated_on))
    held = stage.draft.items(stage.draft.services[key])
    if held is None:
        return
    agreement, item = held
    monthly = sum(stage.draft.services[one].price.at(stage.today) for one in item.services)
    items = tuple(
        replace(one, monthly_amount=always(monthly, one.begins)) if one.key == item.key else one
        for one in agreement.items
    )
    stage.draft.agreements[agreement.key] = replace(agreement, items=items)


def same_service_priced_apart_in_family(stage: Stage) -> None:
    """Three alike services, one of them dearer by far; with two alike there is no case."""
    for text in ("fires", "one on third-party access"):
        case = stage.customer(own=True, country="DE", services=3, sites=3)
        for place, key in enumerate(case.services):
            stage.set_service(
                key,
                service_level="gold",
                target=0.9995,
                access_kind="on_net",
                access_supplier="",
                supplier_ends_on=None,
                supplier_cost=0,
            )
            price = stage.draft.services[key].price.at(stage.today)
            reprice(stage, key, round(price * (1.0, 1.03, 1.44)[place]))
        if text != "fires":
            stage.set_service(
                case.services[0],
                access_kind="off_net",
                access_supplier="Quillon Fibre",
                supplier_ends_on=stage.day(1500),
            )
        first = stage.service(case)
        identity = {
            "account_id": case.account,
            "offering_id": first.offering,
            "country_code": "DE",
            "bandwidth_band": first.bandwidth_band,
        }
        if text == "fires":
            stage.billed(case)
            stage.fires(identity, needs=("billing", "inventory", "contracts"))
        else:
            stage.spares(text, identity)


def benchmark_or_refresh_clause_opens(stage: Stage) -> None:
    """A benchmark right opens within 90 days, or comes within them."""
    later = stage.soon()
    for text, opens in (
        ("fires", 40),
        ("comes within 90 d", 90 + later),
        ("exercised last month", -40),
        ("confidence 0.5", 40),
    ):
        case = stage.customer()
        held = stage.draft.agreements[case.agreement]
        day = stage.day(opens)
        made = clause(
            stage.draft,
            held.key,
            "benchmark",
            9,
            opens_on=day,
            deadline_on=stage.day(opens + 90),
            confidence=0.5 if text == "confidence 0.5" else 0.95,
            exercised_on=stage.day(-20) if "exercised" in text else None,
        )
        stage.draft.agreements[held.key] = replace(held, clauses=(*held.clauses, made))
        identity = {"agreement_id": held.key, "clause_id": made.key, "opens_on": day.isoformat()}
        if text in ("fires", "comes within 90 d"):
            since = stage.day(later) if opens > 90 else None
            stage.billed(case)
            stage.fires(identity, since=since, needs=("billing",), case=text)
        else:
            stage.spares(text, identity)


def price_above_market_before_renewal(stage: Stage) -> None:
    """A price of 1.35 of the market, and the item ends in 300 days."""
    for text, ratio in (("fires", 1.35), ("at market price", 1.05), ("managed bundle", 1.35)):
        count = 2 if text == "managed bundle" else 1
        case = stage.customer(own=True, country="DE", ends=stage.day(300), services=count)
        service = stage.service(case)
        market = list_price(service.offering, "DE") * 0.716
        reprice(stage, service.key, round(market * ratio))
        stage.set_service(service.key, access_kind="on_net")
        if text == "managed bundle":
            stage.set_service(service.key, bundle=case.services[1])
        stage.renewal(case)
        identity = {"item_id": case.items[0]}
        if text == "fires":
            stage.billed(case)
            stage.fires(identity, needs=("contracts", "billing", "catalogue"))
        else:
            stage.spares(text, identity)


def price_gap_between_merging_families(stage: Stage) -> None:
    """Two families that become one pay differently for the same."""
    for text, ratio in (("fires", 1.45), ("prices alike", 1.05)):
        ours = stage.customer(country="NL", offering="O2", bandwidth=2000)
        theirs = stage.customer(own=True, country="NL", offering="O2", bandwidth=2000)
        for case in (ours, theirs):
            stage.set_service(
                case.services[0],
                service_level="gold",
                access_kind="on_net",
                access_supplier="",
                supplier_ends_on=None,
                supplier_cost=0,
            )
        price = stage.service(ours).price.at(stage.today)
        reprice(stage, theirs.services[0], round(price * ratio))
        target = stage.draft.entities[theirs.entity]
        announce(stage, target, announced=stage.day(-20), effective=stage.day(70))
        account = stage.family_account()
        left, right = sorted((account, theirs.account))
        pair = {"account_id": left, "other_account_id": right}
        identity = {
            **pair,
            "offering_id": "O2",
            "country_code": "NL",
            "bandwidth_band": stage.service(ours).bandwidth_band,
        }
        if text == "fires":
            stage.billed(ours)
            stage.fires(identity, needs=("billing", "inventory"))
        else:
            stage.spares(text, identity)
        stage.fires(pair, rule="two_customers_become_one", case="with a price gap")
        deal = {
            "account_id": account,
            "entity_id": stage.draft.roots[0],
            "counterparty_id": target.key,
        }
        stage.fires(deal, rule="deal_announced_in_family", case="with a price gap")
