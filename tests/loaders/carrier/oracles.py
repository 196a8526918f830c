"""Rules of the catalogue in plain Python over the world: what must fire, found another way.

Each takes the facts of a cluster on a day and gives the subjects that the rule's *Holds* names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from loaders.carrier.config import Config
from loaders.carrier.making.carrier import carrier
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.seeing.telemetry import Probes
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.contract import Agreement, Item
from loaders.carrier.world.service import Service

OPEN_ORDERS = ("acknowledged", "inProgress", "held")
SPENT = ("recurring", "usage", "overage", "credit")


class Facts:
    """What the rules read of one cluster, on one day."""

    def __init__(self, config: Config, world: Cluster, day: date) -> None:
        self.config, self.world, self.day = config, world, day
        self.carrier = carrier(config)
        self.month = day.replace(day=1)
        self.charged: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
        """Service -> month, kind, reason of its charges on bills issued by the day."""
        for bill in world.bills:
            if bill.issued_on <= day:
                for line in bill.charges:
                    self.charged[line.service].append((line.begins, line.kind, line.reason))

        self.renewed = {
            item.renews
            for agreement in world.agreements.values()
            if agreement.signed_on is not None and agreement.signed_on <= day
            for item in agreement.items
        }

    def back(self, months: int) -> date:
        return months_before(self.month, months)

    def ago(self, days: int) -> date:
        return self.day - timedelta(days=days)

    def is_live(self, service: Service) -> bool:
        return service.activated_on <= self.day < service.ceased_on

    def current(self) -> Iterator[tuple[Agreement, Item]]:
        for agreement in self.world.agreements.values():
            for item in agreement.items:
                if item.begins <= self.day < item.ends.at(self.day):
                    yield agreement, item

    def is_renewed(self, item: Item) -> bool:
        return item.key in self.renewed

    def ordered(self, action: str) -> set[str]:
        return {
            order.service
            for order in self.world.orders.values()
            if order.action == action and order.status.at(self.day) in OPEN_ORDERS
            and order.ordered_at.date() <= self.day
        }  # fmt: skip

    def pursued(self) -> set[str]:
        """Items and sites on which somebody works."""
        found: set[str] = set()
        for one in self.world.opportunities.values():
            if one.created_on <= self.day and one.stage.at(self.day) not in ("won", "lost"):
                found |= {*one.items, one.site}
        return found

    def recurring(self, service: str, since: date) -> bool:
        charges = self.charged.get(service, ())
        return any(kind == "recurring" and begins >= since for begins, kind, _ in charges)

    def account(self, entity: str) -> str:
        key = self.world.entities[entity].account.at(self.day)
        while key and self.world.accounts[key].parent:
            key = self.world.accounts[key].parent
        return key


class Months:
    """Monthly availability and peak load of each service, from the daily measures."""

    def __init__(self, config: Config, world: Cluster) -> None:
        probes = Probes(world)
        keys = dict(zip(probes.ids, (one.key for one in probes.services), strict=True))
        self.available: dict[str, dict[int, float]] = defaultdict(dict)
        self.peak: dict[str, dict[int, float]] = defaultdict(dict)
        self.covered: dict[str, float] = defaultdict(lambda: 1.0)
        for back in range(6, 0, -1):
            first, after = (months_before(config.day_zero, one) for one in (back, back - 1))
            days = (after - first).days
            lost: dict[str, float] = defaultdict(float)
            for offset in range(days):
                found = probes.on(first + timedelta(days=offset))
                for place, native in enumerate(found.services):
                    key = keys[native]
                    excused = found.excused_minutes[place] / 1440
                    lost[key] += 1 - found.availability[place] - excused
                    load = float(found.utilisation_p95[place])
                    self.peak[key][back] = max(load, self.peak[key].get(back, 0))
                    self.covered[key] = min(self.covered[key], float(found.coverage[place]))
            for key, minutes in lost.items():
                self.available[key][back] = 1 - minutes / days

    def below(self, service: Service) -> int:
        """In how many of the last three months it was below its target."""
        found = self.available.get(service.key, {})
        return sum(found.get(back, 1) < service.target for back in (1, 2, 3))

    def is_degraded(self, service: Service) -> bool:
        found = self.available.get(service.key, {})
        if len(found) < 6 or self.covered[service.key] < 0.9:
            return False
        recent, prior = (sum(found[back] for back in three) / 3 for three in ((1, 2, 3), (4, 5, 6)))
        return prior - recent >= 0.0005 and self.below(service) >= 2


def contract_ends_without_renewal_opportunity(facts: Facts) -> set[str]:
    pursued, leaving = facts.pursued(), facts.ordered("delete")
    until = facts.day + timedelta(days=365)
    return {
        item.key
        for _, item in facts.current()
        if item.ends.at(facts.day) <= until
        and not facts.is_renewed(item)
        and item.key not in pursued
        and not leaving & set(item.services)
    }


def notice_deadline_without_decision(facts: Facts) -> set[str]:
    found = set()
    for agreement in facts.world.agreements.values():
        ends = agreement.ends.at(facts.day)
        closes = ends - timedelta(days=agreement.notice_days)
        given = agreement.notice_given_on
        decided = agreement.decision.at(facts.day) or (given is not None and given <= facts.day)
        renewed = any(facts.is_renewed(item) for item in agreement.items)
        if facts.day <= closes <= facts.day + timedelta(days=45) and not decided and not renewed:
            found.add(agreement.key)
    return found


def billed_past_contract_end(facts: Facts) -> set[str]:
    return {
        key
        for agreement in facts.world.agreements.values()
        for item in agreement.items
        if item.ends.at(facts.day) < facts.ago(30) and not item.auto_renew
        and not facts.is_renewed(item)
        for key in item.services
        if facts.is_live(facts.world.services[key])
        and facts.recurring(key, item.ends.at(facts.day) + timedelta(days=30))
    }  # fmt: skip


def live_service_without_agreement(facts: Facts) -> set[str]:
    return {
        service.key
        for service in facts.world.services.values()
        if facts.is_live(service)
        and service.activated_on < facts.ago(60)
        and not any(item for _, item in service.item.steps)
        and facts.recurring(service.key, facts.back(1))
    }


def product_retires_by_contract_end(facts: Facts) -> set[str]:
    leaving = facts.ordered("delete")
    return {
        item.key
        for _, item in facts.current()
        if facts.carrier.offerings[item.offering].retires_on
        < item.ends.at(facts.day) + timedelta(days=365)
        and item.ends.at(facts.day) <= facts.day + timedelta(days=540)
        and not facts.is_renewed(item)
        and not leaving & set(item.services)
    }


def delivered_and_never_billed(facts: Facts) -> set[str]:
    return {
        service.key
        for service in facts.world.services.values()
        if facts.is_live(service)
        and service.activated_on < facts.ago(30)
        and service.accepted_on is not None
        and not service.is_test
        and service.key not in facts.charged
    }


def inventory_and_billing_disagree(facts: Facts) -> set[str]:
    found = set()
    for service in facts.world.services.values():
        if facts.is_live(service):
            billed_once = facts.recurring(service.key, date.min)
            if billed_once and not facts.recurring(service.key, facts.back(2)):
                found.add(service.key)
        elif service.ceased_on <= facts.day:
            since = max(service.ceased_on, facts.back(2))
            if facts.recurring(service.key, since):
                found.add(service.key)
    return found


def overage_recurs(facts: Facts) -> set[str]:
    upgraded = facts.ordered("modify")
    return {
        key
        for key, charges in facts.charged.items()
        if sum(kind == "overage" and begins >= facts.back(4) for begins, kind, _ in charges) >= 3
        and key not in upgraded
    }


def service_fails_repeatedly(facts: Facts) -> set[str]:
    causes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for ticket in facts.world.tickets:
        if ticket.kind == "fault" and facts.ago(90) <= ticket.opened_at.date() < facts.day:
            causes[ticket.service, ticket.root_cause].add(ticket.incident or ticket.key)
    return {service for (service, _), alike in causes.items() if len(alike) >= 3}


def quote_is_stalling(facts: Facts) -> set[str]:
    return {
        quote.key
        for quote in facts.world.quotes.values()
        if quote.created_on <= facts.day
        and quote.state.at(facts.day) in ("pending", "inProgress")
        and quote.state.since(facts.day) < facts.ago(7)
    }


def discount_outside_authority(facts: Facts) -> set[str]:
    return {
        line.key
        for quote in facts.world.quotes.values()
        for line in quote.items
        if line.discount > 0.30 and line.exception_approved_on is None
    }
