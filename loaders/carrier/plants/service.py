"""Cases for the rules on services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.carrier.making.billing import Extra
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.contracts import clause
from loaders.carrier.making.faults import add_ticket
from loaders.carrier.making.pipeline import add_order, add_talks
from loaders.carrier.making.services import add_service
from loaders.carrier.plants.notes import Case
from loaders.carrier.plants.renewal import degrade
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.service import Outage
from loaders.carrier.world.timeline import Timeline, always

DEGRADED = ("telemetry", "inventory", "tickets")


def service_credit_owed_not_issued(stage: Stage) -> None:
    """Two of three months below target, credits agreed, none on the two bills after July."""
    july = months_before(stage.today, 3)
    for text in ("fires", "credit is on the second bill", "no credit clause"):
        case = stage.customer()
        service = stage.service(case)
        stage.set_service(service.key, service_level="silver", target=0.999)
        steps = [(months_before(stage.today, 24), 0.05), (july, 7.0)]
        steps.append((months_before(stage.today, 1), 0.05))
        stage.set_health(service.key, lost_minutes=Timeline(tuple(steps)))
        if text == "no credit clause":
            stage.set_items(case, credit_share=0.0)
        if text == "credit is on the second bill":
            for month in (1, 0):
                _credit(stage, case, months_before(stage.today, month))
        identity = {"service_id": service.key, "month": july.isoformat()}
        if text == "fires":
            stage.billed(case)
            stage.fires(identity, needs=("telemetry", "contracts", "billing"))
        else:
            stage.spares(text, identity)


def _credit(stage: Stage, case: Case, month: date) -> None:
    amount = -stage.service(case).price.at(month) // 10
    extra = Extra(
        case.services[0], month, "credit", amount, "Service level credit", "service_level", True
    )
    stage.wishes.charge(case.billing, extra)
    stage.happens("credit", {"service": case.services[0]}, effective=month)


def service_fails_repeatedly(stage: Stage) -> None:
    """Three tickets of one cause in 90 days; the last may come within the thirty days."""
    third = stage.soon()
    for text, days in (
        ("fires", (-70, -40, -12)),
        ("third ticket comes", (-50, -21, third)),
        ("third ticket 95 d old", (-125, -96, -12)),
        ("five tickets of one outage", (-9, -9, -9, -9, -9)),
        ("planned work", (-60, -30, -10)),
    ):
        case = stage.customer()
        incident = ""
        for number in days:
            kind = "planned_work" if text == "planned work" else "fault"
            made = add_ticket(
                stage.draft,
                stage.draw,
                stage.service(case),
                stage.day(number),
                kind=kind,
                severity=3,
                cause="fibre_cut",
                minutes=90,
                incident=incident,
            )
            if text == "five tickets of one outage":
                incident = incident or made.key
        identity = {"service_id": case.services[0], "cause": "fibre_cut"}
        if text == "fires":
            stage.fires(identity, needs=("tickets", "inventory"), clears=stage.day(21))
        elif text == "third ticket comes":
            stage.fires(identity, since=stage.day(third + 1), needs=("tickets",), case=text)
        else:
            stage.spares(text, identity)


def critical_site_on_single_access(stage: Stage) -> None:
    """A critical site on one access was cut; a second access, or planned work, is no case."""
    for text in ("fires", "second access ordered", "outage was planned"):
        case = stage.customer(tier=1)
        kind = "planned_work" if text == "outage was planned" else "fault"
        add_ticket(
            stage.draft,
            stage.draw,
            stage.service(case),
            stage.day(-40),
            kind=kind,
            severity=1,
            cause="fibre_cut",
            minutes=360,
            hours=6,
        )
        if text == "second access ordered":
            made = _second(stage, case, stage.day(45))
            stage.set_service(made, access_path=always("another/1"))
            add_order(
                stage.draft,
                stage.draw,
                stage.draft.services[made],
                ordered=stage.day(-20),
                done=stage.day(45),
                status="inProgress",
            )
        identity = {"entity_id": case.entity, "site_id": case.sites[0]}
        if text == "fires":
            stage.fires(identity, needs=("inventory", "network", "tickets", "orders"))
        else:
            stage.spares(text, identity)


def _second(stage: Stage, case: Case, activated: date) -> str:
    """A second service at a case's site, governed and billed as the first."""
    first = stage.service(case)
    site = stage.draft.sites[case.sites[0]]
    made = add_service(
        stage.draft,
        stage.draw,
        case.entity,
        site,
        first.offering,
        activated=activated,
        bandwidth=first.bandwidth_mbps.at(stage.today),
    )
    stage.set_service(made.key, item=first.item, billing_account=first.billing_account)
    case.services.append(made.key)
    return made.key


