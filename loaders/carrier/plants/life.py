"""What happens in every family within the thirty days, and looks like more than it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.carrier.making.faults import add_ticket
from loaders.carrier.plants.deals import REGISTER
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.party import Entity
from loaders.carrier.world.service import Outage
from loaders.carrier.world.timeline import OPEN, Timeline


def live(stage: Stage) -> None:
    """Redomiciliation, a branch that becomes a company, a lapsed LEI, a new owner, an outage."""
    quiet = [
        entity
        for entity in stage.draft.entities.values()
        if entity.family == stage.draft.roots[0]
        and entity.key not in stage.draft.services_of
        and entity.lei
        and entity.ended_on == OPEN
        and not any(entity.key in one.roles.values() for one in stage.draft.happenings)
    ]
    companies = [entity for entity in quiet if entity.category == "GENERAL" and entity.number]
    branches = [entity for entity in quiet if entity.category == "BRANCH"]
    for entity, change in zip(
        stage.draw.sample(companies, 3), (_lapse, _move, _redomicile), strict=False
    ):
        change(stage, entity)
    if branches:
        _to_subsidiary(stage, stage.draw.pick(branches))
    _new_owner(stage)
    _outage(stage)


def _lapse(stage: Stage, entity: Entity) -> None:
    """Nobody renewed the LEI: the company is as it was."""
    day = stage.day(stage.soon())
    line = Timeline(((date.min, "ISSUED"), (day, "LAPSED")))
    stage.draft.change(stage.draft.entities, entity.key, lei_status=line)
    stage.happens(
        "lei_lapsed",
        {"subject": entity.key},
        effective=day,
        false_alarm=True,
        learned={"legal_register": 2},
        note="the LEI lapsed, the company did not",
    )


def _move(stage: Stage, entity: Entity) -> None:
    """The legal address alone, as it is typed anew at a renewal."""
    day = stage.day(stage.soon())
    old = entity.legal_address.at(stage.today)
    typed = replace(old, street=old.street.replace("straße", "str.").replace("Road", "Rd"))
    if typed == old:
        typed = replace(old, street=f"{old.street} ")
    stage.draft.change(
        stage.draft.entities, entity.key, legal_address=entity.legal_address.then(day, typed)
    )
    stage.happens(
        "address_retyped",
        {"subject": entity.key},
        type="CHANGE_LEGAL_ADDRESS",
        effective=day,
        completed=day,
        learned=REGISTER,
        false_alarm=True,
    )


def _redomicile(stage: Stage, entity: Entity) -> None:
    """The seat moves within its country; the company stays the same."""
    day = stage.day(stage.soon())
    cities = stage.draft.carrier.countries[entity.country].cities
    city = stage.draw.pick(cities)
    seat = replace(entity.legal_address.at(stage.today), city=city.name, region=city.region)
    stage.draft.change(
        stage.draft.entities, entity.key, legal_address=entity.legal_address.then(day, seat)
    )
    stage.happens(
        "redomiciliation",
        {"subject": entity.key},
        type="CHANGE_LEGAL_ADDRESS",
        effective=day,
        completed=day,
        learned=REGISTER,
    )


def _to_subsidiary(stage: Stage, branch: Entity) -> None:
    """The branch closes; a company of its own goes on with its business."""
    draft, day = stage.draft, stage.day(stage.soon())
    parent = draft.parent_of(branch.key, stage.today)
    made = stage.company(country=branch.country, parent=parent)
    draft.change(
        draft.entities,
        made.key,
        created_on=day,
        lei_issued_on=day,
        names=replace(made.names, steps=((day, made.names.steps[0][1]),)),
    )
    link = draft.links_of(made.key)[0]
    draft.parents[link.key] = replace(link, begins=day)
    draft.change(
        draft.entities,
        branch.key,
        ended_on=day,
        lei_status=Timeline(((date.min, "ISSUED"), (day, "RETIRED"))),
    )
    stage.happens(
        "branch_to_subsidiary",
        {"predecessor": branch.key, "successor": made.key},
        type="TRANSFORMATION_BRANCH_TO_SUBSIDIARY",
        effective=day,
        completed=day,
        learned=REGISTER,
    )


def _new_owner(stage: Stage) -> None:
    """An account is handed to another seller of its region."""
    draft, day = stage.draft, stage.day(stage.soon())
    able = [one for one in draft.coverages.values() if one.covers == "account" and one.ends == OPEN]
    if not able:
        return
    old = stage.draw.pick(able)
    account = draft.accounts[old.covered]
    people = [
        one
        for one in draft.carrier.sellers.values()
        if one.sales_region == account.sales_region
        and one.role == "seller"
        and one.key != old.seller
    ]
    if not people or account.owner.at(stage.today) != old.seller:
        return
    new = stage.draw.pick(people).key
    draft.coverages[old.key] = replace(old, ends=day)
    key = draft.key("z")
    draft.coverages[key] = replace(old, key=key, seller=new, begins=day)
    draft.change(draft.accounts, account.key, owner=account.owner.then(day, new))
    stage.happens(
        "seller_change", {"account": account.key, "from": old.seller, "to": new}, effective=day
    )


def _outage(stage: Stage) -> None:
    """A cut of some hours and a planned work, each on a service that runs well otherwise."""
    draft = stage.draft
    able = [
        one
        for one in draft.services.values()
        if one.access_kind
        and not one.health.outages
        and one.ceased_on == OPEN
        and one.activated_on < stage.day(-30)
        and draft.sites[one.site].tier != 1
    ]
    for service, planned in zip(stage.draw.sample(able, 2), (False, True), strict=False):
        day = stage.day(stage.soon())
        minutes = 90 if planned else 170
        stage.set_health(service.key, outages=(Outage(day, minutes, planned),))
        add_ticket(
            draft,
            stage.draw,
            service,
            day,
            severity=3,
            kind="planned_work" if planned else "fault",
            cause="" if planned else "power",
            minutes=minutes,
            hours=3,
        )
        stage.happens(
            "planned_work" if planned else "outage",
            {"service": service.key},
            effective=day,
            completed=day,
            false_alarm=planned,
        )
