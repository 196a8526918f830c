"""Cases for the rules on billing and on commitments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.carrier.making.billing import Extra
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.pipeline import add_order
from loaders.carrier.making.services import add_service
from loaders.carrier.plants.notes import Case
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.money import Dispute
from loaders.carrier.world.timeline import OPEN, Timeline


def overage_recurs(stage: Stage) -> None:
    """Overage on three of the last four bills."""
    for text, months in (
        ("fires", (3, 2, 1)),
        ("one event month", (2,)),
        ("upgrade ordered", (3, 2, 1)),
    ):
        case = stage.customer()
        price = stage.service(case).price.at(stage.today)
        for back in months:
            month = months_before(stage.today, back)
            extra = Extra(case.services[0], month, "overage", price // 5, "Burst above commit")
            stage.wishes.charge(case.billing, extra)
        if text == "upgrade ordered":
            add_order(
                stage.draft,
                stage.draw,
                stage.service(case),
                action="modify",
                ordered=stage.day(-18),
                done=stage.day(70),
                status="inProgress",
            )
        if text == "fires":
            stage.billed(case)
            stage.fires({"product_id": case.services[0]}, needs=("billing", "orders"))
        else:
            stage.spares(text, {"product_id": case.services[0]})


def arrears_or_disputes_accumulate(stage: Stage) -> None:
    """Bills since May are not paid; a payment on account covers the near miss."""
    for text in ("fires", "payment on account covers them", "payment plan agreed"):
        case = stage.customer(own=True, services=2)
        stage.wishes.unpaid_from[case.billing] = months_before(stage.today, 5)
        if text == "payment on account covers them":
            owed = 8 * 2 * stage.service(case).price.at(stage.today)
            stage.draft.change(
                stage.draft.billing_accounts,
                case.billing,
                unapplied=Timeline(((date.min, 0), (stage.day(-60), owed))),
            )
        if text == "payment plan agreed":
            stage.draft.change(
                stage.draft.billing_accounts, case.billing, payment_plan_on=stage.day(-25)
            )
        identity = {"account_id": case.account, "finding": "arrears"}
        if text == "fires":
            stage.billed(case)
            stage.fires(identity, needs=("billing",))
        else:
            stage.spares(text, identity)
    disputing = stage.customer(own=True, services=3)
    _dispute(stage, disputing)
    stage.billed(disputing)
    identity = {"account_id": disputing.account, "finding": "disputes"}
    stage.fires(identity, needs=("billing",), case="disputes of a quarter")


def _dispute(stage: Stage, case: Case) -> None:
    """Four disputes in the last closed quarter, one in the quarter before; named after billing."""
    for back, place in ((5, 0), (3, 0), (3, 1), (2, 0), (1, 1)):
        month = months_before(stage.today, back)
        stage.wishes.disputes.append((case.billing, month, case.services[place]))


def inventory_and_billing_disagree(stage: Stage) -> None:
    """Ceased and billed on; live, billed once, and not billed any more."""
    over = stage.customer(services=2)
    gone = months_before(stage.today, 3).replace(day=10)
    key = over.services[0]
    stage.set_service(key, ceased_on=gone, ceased_by="carrier", billed_to=OPEN)
    add_order(
        stage.draft,
        stage.draw,
        stage.draft.services[key],
        action="delete",
        ordered=months_before(stage.today, 4),
        done=gone,
    )
    stage.happens("leakage", {"service": key}, effective=gone, note="billed after its end")
    stage.billed(over)
    identity = {"product_id": key, "finding": "billed_not_active"}
    stage.fires(identity, needs=("billing", "inventory", "orders"))
    lost = stage.customer(services=2)
    key = lost.services[0]
    stage.set_service(key, billed_to=months_before(stage.today, 2))
    stage.happens(
        "leakage",
        {"service": key},
        effective=months_before(stage.today, 2),
        note="live and no longer billed",
    )
    stage.billed(lost)
    identity = {"product_id": key, "finding": "active_not_billed"}
    stage.fires(identity, needs=("billing", "inventory", "orders"), case="active, not billed")
    right = stage.customer(services=2)
    key = right.services[0]
    ended = months_before(stage.today, 2)
    stage.set_service(key, ceased_on=ended, ceased_by="carrier", billed_to=ended)
    stage.spares("ceased and no longer billed", {"product_id": key, "finding": "billed_not_active"})


def account_quietly_disconnecting(stage: Stage) -> None:
    """Three services of eight ceased at the customer's request in 60 days, one by one."""
    for text in ("fires", "migration to a new product", "lower price at renewal"):
        case = stage.customer(own=True, services=8, sites=8)
        if text == "lower price at renewal":
            for key in case.services:
                line = stage.draft.services[key].price
                cheap = round(line.at(stage.today) * 0.86)
                stage.set_service(key, price=line.then(months_before(stage.today, 1), cheap))
            _agree_on_prices(stage, case)
            stage.spares(text, {"account_id": case.account})
            continue
        for place, back in enumerate((55, 38, 6)):
            key = case.services[place]
            end = stage.day(-back)
            stage.set_service(key, ceased_on=end, ceased_by="customer", billed_to=end)
            add_order(
                stage.draft,
                stage.draw,
                stage.draft.services[key],
                action="delete",
                ordered=stage.day(-back - 30),
                done=end,
            )
            if text != "fires":
                _replaced(stage, case, key, end)
        if text == "fires":
            stage.billed(case)
            stage.fires({"account_id": case.account}, needs=("billing", "orders", "inventory"))
        else:
            stage.spares(text, {"account_id": case.account})


