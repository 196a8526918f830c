"""More rules in plain Python: those that read services, sites and how they run."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from loaders.carrier.making.estate import REACH_M
from tests.loaders.carrier.oracles import Facts, Months


def renewal_on_degrading_service(facts: Facts, months: Months) -> set[str]:
    services = facts.world.services
    until = facts.day + timedelta(days=270)
    return {
        key
        for _, item in facts.current()
        if item.ends.at(facts.day) <= until and not facts.is_renewed(item)
        for key in item.services
        if months.is_degraded(services[key])
    }


def degraded_service_silent_customer(facts: Facts, months: Months) -> set[str]:
    since = facts.ago(60)
    talked = {one.entity for one in facts.world.interactions if since <= one.at.date() < facts.day}
    told = {one.service for one in facts.world.tickets if since <= one.opened_at.date() < facts.day}
    return {
        service.key
        for service in facts.world.services.values()
        if months.is_degraded(service) and service.entity not in talked and service.key not in told
    }


def service_credit_owed_not_issued(facts: Facts, months: Months) -> set[str]:
    found = set()
    for _, item in facts.current():
        for key in item.services:
            credited = any(reason == "service_level" for _, _, reason in facts.charged.get(key, ()))
            missed = months.below(facts.world.services[key]) >= 2
            if item.credit_share > 0 and missed and not credited:
                found.add(key)
    return found


def circuit_nears_capacity(facts: Facts, months: Months) -> set[str]:
    upgraded = facts.ordered("modify")
    return {
        key
        for key, peak in months.peak.items()
        if peak.get(1, 0) > 0.8 and peak.get(2, 0) > 0.8
        and months.covered[key] >= 0.9 and key not in upgraded
    }  # fmt: skip


def circuits_bought_far_too_large(facts: Facts, months: Months) -> set[str]:
    idle: dict[str, int] = defaultdict(int)
    for key, peak in months.peak.items():
        service = facts.world.services[key]
        if service.role == "primary" and service.activated_on < facts.ago(180):
            idle[facts.account(service.entity)] += all(peak.get(one, 1) < 0.3 for one in (1, 2, 3))
    return {account for account, count in idle.items() if count >= 3}


def same_service_priced_apart_in_family(facts: Facts, months: Months) -> set[str]:
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for service in facts.world.services.values():
        if facts.is_live(service) and service.access_kind:
            country = facts.world.sites[service.site].city.country
            like = (
                facts.account(service.entity),
                service.offering,
                country,
                service.bandwidth_band,
                service.access_kind,
                service.service_level,
                service.currency,
            )
            alike[like].append(service.price.at(facts.day))
    return {
        like[0] for like, paid in alike.items() if len(paid) >= 3 and max(paid) > 1.15 * min(paid)
    }


def tenant_of_on_net_building_not_served(facts: Facts, months: Months) -> set[str]:
    taken = {one.site for one in facts.world.services.values()} | facts.pursued()
    return {
        site.key
        for site in facts.world.sites.values()
        if site.on_net_since <= facts.day and site.opened_on <= facts.day < site.closed_on
        and site.key not in taken
    }  # fmt: skip


def new_site_without_our_service(facts: Facts, months: Months) -> set[str]:
    taken = {one.site for one in facts.world.services.values()} | facts.pursued()
    return {
        one.site
        for one in facts.world.occupancies
        if facts.ago(90) <= one.begins <= facts.day
        and facts.world.sites[one.site].kind != "registered_office"
        and facts.world.sites[one.site].pop_distance_m <= REACH_M
        and one.site not in taken
    }


def rented_access_can_move_on_net(facts: Facts, months: Months) -> set[str]:
    until = facts.day + timedelta(days=270)
    return {
        one.key
        for one in facts.world.services.values()
        if facts.is_live(one) and one.access_kind == "off_net"
        and facts.world.sites[one.site].on_net_since <= facts.day
        and one.supplier_ends_on is not None and one.supplier_ends_on <= until
    }  # fmt: skip


def service_ceases_before_replacement_is_ready(facts: Facts, months: Months) -> set[str]:
    open_orders = [
        one for one in facts.world.orders.values() if one.status.at(facts.day) in ("inProgress",)
    ]
    ready = {one.replaces: one.committed_on.at(facts.day) for one in open_orders if one.replaces}
    return {
        one.service
        for one in open_orders
        if one.action == "delete" and one.service in ready
        and ready[one.service] > one.committed_on.at(facts.day)
    }  # fmt: skip


def diverse_pair_shares_a_path(facts: Facts, months: Months) -> set[str]:
    services, found = facts.world.services, set()
    for one in services.values():
        other = services.get(one.diverse_from)
        if other and set(one.route.at(facts.day)) & set(other.route.at(facts.day)):
            found.add(min(one.key, other.key))
    return found


def arrears_or_disputes_accumulate(facts: Facts, months: Months) -> set[str]:
    late: dict[str, int] = defaultdict(int)
    for bill in facts.world.bills:
        if bill.issued_on <= facts.day and bill.due_on < facts.ago(30):
            late[bill.account] += bill.remaining.at(facts.day) > 100
    found = set()
    for key, count in late.items():
        account = facts.world.billing_accounts[key]
        excused = account.payment_plan_on is not None or account.unapplied.at(facts.day) > 0
        if count >= 3 and not excused:
            found.add(facts.account(account.entity))
    disputed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for dispute in facts.world.disputes:
        for place, begins in enumerate((3, 6)):
            if facts.back(begins) <= dispute.opened_on < facts.back(begins - 3):
                disputed[dispute.account][place] += 1
    for key, (recent, prior) in disputed.items():
        if recent >= 3 and recent >= 1.5 * prior:
            found.add(facts.account(facts.world.billing_accounts[key].entity))
    return found