def degraded_service_silent_customer(stage: Stage) -> None:
    """Below target for three months, and nobody has said a word."""
    for text in ("fires", "we opened a ticket", "meeting logged last week"):
        case = stage.customer(own=True)
        degrade(stage, case, minutes=12.0)
        draft = stage.draft
        draft.interactions = [one for one in draft.interactions if one.entity != case.entity]
        if text == "we opened a ticket":
            add_ticket(draft, stage.draw, stage.service(case), stage.day(-20), severity=3)
        if text == "meeting logged last week":
            add_talks(
                draft, stage.draw, case.entity, draft.entities[case.entity].account.at(stage.today)
            )
        if text == "fires":
            stage.fires({"service_id": case.services[0]}, needs=(*DEGRADED, "crm_emea"))
        else:
            stage.spares(text, {"service_id": case.services[0]})


def diverse_pair_shares_a_path(stage: Stage) -> None:
    """Two services sold as diverse run through one point of presence, some from a day on."""
    moved = stage.soon()
    for text, day in (
        ("fires", -7),
        ("re-groomed onto one", moved),
        ("pair not sold as diverse", -7),
    ):
        case = stage.customer()
        other = _second(stage, case, stage.day(-300))
        first = stage.service(case)
        pop = first.route.at(stage.today)[0]
        away = next(key for key in stage.draft.carrier.pops if key != pop)
        diverse = "" if text == "pair not sold as diverse" else other
        stage.set_service(first.key, diverse_from=diverse)
        stage.set_service(
            other,
            role="backup",
            diverse_from=first.key if diverse else "",
            access_path=always("other/9"),
            route=Timeline(((stage.day(-300), (away,)), (stage.day(day), (pop,)))),
        )
        left, right = sorted((first.key, other))
        identity = {"service_id": left, "other_service_id": right}
        if not diverse:
            stage.spares(text, identity)
        else:
            since = stage.day(day) if day > 0 else None
            stage.fires(
                identity, since=since, needs=("inventory",), told_by=("inventory",), case=text
            )


def service_ceases_before_replacement_is_ready(stage: Stage) -> None:
    """The old service stops on day 40, the new one is promised for day 60."""
    for text in ("fires", "replacement completed", "customer leaves"):
        case = stage.customer()
        old = case.services[0]
        stops = stage.day(40)
        stage.set_service(old, ceased_on=stops, ceased_by="carrier", billed_to=stops)
        add_order(
            stage.draft,
            stage.draw,
            stage.service(case),
            action="delete",
            ordered=stage.day(-25),
            done=stops,
            status="inProgress",
        )
        if text != "customer leaves":
            ready = stage.day(-4) if text == "replacement completed" else stage.day(60)
            made = _second(stage, case, ready)
            add_order(
                stage.draft,
                stage.draw,
                stage.draft.services[made],
                ordered=stage.day(-30),
                done=ready,
                replaces=old,
                status="" if text == "replacement completed" else "inProgress",
            )
        if text == "fires":
            stage.fires({"service_id": old}, needs=("orders", "inventory"))
        else:
            stage.spares(text, {"service_id": old})


def failures_give_right_to_terminate(stage: Stage) -> None:
    """Three misses in six months, and the clause says three."""
    for text in ("fires", "two misses", "waived by amendment"):
        case = stage.customer()
        service = stage.service(case)
        stage.set_service(service.key, service_level="silver", target=0.999)
        held = stage.draft.agreements[case.agreement]
        waived = stage.day(-30) if text == "waived by amendment" else None
        made = clause(
            stage.draft,
            held.key,
            "service_termination",
            7,
            threshold=3,
            window_months=6,
            waived_on=waived,
        )
        stage.draft.agreements[held.key] = replace(held, clauses=(*held.clauses, made))
        months = (5, 4, 1) if text != "two misses" else (4, 1)
        outages = tuple(
            Outage(months_before(stage.today, back).replace(day=14), 110, False) for back in months
        )
        stage.set_health(service.key, outages=outages)
        for outage in outages:
            add_ticket(
                stage.draft,
                stage.draw,
                stage.service(case),
                outage.day,
                severity=3,
                cause=f"fault_{outage.day:%m}",
                minutes=110,
            )
        identity = {"agreement_id": held.key, "clause_id": made.key, "service_id": service.key}
        if text == "fires":
            stage.fires(identity, needs=("contracts", "telemetry", "tickets"))
        else:
            stage.spares(text, identity)
