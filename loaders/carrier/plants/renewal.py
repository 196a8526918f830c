"""Cases for the rules on renewal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from loaders.carrier.making import contracts
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.faults import add_ticket
from loaders.carrier.making.pipeline import add_order
from loaders.carrier.plants.notes import Case
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.service import Outage
from loaders.carrier.world.timeline import OPEN, Timeline, always


def degrade(stage: Stage, case: Case, *, months: int = 3, minutes: float = 6.0) -> None:
    """A service that loses more and more in its last closed months; no credits are agreed."""
    key = case.services[0]
    stage.set_items(case, credit_share=0.0)
    today = stage.today
    steps = [(months_before(today, 24), 0.05)]
    for back in range(months, 0, -1):
        steps.append((months_before(today, back), minutes * (1 + 0.2 * (months - back))))
    steps.append((today, minutes * 0.5))
    stage.set_health(key, lost_minutes=Timeline(tuple(steps)))
    stage.set_service(
        key,
        service_level="silver",
        target=0.999,
        operating_status=Timeline(
            ((months_before(today, 24), "running"), (months_before(today, 1), "degraded"))
        ),
    )


def renewal_on_degrading_service(stage: Stage) -> None:
    """Ends within 270 days, availability below target in three months."""
    case = stage.customer(ends=stage.day(200))
    degrade(stage, case)
    stage.renewal(case)
    service = stage.service(case)
    stage.happens(
        "degradation",
        {"service": service.key},
        effective=months_before(stage.today, 3),
        note="availability falls",
    )
    stage.billed(case)
    identity = {"service_id": service.key, "item_id": case.items[0]}
    stage.fires(identity, needs=("contracts", "inventory", "telemetry", "tickets", "orders"))
    later = stage.soon()
    late = stage.customer(ends=stage.day(270 + later))
    degrade(stage, late)
    stage.renewal(late)
    identity = {"service_id": late.services[0], "item_id": late.items[0]}
    stage.fires(identity, since=stage.day(later), needs=("telemetry",), case="comes within 270 d")
    signed = stage.customer(ends=stage.day(200))
    degrade(stage, signed)
    renew(stage, signed)
    identity = {"service_id": signed.services[0], "item_id": signed.items[0]}
    stage.spares("renewed", identity)
    planned = stage.customer(ends=stage.day(200))
    work = tuple(_planned(stage, planned, months_before(stage.today, back)) for back in (3, 2, 1))
    stage.set_health(planned.services[0], outages=work)
    stage.renewal(planned)
    identity = {"service_id": planned.services[0], "item_id": planned.items[0]}
    stage.spares("loss is planned maintenance", identity)


def _planned(stage: Stage, case: Case, month: date) -> Outage:
    day = month.replace(day=11)
    add_ticket(stage.draft, stage.draw, stage.service(case), day, kind="planned_work", severity=3)
    return Outage(day, 200, True)


def renew(stage: Stage, case: Case, signed: int = -20) -> None:
    """A signed item carries the case's items on, from the day on which they end."""
    held = stage.draft.agreements[case.agreement]
    more = []
    for item in held.items:
        begins = item.ends.at(stage.today)
        more.append(
            replace(
                item,
                key=stage.draft.key("i"),
                begins=begins,
                renews=item.key,
                ends=always(begins + timedelta(days=1096), begins),
            )
        )
    stage.draft.agreements[case.agreement] = replace(held, items=(*held.items, *more))
    stage.happens(
        "renewal", {"agreement": held.key}, effective=stage.day(signed), completed=stage.day(signed)
    )


def contract_ends_without_renewal_opportunity(stage: Stage) -> None:
    """Ends within a year, nobody works on it; one case begins, one ends within the days."""
    needs = ("contracts", "crm_emea", "orders", "billing")
    case = stage.customer(ends=stage.day(240))
    stage.billed(case)
    stage.fires({"item_id": case.items[0]}, needs=needs)
    later = stage.soon()
    slow = stage.customer(ends=stage.day(365 + later))
    stage.billed(slow)
    stage.fires(
        {"item_id": slow.items[0]},
        since=stage.day(later),
        needs=("crm_emea",),
        case="comes within 365 d",
    )
    found = stage.customer(ends=stage.day(200))
    stage.billed(found)
    noticed = stage.day(stage.soon())
    stage.renewal(found, created=noticed)
    stage.fires(
        {"item_id": found.items[0]},
        needs=("crm_emea", "billing"),
        told_by=(stage.crm(found),),
        clears=noticed,
        case="somebody begins to work on it",
    )
    for text, near in (("opportunity open", stage.renewal), ("renewed", None)):
        spared = stage.customer(ends=stage.day(220))
        if near is not None:
            stage.renewal(spared)
        else:
            renew(stage, spared)
        stage.spares(text, {"item_id": spared.items[0]})


