"""Which rules have cases, which have none and why."""

from __future__ import annotations

from collections.abc import Callable

from loaders.carrier.making.billing import Wishes
from loaders.carrier.making.draft import Draft
from loaders.carrier.plants import (
    billing,
    commercial,
    commitment,
    deals,
    divestment,
    footprint,
    pipeline,
    renewal,
    renewed,
    service,
    traffic,
)
from loaders.carrier.plants.life import live
from loaders.carrier.plants.money import talk_of_money
from loaders.carrier.plants.stage import Stage

PLANTED: tuple[Callable[[Stage], None], ...] = (
    deals.acquired_company_in_reach_of_our_network,
    deals.deal_announced_in_family,
    divestment.divested_company_served_under_former_parent,
    deals.two_customers_become_one,
    deals.control_clause_touched_by_deal,
    footprint.new_site_without_our_service,
    footprint.headquarters_moves_to_another_city,
    footprint.customer_renamed_papers_outdated,
    footprint.ended_company_still_billed,
    footprint.customer_in_financial_distress,
    footprint.tenant_of_on_net_building_not_served,
    renewal.renewal_on_degrading_service,
    renewal.contract_ends_without_renewal_opportunity,
    renewal.notice_deadline_without_decision,
    renewal.billed_past_contract_end,
    renewal.contracts_can_be_co_terminated,
    renewal.live_service_without_agreement,
    renewal.product_retires_by_contract_end,
    commitment.spend_runs_above_commitment,
    commitment.commitment_will_fall_short,
    commitment.commitment_met_before_term_end,
    commitment.surplus_and_shortfall_in_one_family,
    service.service_credit_owed_not_issued,
    service.service_fails_repeatedly,
    service.critical_site_on_single_access,
    service.degraded_service_silent_customer,
    service.diverse_pair_shares_a_path,
    service.service_ceases_before_replacement_is_ready,
    service.failures_give_right_to_terminate,
    traffic.circuit_nears_capacity,
    traffic.circuits_bought_far_too_large,
    traffic.rented_access_can_move_on_net,
    traffic.traffic_moves_away_before_contract_end,
    billing.overage_recurs,
    billing.arrears_or_disputes_accumulate,
    billing.inventory_and_billing_disagree,
    billing.account_quietly_disconnecting,
    billing.delivered_and_never_billed,
    billing.discount_end_will_raise_bill,
    commercial.same_service_priced_apart_in_family,
    commercial.benchmark_or_refresh_clause_opens,
    commercial.price_above_market_before_renewal,
    pipeline.coverage_missing_or_doubled,
    pipeline.pipeline_below_expiring_value,
    pipeline.quote_is_stalling,
    pipeline.discount_outside_authority,
    commercial.price_gap_between_merging_families,
    pipeline.quote_where_capacity_is_short,
    pipeline.competitor_contract_nears_end,
)
"""Each is named as its rule."""

MORE: dict[str, tuple[Callable[[Stage], None], ...]] = {
    "contract_ends_without_renewal_opportunity": (renewed.contract_moves_in_the_thirty_days,)
}
"""Further cases of a rule."""

NOT_PLANTED = {
    "siblings_use_what_this_company_lacks": "offerings are spread over siblings by chance: any "
    "family may fire, so neither firing nor silence is wrong",
    "two_records_may_be_one_customer": "needs the score of a matching model, which is not the "
    "world's to state; identity-*.csv says which records are one company",
    "account_seen_through_stale_source": "follows from the outage of billing_apac (carrier.json) "
    "and not from a case",
    "sources_disagree_on_contract_end": "only the contracts system tells when an item ends",
}
"""Rules of the catalogue without cases -> why."""


def plant(draft: Draft, used: set[str], wishes: Wishes) -> None:
    """Plant the rules whose turn it is in this cluster, then let life go on."""
    every = draft.config.size.plant_every
    for place, cases in enumerate(PLANTED):
        if (draft.number + place) % every == 0:
            name = cases.__name__
            cases(Stage(draft, draft.draw(f"plant {name}"), used, wishes, name))
            for extra in MORE.get(name, ()):
                extra(Stage(draft, draft.draw(f"plant {extra.__name__}"), used, wishes, name))
    footprint.seasonal(Stage(draft, draft.draw("seasonal"), used, wishes, ""))
    live(Stage(draft, draft.draw("life"), used, wishes, ""))
    talk_of_money(Stage(draft, draft.draw("money"), used, wishes, ""))
