"""Each rule, worked out from the world, fires for its planted cases and for nothing else."""

from __future__ import annotations

import pytest

from loaders.carrier.config import Config, config_of
from loaders.carrier.making.cluster import cluster
from loaders.carrier.plants.registry import NOT_PLANTED, PLANTED
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.contract import Commitment
from tests.loaders.carrier import oracles, oracles_service
from tests.loaders.carrier.oracles import SPENT, Facts, Months

SUBJECT = {
    "contract_ends_without_renewal_opportunity": "item_id",
    "notice_deadline_without_decision": "agreement_id",
    "billed_past_contract_end": "product_id",
    "live_service_without_agreement": "product_id",
    "product_retires_by_contract_end": "item_id",
    "delivered_and_never_billed": "product_id",
    "inventory_and_billing_disagree": "product_id",
    "overage_recurs": "product_id",
    "service_fails_repeatedly": "service_id",
    "quote_is_stalling": "quote_id",
    "discount_outside_authority": "quote_item_id",
}
MEASURED = {
    "renewal_on_degrading_service": "service_id",
    "degraded_service_silent_customer": "service_id",
    "service_credit_owed_not_issued": "service_id",
    "circuit_nears_capacity": "service_id",
    "circuits_bought_far_too_large": "account_id",
    "same_service_priced_apart_in_family": "account_id",
    "tenant_of_on_net_building_not_served": "site_id",
    "new_site_without_our_service": "site_id",
    "rented_access_can_move_on_net": "service_id",
    "service_ceases_before_replacement_is_ready": "service_id",
    "diverse_pair_shares_a_path": "service_id",
    "arrears_or_disputes_accumulate": "account_id",
}


@pytest.fixture(scope="module")
def more(worlds: list[Cluster]) -> list[tuple[Config, Cluster]]:
    """The clusters of tiny, and four of demo."""
    tiny, demo = config_of("tiny"), config_of("demo")
    return [(tiny, one) for one in worlds] + [(demo, cluster(demo, one)) for one in (5, 6, 7, 8)]


@pytest.fixture(scope="module")
def measured(more: list[tuple[Config, Cluster]]) -> list[tuple[Facts, Months]]:
    return [
        (Facts(config, world, config.day_zero), Months(config, world)) for config, world in more
    ]


def _open(facts: Facts, rule: str, column: str) -> set[str]:
    return {
        plant.identity[column]
        for plant in facts.world.plants
        if plant.rule == rule
        and plant.opens_on is not None
        and plant.opens_on <= facts.day
        and (plant.clears_on is None or facts.day < plant.clears_on)
    }


@pytest.mark.parametrize("rule", SUBJECT)
def test_only_planted_cases_fire_on_day_0(rule: str, more: list[tuple[Config, Cluster]]) -> None:
    met = 0
    for config, world in more:
        facts = Facts(config, world, config.day_zero)
        expected = _open(facts, rule, SUBJECT[rule])
        assert getattr(oracles, rule)(facts) == expected
        met += len(expected)
    assert met > 0


@pytest.mark.parametrize("rule", MEASURED)
def test_only_planted_cases_of_measured_rules_fire_on_day_0(
    rule: str, measured: list[tuple[Facts, Months]]
) -> None:
    met = 0
    for facts, months in measured:
        expected = _open(facts, rule, MEASURED[rule])
        assert getattr(oracles_service, rule)(facts, months) == expected
        met += len(expected)
    assert met > 0


@pytest.mark.parametrize("day", [7, 16, 30])
@pytest.mark.parametrize("rule", ["notice_deadline_without_decision", "quote_is_stalling"])
def test_what_time_brings_opens_and_clears_on_its_day(
    rule: str, day: int, more: list[tuple[Config, Cluster]]
) -> None:
    for config, world in more:
        facts = Facts(config, world, config.day(day))
        assert getattr(oracles, rule)(facts) == _open(facts, rule, SUBJECT[rule])


def test_commitments_of_no_case_are_met_as_planned(measured: list[tuple[Facts, Months]]) -> None:
    for facts, _ in measured:
        played = {value for plant in facts.world.plants for value in plant.identity.values()}
        for agreement in facts.world.agreements.values():
            for commitment in agreement.commitments:
                ratio = _attained(facts, commitment)
                if commitment.key not in played:
                    assert 0.97 < ratio < 1.12, commitment.key


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [("spend_runs_above_commitment", 1.15, 9.0), ("commitment_will_fall_short", 0.0, 0.95)],
)
def test_planted_commitments_are_over_and_under(
    rule: str, low: float, high: float, measured: list[tuple[Facts, Months]]
) -> None:
    met = 0
    for facts, _ in measured:
        held = {
            one.key: one for agreement in facts.world.agreements.values()
            for one in agreement.commitments
        }  # fmt: skip
        for key in _open(facts, rule, "commitment_id"):
            assert low <= _attained(facts, held[key]) < high
            met += 1
    assert met > 0


def _attained(facts: Facts, commitment: Commitment) -> float:
    """Spend so far, carried on to the end of the period, as a share of what was promised."""
    counted = {
        one.key
        for one in facts.world.billing_accounts.values()
        if commitment.key in one.commitments
    }
    spent = sum(
        line.amount
        for bill in facts.world.bills
        if bill.account in counted and commitment.begins <= bill.begins < facts.month
        for line in bill.charges
        if line.kind in SPENT
    )
    elapsed = (facts.month - commitment.begins).days
    return spent * (commitment.ends - commitment.begins).days / elapsed / commitment.amount


def test_each_rule_of_the_catalogue_is_planted_or_says_why_not() -> None:
    planted = {one.__name__ for one in PLANTED}
    assert len(planted) == len(PLANTED)
    assert planted & set(NOT_PLANTED) == set()
    assert len(planted) + len(NOT_PLANTED) == 53


def test_tiny_has_a_case_that_fires_and_one_that_must_not_for_each_rule(
    worlds: list[Cluster],
) -> None:
    fires = {plant.rule for world in worlds for plant in world.plants if plant.opens_on}
    spares = {plant.rule for world in worlds for plant in world.plants if not plant.opens_on}
    planted = {one.__name__ for one in PLANTED} - {"quote_where_capacity_is_short"}
    assert planted - fires == set()
    assert planted - spares == set()
