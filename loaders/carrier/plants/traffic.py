"""Cases for the rules on capacity and traffic."""

from __future__ import annotations

from datetime import timedelta

from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.pipeline import add_order
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import Timeline, always

DEGRADED = ("telemetry", "inventory", "tickets")


def circuit_nears_capacity(stage: Stage) -> None:
    """Above 80% in business hours for two months."""
    for text in ("fires", "upgrade ordered", "coverage 0.6"):
        case = stage.customer(bandwidth=200)
        since = months_before(stage.today, 3)
        stage.set_health(
            case.services[0], load=Timeline(((since, 0.74), (since + timedelta(30), 0.88)))
        )
        if text == "upgrade ordered":
            add_order(
                stage.draft,
                stage.draw,
                stage.service(case),
                action="modify",
                ordered=stage.day(-20),
                done=stage.day(60),
                status="inProgress",
            )
        if text == "coverage 0.6":
            stage.set_health(case.services[0], coverage=always(0.6))
        if text == "fires":
            stage.fires(
                {"service_id": case.services[0]}, needs=("telemetry", "inventory", "orders")
            )
        else:
            stage.spares(text, {"service_id": case.services[0]})


def circuits_bought_far_too_large(stage: Stage) -> None:
    """Four circuits at 12% for long; two are not enough, a backup does not count."""
    for text, count in (("fires", 4), ("two circuits only", 2), ("backup legs", 4)):
        case = stage.customer(own=True, services=count, sites=count, offering="O4")
        for key in case.services:
            stage.set_health(key, load=always(0.12))
            if text == "backup legs":
                stage.set_service(key, role="backup")
        if text == "fires":
            stage.fires({"account_id": case.account}, needs=("telemetry", "inventory", "contracts"))
        else:
            stage.spares(text, {"account_id": case.account})


def rented_access_can_move_on_net(stage: Stage) -> None:
    """Rented access in a building that our network has reached; the lease ends in time."""
    for text, ends in (("fires", 200), ("lease runs 30 months", 900)):
        case = stage.customer()
        lit = stage.day(-140)
        stage.draft.change(stage.draft.sites, case.sites[0], on_net_since=lit)
        stage.set_service(
            case.services[0],
            access_kind="off_net",
            access_supplier="Tessaro Access",
            supplier_ends_on=stage.day(ends),
            supplier_notice_days=60,
        )
        if text == "fires":
            stage.fires({"service_id": case.services[0]}, needs=("inventory", "network", "orders"))
        else:
            stage.spares(text, {"service_id": case.services[0]})


def traffic_moves_away_before_contract_end(stage: Stage) -> None:
    """Five sites at a quarter of last spring; two sites are too few."""
    for text, count in (("fires", 5), ("two services only", 2)):
        case = stage.customer(own=True, services=count, sites=count, activated=stage.day(-700))
        for key in case.services:
            line = Timeline(((stage.day(-700), 0.55), (months_before(stage.today, 2), 0.13)))
            stage.set_health(key, load=line)
        if text == "fires":
            stage.fires({"account_id": case.account}, needs=("telemetry", "inventory", "orders"))
        else:
            stage.spares(text, {"account_id": case.account})