def notice_deadline_without_decision(stage: Stage) -> None:
    """The notice date comes within 45 days and nobody has decided."""
    for offset, text in ((100, "fires"), (135 + stage.soon(), "comes within 45 d")):
        case = _noticed(stage, offset)
        held = stage.draft.agreements[case.agreement]
        identity = {"agreement_id": held.key, "term_ends_on": str(held.ends.at(stage.today))}
        opens = stage.day(offset - 90 - 45)
        closes = stage.day(offset - 90 + 1)
        stage.billed(case)
        stage.fires(
            identity,
            since=opens if opens > stage.today else None,
            needs=("contracts",),
            clears=closes if closes <= stage.draft.config.end else None,
            case=text,
        )
    decided = _noticed(stage, 110)
    held = stage.draft.agreements[decided.agreement]
    stage.draft.change(
        stage.draft.agreements,
        held.key,
        decision=Timeline(((held.begins, ""), (stage.day(-9), "renegotiate"))),
    )
    identity = {"agreement_id": held.key, "term_ends_on": str(held.ends.at(stage.today))}
    stage.spares("decision recorded", identity)
    given = _noticed(stage, 112)
    held = stage.draft.agreements[given.agreement]
    stage.draft.change(stage.draft.agreements, held.key, notice_given_on=stage.day(-12))
    identity = {"agreement_id": held.key, "term_ends_on": str(held.ends.at(stage.today))}
    stage.spares("notice given", identity)


def _noticed(stage: Stage, ends: int) -> Case:
    """A case whose agreement ends on a day, with a renewal worked on."""
    case = stage.customer(ends=stage.day(ends))
    stage.renewal(case)
    return case


def billed_past_contract_end(stage: Stage) -> None:
    """The item ended 75 days ago, did not renew itself, and is billed on."""
    for text in ("fires", "auto-renewed term", "renewal signed"):
        case = stage.customer(ends=stage.day(-75), services=1)
        identity = {"product_id": case.services[0], "item_id": case.items[0]}
        held = stage.draft.agreements[case.agreement]
        if text == "auto-renewed term":
            stage.set_items(
                case,
                ends=Timeline(((held.begins, stage.day(-75)), (stage.day(-75), stage.day(290)))),
            )
            stage.draft.change(
                stage.draft.agreements,
                held.key,
                ends=Timeline(((held.begins, stage.day(-75)), (stage.day(-75), stage.day(290)))),
            )
            stage.renewal(case)
            stage.happens(
                "auto_renewal",
                {"agreement": held.key},
                effective=stage.day(-75),
                completed=stage.day(-75),
            )
        elif text == "renewal signed":
            stage.set_items(case, auto_renew=False)
            renew(stage, case, signed=-90)
        else:
            stage.set_items(case, auto_renew=False, renewal_months=0)
            stage.draft.change(stage.draft.agreements, held.key, auto_renew=False)
        if text == "fires":
            stage.billed(case)
            stage.fires(identity, needs=("contracts", "billing", "inventory"))
        else:
            stage.spares(text, identity)


def contracts_can_be_co_terminated(stage: Stage) -> None:
    """Five items of one customer end over eighteen months, half of them this year."""
    for text in ("fires", "opportunity open", "ends within 60 d of each other"):
        case = stage.customer(own=True, services=5, sites=5, papers=False)
        ends = (
            (340, 345, 350, 720, 800)
            if text != "ends within 60 d of each other"
            else (300, 310, 320, 330, 340)
        )
        for key, offset in zip(case.services, ends, strict=True):
            service = [stage.draft.services[key]]
            paper = contracts.order_form(
                stage.draft, stage.draw, case.entity, service, ends=stage.day(offset)
            )
            case.items += [item.key for item in paper.items]
        near = replace_items(
            case, [key for key, end in zip(case.items, ends, strict=True) if end < 400]
        )
        stage.renewal(near)
        if text == "opportunity open":
            key = stage.renewal(case)
            stage.draft.change(stage.draft.opportunities, key, kind="co_termination")
        if text == "fires":
            stage.billed(case)
            stage.fires({"account_id": case.account}, needs=("contracts", "billing", "crm_emea"))
        else:
            stage.spares(text, {"account_id": case.account})


def replace_items(case: Case, items: list[str]) -> Case:
    """The same case with other items."""
    return replace(case, items=items)


def live_service_without_agreement(stage: Stage) -> None:
    """Live and billed for long, and no paper was ever there."""
    case = stage.customer(papers=False)
    stage.billed(case)
    stage.fires({"product_id": case.services[0]}, needs=("contracts", "inventory", "billing"))
    test = stage.customer(papers=False)
    stage.set_service(test.services[0], is_test=True, billed_from=OPEN)
    stage.spares("test service", {"product_id": test.services[0]})


def product_retires_by_contract_end(stage: Stage) -> None:
    """A copper line whose switch-off comes before its item ends."""
    case = stage.customer(offering="O14", country="DE", bandwidth=4, ends=stage.day(380))
    stage.billed(case)
    identity = {"item_id": case.items[0], "offering_id": "O14"}
    stage.fires(identity, needs=("contracts", "inventory", "orders"))
    leaving = stage.customer(offering="O14", country="GB", bandwidth=4, ends=stage.day(385))
    add_order(
        stage.draft,
        stage.draw,
        stage.service(leaving),
        action="delete",
        ordered=stage.day(-15),
        done=stage.day(90),
        status="inProgress",
    )
    stage.spares("leaving", {"item_id": leaving.items[0], "offering_id": "O14"})
