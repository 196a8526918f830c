"""Cases for the rules on commitments."""

from __future__ import annotations

from loaders.carrier.making.billing import commit
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.customers import add_billing_account
from loaders.carrier.making.pipeline import add_order
from loaders.carrier.making.services import add_service
from loaders.carrier.plants.notes import Case
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import always


def _committed(
    stage: Stage,
    ratio: float,
    *,
    begins: int,
    months: int = 12,
    kind: str = "MARC",
    services: int = 3,
) -> tuple[Case, str]:
    """A customer with a commitment that its steady bills meet by a ratio."""
    case = stage.customer(own=True, services=services, activated=stage.day(-600))
    monthly = sum(stage.service(case, one).price.at(stage.today) for one in range(services))
    since = months_before(stage.today, begins)
    made = commit(
        stage.draft,
        case.agreement,
        [case.billing],
        round(monthly * months / ratio),
        stage.service(case).currency,
        since,
        months=months,
        kind=kind,
    )
    stage.billed(case)
    return case, made.key


def spend_runs_above_commitment(stage: Stage) -> None:
    """Bills run at 1.35 of what was promised; an installation fee is no spend."""
    _, key = _committed(stage, 1.35, begins=8)
    since = months_before(stage.today, 8).isoformat()
    identity = {"commitment_id": key, "period_from": since}
    stage.fires(identity, needs=("billing", "contracts"))
    _, near = _committed(stage, 1.06, begins=8)
    stage.spares("runs at 1.06", {"commitment_id": near, "period_from": since})


def commitment_will_fall_short(stage: Stage) -> None:
    """Bills run at 0.80 of what was promised, 120 days are left."""
    _, key = _committed(stage, 0.80, begins=8)
    since = months_before(stage.today, 8).isoformat()
    stage.happens("commitment_short", {"commitment": key}, effective=months_before(stage.today, -4))
    stage.fires(
        {"commitment_id": key, "period_from": since}, needs=("billing", "contracts", "orders")
    )
    case, near = _committed(stage, 0.90, begins=8)
    site = stage.draft.sites[case.sites[0]]
    made = add_service(stage.draft, stage.draw, case.entity, site, "O5", activated=stage.day(20))
    first = stage.service(case)
    stage.set_service(made.key, item=first.item, billing_account=first.billing_account)
    add_order(
        stage.draft,
        stage.draw,
        stage.draft.services[made.key],
        ordered=stage.day(-40),
        done=stage.day(20),
    )
    stage.spares("accepted orders close the gap", {"commitment_id": near, "period_from": since})


def commitment_met_before_term_end(stage: Stage) -> None:
    """Met three months early, and the circuits are free then; bound ones are no case."""
    case, key = _committed(stage, 1.35, begins=8)
    stage.set_items(case, early_termination_share=0.0)
    since = months_before(stage.today, 8).isoformat()
    stage.happens("commitment_early", {"commitment": key}, effective=stage.day(20))
    stage.fires({"commitment_id": key, "period_from": since}, needs=("billing", "contracts"))
    bound, near = _committed(stage, 1.04, begins=8)
    stage.set_items(bound, early_termination_share=0.0)
    stage.spares("met 20 d early", {"commitment_id": near, "period_from": since})


def surplus_and_shortfall_in_one_family(stage: Stage) -> None:
    """One commitment is overshot, another missed, in one family and currency."""
    for text in ("fires", "different currencies"):
        case, over = _committed(stage, 1.20, begins=8)
        monthly = 3 * stage.service(case).price.at(stage.today)
        currency = stage.service(case).currency
        other = "EUR" if currency == "USD" else "USD"
        short = _sister(stage, case, monthly, currency if text == "fires" else other)
        identity = {"short_commitment_id": short, "over_commitment_id": over}
        if text == "fires":
            stage.fires(identity, needs=("billing", "contracts"))
            continue
        stage.spares(text, identity)
        since = months_before(stage.today, 8).isoformat()
        for rule, found in (
            ("spend_runs_above_commitment", over),
            ("commitment_will_fall_short", short),
        ):
            stage.fires(
                {"commitment_id": found, "period_from": since},
                rule=rule,
                needs=("billing", "contracts"),
                case="alone, as no pool is possible",
            )


def _sister(stage: Stage, case: Case, monthly: int, currency: str) -> str:
    """A second account of the same company with a commitment at 0.83."""
    entity = stage.draft.entities[case.entity]
    account = add_billing_account(stage.draft, stage.draw, entity, currency)
    site = stage.draft.sites[case.sites[0]]
    made = add_service(
        stage.draft, stage.draw, case.entity, site, "O4", activated=stage.day(-600), bandwidth=500
    )
    price = round(monthly * 0.83)
    stage.set_service(
        made.key,
        price=always(price, made.activated_on),
        currency=currency,
        item=stage.service(case).item,
        billing_account=always(account.key, made.activated_on),
    )
    since = months_before(stage.today, 8)
    return commit(
        stage.draft, case.agreement, [account.key], round(price * 12 / 0.83), currency, since
    ).key