def _agree_on_prices(stage: Stage, case: Case) -> None:
    """The agreement says since last month what its services cost now."""
    held = stage.draft.agreements[case.agreement]
    since, items = months_before(stage.today, 1), []
    for item in held.items:
        prices = (stage.draft.services[key].price.at(stage.today) for key in item.services)
        items.append(replace(item, monthly_amount=item.monthly_amount.then(since, sum(prices))))
    stage.draft.agreements[case.agreement] = replace(held, items=tuple(items))


def _replaced(stage: Stage, case: Case, key: str, day: date) -> None:
    old = stage.draft.services[key]
    made = add_service(
        stage.draft,
        stage.draw,
        case.entity,
        stage.draft.sites[old.site],
        "O4",
        activated=day,
        bandwidth=500,
    )
    stage.set_service(made.key, item=old.item, billing_account=old.billing_account)
    add_order(stage.draft, stage.draw, stage.draft.services[made.key], replaces=key)


def delivered_and_never_billed(stage: Stage) -> None:
    """Works for 50 days and no bill has a charge for it."""
    for text in ("fires", "acceptance pending", "test service"):
        case = stage.customer(services=2)
        key = case.services[1]
        since = stage.day(-50)
        accepted = None if text == "acceptance pending" else since
        stage.set_service(
            key,
            activated_on=since,
            ordered_on=stage.day(-95),
            billed_from=OPEN,
            accepted_on=accepted,
            is_test=text == "test service",
        )
        add_order(stage.draft, stage.draw, stage.draft.services[key], ordered=stage.day(-95))
        if text == "fires":
            stage.happens("leakage", {"service": key}, effective=since, note="never billed")
            stage.billed(case)
            stage.fires({"product_id": key}, needs=("orders", "inventory", "billing"))
        else:
            stage.spares(text, {"product_id": key})


def discount_end_will_raise_bill(stage: Stage) -> None:
    """A quarter off ends in 60 days; later cases come within 90 days."""
    later = stage.soon()
    for text, ends in (("fires", 60), ("comes within 90 d", 90 + later), ("rise of 4%", 60)):
        case = stage.customer()
        key = case.services[0]
        price = stage.service(case).price.at(stage.today)
        off = price // 25 if text == "rise of 4%" else price // 3
        end = stage.day(ends)
        stage.wishes.discounts[key] = (off, end)
        line = stage.service(case).price
        stage.set_service(key, price=line.then(end, price + off))
        stage.happens("bill_rise", {"service": key}, effective=end)
        identity = {"product_id": key, "discount_ends_on": end.isoformat()}
        stage.billed(case)
        if text == "rise of 4%":
            stage.spares(text, identity)
        else:
            since = stage.day(later) if ends > 90 else None
            stage.fires(identity, since=since, needs=("billing", "contracts"), case=text)


def add_disputes(stage: Stage) -> None:
    """Open the disputes that were wished for, now that there are bills."""
    draft = stage.draft
    bills = {(bill.account, bill.begins): bill for bill in draft.bills.values()}
    for account, month, service in stage.wishes.disputes:
        bill = bills.get((account, month))
        if bill is None:
            continue
        charge = next(one for one in bill.charges if one.service == service)
        key = draft.key("d")
        draft.disputes[key] = Dispute(
            key,
            bill.key,
            account,
            charge.key,
            charge.amount // 4,
            bill.currency,
            "price",
            bill.issued_on.replace(day=26),
        )
        stage.happens("dispute", {"bill": bill.key}, effective=bill.issued_on.replace(day=26))
