"""What holds in the world on every day, whatever was drawn."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.carrier.config import Config, config_of
from loaders.carrier.making.cluster import cluster
from loaders.carrier.seeing.index import Index
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.timeline import OPEN, Timeline


def test_no_company_is_above_itself_on_any_day(indexes: list[Index], tiny: Config) -> None:
    for found in indexes:
        for number in range(tiny.last_day + 1):
            day = tiny.day(number)
            tops = {found.root(key, day) for key in found.cluster.entities}
            assert all(not found.parent(top, day) for top in tops)


def test_each_company_has_one_controlling_parent_at_most(
    indexes: list[Index], tiny: Config
) -> None:
    for found in indexes:
        for links in found.parents.values():
            for number in (0, 10, 20, tiny.last_day):
                day = tiny.day(number)
                assert sum(link.controlling and link.holds(day) for link in links) <= 1


def test_every_reference_leads_somewhere(worlds: list[Cluster]) -> None:
    for world in worlds:
        for service in world.services.values():
            assert service.site in world.sites
            assert service.entity in world.entities
            for _, account in service.billing_account.steps:
                assert account == "" or account in world.billing_accounts
        for agreement in world.agreements.values():
            assert agreement.entity in world.entities
            for item in agreement.items:
                assert set(item.services) <= set(world.services)
        for bill in world.bills:
            assert bill.account in world.billing_accounts
            assert {line.service for line in bill.charges} <= set(world.services)
        for happening in world.happenings:
            for role, key in happening.roles.items():
                if role in ("acquirer", "target", "predecessor", "successor", "subject"):
                    assert key in world.entities
        for opportunity in world.opportunities.values():
            assert opportunity.account in world.accounts
        for ticket in world.tickets:
            assert ticket.service in world.services


def test_intervals_are_in_order(worlds: list[Cluster]) -> None:
    for world in worlds:
        for entity in world.entities.values():
            assert entity.created_on < entity.ended_on
        for link in world.parents:
            assert link.begins < link.ends
        for service in world.services.values():
            assert service.ordered_on <= service.activated_on < service.ceased_on
        for agreement in world.agreements.values():
            for item in agreement.items:
                assert item.begins < item.ends.steps[0][1]
        for thing in [*world.entities.values(), *world.services.values()]:
            for name in thing.__slots__:
                line = getattr(thing, name)
                if isinstance(line, Timeline):
                    days = [day for day, _ in line.steps]
                    assert days == sorted(set(days)), (thing.key, name)


def test_bills_add_up(worlds: list[Cluster]) -> None:
    for world in worlds:
        for bill in world.bills:
            assert bill.amount == bill.tax + sum(line.amount for line in bill.charges)
            if bill.settled_on < OPEN:
                assert bill.remaining.at(bill.settled_on) == 0


def test_a_cluster_is_the_same_whatever_was_made_before(worlds: list[Cluster]) -> None:
    assert cluster(config_of("tiny"), 2) == worlds[1]


@settings(max_examples=8)
@given(seed=st.integers(2, 10_000))
def test_any_seed_gives_a_world_without_cycles(seed: int) -> None:
    config = config_of("tiny", seed)
    found = Index(cluster(config, 1))
    for key in found.cluster.entities:
        assert found.root(key, config.end) in found.cluster.entities
    assert {service.site for service in found.cluster.services.values()} <= set(found.cluster.sites)


@pytest.mark.parametrize(
    ("day", "value"),
    [("2026-01-01", "a"), ("2026-03-01", "b"), ("2026-04-30", "b"), ("2026-05-01", "c")],
)
def test_a_time_line_is_projected_on_a_day(day: str, value: str) -> None:
    line = Timeline(((date(2020, 1, 1), "a"), (date(2026, 3, 1), "b"), (date(2026, 5, 1), "c")))
    assert line.at(date.fromisoformat(day)) == value


def test_a_time_line_knows_what_is_past() -> None:
    line = Timeline(((date(2020, 1, 1), "a"), (date(2026, 3, 1), "b")))
    assert line.past(date(2026, 2, 28)) == ()
    assert line.past(date(2026, 3, 1)) == ((date(2020, 1, 1), date(2026, 3, 1), "a"),)
