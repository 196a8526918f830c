"""Cases for the rules on where customers are, what they are called, and how they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.carrier.geography.places import distance_m
from loaders.carrier.making.billing import Extra
from loaders.carrier.making.catalogue import months_before
from loaders.carrier.making.customers import add_billing_account
from loaders.carrier.making.estate import REACH_M
from loaders.carrier.making.pipeline import add_opportunity
from loaders.carrier.names.company import brand, renamed
from loaders.carrier.plants.deals import REGISTER
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.party import EntityName
from loaders.carrier.world.place import City
from loaders.carrier.world.timeline import Timeline


def new_site_without_our_service(stage: Stage) -> None:
    """A site opened 20 days ago or opens now, five kilometres from a point of presence."""
    opens = stage.soon()
    for text, day in (
        ("fires", -20),
        ("opens in the thirty days", opens),
        ("opportunity open", -20),
    ):
        case = stage.customer()
        entity = stage.draft.entities[case.entity]
        made = stage.site(
            entity, city=stage.reached_city(entity.country), opened=stage.day(day), kind="warehouse"
        )
        stage.happens(
            "new_site", {"subject": entity.key, "site": made.key}, effective=stage.day(day)
        )
        identity = {"entity_id": entity.key, "site_id": made.key}
        if text == "opportunity open":
            add_opportunity(
                stage.draft,
                stage.draw,
                entity.key,
                offering="O1",
                site=made.key,
                created=stage.day(-12),
                stage="qualification",
            )
            stage.spares(text, identity)
        else:
            since = stage.day(day) if day > 0 else None
            stage.fires(
                identity, since=since, needs=("inventory",), told_by=("inventory",), case=text
            )


def headquarters_moves_to_another_city(stage: Stage) -> None:
    """The register and the occupancy agree on the new city; the register alone is not enough."""
    for text in ("fires", "one source only"):
        case = stage.customer(country="FR")
        entity = stage.draft.entities[case.entity]
        old = stage.draft.sites[case.sites[0]].city
        city = _far_city(stage, old)
        day = stage.day(-15)
        place = replace(entity.headquarters.at(stage.today), city=city.name, region=city.region)
        stage.draft.change(
            stage.draft.entities, entity.key, headquarters=entity.headquarters.then(day, place)
        )
        stage.happens(
            "move",
            {"subject": entity.key},
            type="CHANGE_HQ_ADDRESS",
            effective=day,
            completed=day,
            learned=REGISTER,
            false_alarm=text != "fires",
        )
        identity = {"entity_id": entity.key, "new_site_id": ""}
        if text == "fires":
            made = stage.site(entity, kind="headquarters", city=city, opened=day)
            stage.fires(
                {**identity, "new_site_id": made.key}, needs=("legal_register", "inventory")
            )
            if made.pop_distance_m > REACH_M:
                continue
            stage.fires(
                {"entity_id": entity.key, "site_id": made.key},
                needs=("inventory",),
                rule="new_site_without_our_service",
                case="the new headquarters",
            )
        else:
            stage.spares(text, identity)


def _far_city(stage: Stage, old: City) -> City:
    home = (old.latitude, old.longitude)
    pops = [pop for pop in stage.draft.carrier.pops.values() if pop.city.country == old.country]
    cities = [pop.city for pop in pops] + list(stage.draft.carrier.countries[old.country].cities)
    return next(
        city for city in cities if distance_m(home, (city.latitude, city.longitude)) > 100_000
    )


def customer_renamed_papers_outdated(stage: Stage) -> None:
    """Renamed 20 days ago or now; contracts and bills keep the old name."""
    day = stage.soon()
    for text, when in (("fires", -20), ("renamed in the thirty days", day)):
        case = stage.customer(country=stage.draw.pick(("DE", "GB", "US", "ES")))
        entity = stage.draft.entities[case.entity]
        old = stage.draft.brands[stage.draft.roots[0]]
        name = entity.names.at(stage.today)
        fresh = renamed(name, old, brand(stage.draw, name.language))
        _rename(stage, entity.key, stage.day(when), fresh)
        identity = {"entity_id": entity.key, "name_id": fresh.legal}
        since = stage.day(when) if when > 0 else None
        stage.fires(
            identity,
            since=since,
            needs=("legal_register", "contracts", "billing"),
            told_by=("legal_register",),
            case=text,
        )
    case = stage.customer(country="GB")
    entity = stage.draft.entities[case.entity]
    name = entity.names.at(stage.today)
    other = "Ltd" if name.form == "Limited" else "Limited"
    if name.form in ("Ltd", "Limited"):
        legal = name.legal.removesuffix(name.form) + other
        fresh = replace(name, legal=legal, latin=legal, form=other)
        _rename(stage, entity.key, stage.day(-20), fresh, false_alarm=True)
        stage.spares("Ltd to Limited", {"entity_id": entity.key, "name_id": legal})


def _rename(
    stage: Stage, entity: str, day: date, fresh: EntityName, *, false_alarm: bool = False
) -> None:
    stage.draft.step(stage.draft.entities, entity, "names", day, fresh)
    account = stage.draft.entities[entity].account.at(stage.today)
    learnt = stage.day((day - stage.today).days + 7)
    if not stage.draw.chance(stage.draft.config.rates["old_name"]):
        stage.draft.step(stage.draft.accounts, account, "name", learnt, fresh.latin)
    stage.happens(
        "renaming",
        {"subject": entity},
        type="CHANGE_LEGAL_NAME",
        effective=day,
        completed=day,
        learned=REGISTER,
        false_alarm=false_alarm,
    )


def ended_company_still_billed(stage: Stage) -> None:
    """Absorbed 70 days ago and billed last month; an LEI that lapsed is no end."""
    for text in ("fires", "LEI lapsed, entity active", "payer already replaced"):
        case = stage.customer()
        entity = stage.draft.entities[case.entity]
        day = stage.day(-70)
        if text == "LEI lapsed, entity active":
            stage.draft.change(
                stage.draft.entities,
                entity.key,
                lei_status=Timeline(((date.min, "ISSUED"), (day, "LAPSED"))),
            )
            stage.spares(text, {"entity_id": entity.key})
            continue
        parent = stage.draft.parent_of(entity.key, stage.today)
        stage.happens(
            "absorption",
            {"predecessor": entity.key, "successor": parent},
            type="ABSORPTION",
            effective=day,
            completed=day,
            learned=REGISTER,
        )
        stage.draft.change(
            stage.draft.entities,
            entity.key,
            ended_on=day,
            lei_status=Timeline(((date.min, "ISSUED"), (day, "MERGED"))),
        )
        if text == "payer already replaced":
            stage.draft.change(stage.draft.billing_accounts, case.billing, closed_on=day)
            payer = add_billing_account(
                stage.draft, stage.draw, stage.draft.entities[parent], stage.service(case).currency
            )
            line = stage.service(case).billing_account.then(day, payer.key)
            stage.set_service(case.services[0], billing_account=line)
            stage.spares(text, {"entity_id": entity.key})
        else:
            stage.billed(case)
            stage.fires({"entity_id": entity.key}, needs=("legal_register", "billing"))


def customer_in_financial_distress(stage: Stage) -> None:
    """Insolvency opened three days ago, or opens now; a solvent shell is none."""
    opens = stage.soon()
    for text, day in (("fires", -3), ("opens in the thirty days", opens), ("dormant shell", -3)):
        if text == "dormant shell":
            shell = stage.company()
            stage.draft.change(stage.draft.entities, shell.key, is_dormant=True)
            key, type_ = shell.key, "LIQUIDATION"
        else:
            key, type_ = stage.customer(own=True).entity, "INSOLVENCY"
        stage.happens(
            "insolvency" if type_ == "INSOLVENCY" else "liquidation",
            {"subject": key},
            type=type_,
            effective=stage.day(day),
            learned=REGISTER,
            false_alarm=text == "dormant shell",
        )
        identity = {"entity_id": key, "finding": "proceeding"}
        if text == "dormant shell":
            stage.spares(text, identity)
        else:
            since = stage.day(day + REGISTER["legal_register"])
            stage.fires(identity, since=since, needs=("legal_register", "billing"), case=text)


def tenant_of_on_net_building_not_served(stage: Stage) -> None:
    """A company of the family in a building on our network that buys nothing there."""
    for text in ("fires", "opportunity open", "site closing"):
        case = stage.customer()
        entity = stage.draft.entities[case.entity]
        made = stage.site(
            entity, city=stage.reached_city(entity.country), on_net=True, opened=stage.day(-400)
        )
        identity = {"entity_id": entity.key, "site_id": made.key}
        if text == "fires":
            stage.fires(identity, needs=("inventory", "network", "orders"))
        elif text == "opportunity open":
            add_opportunity(
                stage.draft,
                stage.draw,
                entity.key,
                offering="O4",
                site=made.key,
                created=stage.day(-30),
                stage="qualification",
            )
            stage.spares(text, identity)
        else:
            stage.draft.change(stage.draft.sites, made.key, closed_on=stage.day(-5))
            stage.spares(text, identity)


def seasonal(stage: Stage) -> None:
    """A false alarm: bills that rise every autumn, as usage does."""
    case = stage.customer(offering="O10")
    price = stage.service(case).price.at(stage.today)
    for back in (12, 1, 0):
        extra = Extra(
            case.services[0], months_before(stage.today, back), "usage", price * 2, "Call minutes"
        )
        stage.wishes.charge(case.billing, extra)
    stage.happens(
        "bill_rise",
        {"service": case.services[0]},
        effective=months_before(stage.today, 1),
        false_alarm=True,
        note="as every autumn",
    )
