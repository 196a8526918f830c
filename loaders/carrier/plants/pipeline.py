"""Cases for the rules on quotes, pipeline and competitors."""

from __future__ import annotations

from dataclasses import replace

from loaders.carrier.making.customers import add_account
from loaders.carrier.making.pipeline import add_opportunity, add_quote
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import Timeline, always


def coverage_missing_or_doubled(stage: Stage) -> None:
    """Sellers of two teams quote the same company the same offering; two versions are one."""
    for text in ("fires", "two versions of one quote"):
        case = stage.customer()
        site, identity = case.sites[0], {"entity_id": case.entity, "finding": "quoted_twice"}
        made = add_opportunity(
            stage.draft, stage.draw, case.entity, offering="O4", site=site, stage="proposal"
        )
        first = add_quote(stage.draft, stage.draw, made, "O4", site, since=stage.day(-12))
        if text == "fires":
            other = _other_team(stage, made.owner)
            more = add_opportunity(
                stage.draft, stage.draw, case.entity, offering="O4", site=site, stage="proposal"
            )
            more = stage.draft.change(stage.draft.opportunities, more.key, owner=other)
            add_quote(stage.draft, stage.draw, more, "O4", site, since=stage.day(-5))
            stage.fires(identity, needs=("territories", "crm_emea", "orders"))
        else:
            second = add_quote(stage.draft, stage.draw, made, "O4", site, since=stage.day(-5))
            stage.draft.change(stage.draft.quotes, second.key, number=first.number, version=2)
            stage.spares(text, identity)


def _other_team(stage: Stage, seller: str) -> str:
    people = stage.draft.carrier.sellers
    team = people[seller].team.at(stage.today)
    return next(
        one.key
        for one in people.values()
        if one.role in ("seller", "team_lead")
        and one.sales_region == people[seller].sales_region
        and len(one.team.steps) == 1
        and one.team.at(stage.today) != team
    )


def pipeline_below_expiring_value(stage: Stage) -> None:
    """All that ends in the next two quarters, and little to win in the pipeline."""
    for text, how in (("fires", "prospecting"), ("pipeline covers it", "negotiation")):
        case = stage.customer(own=True, services=3, ends=stage.day(190))
        stage.set_items(case, auto_renew=False, renewal_months=0)
        key = stage.renewal(case, stage=how)
        opportunity = stage.draft.opportunities[key]
        if text != "fires":
            stage.draft.change(stage.draft.opportunities, key, amount=opportunity.amount * 2)
        identity = {"account_id": case.account, "window_starts_on": "2027-01-01"}
        if text == "fires":
            stage.billed(case)
            stage.fires(identity, needs=("contracts", "crm_emea", "billing"))
        else:
            stage.spares(text, identity)


def quote_is_stalling(stage: Stage) -> None:
    """Waits for one approver for nine days, or begins to in the thirty days."""
    later = stage.soon() - 9
    for text, since in (
        ("fires", -9),
        ("becomes stale", later),
        ("approved and with the customer", -9),
    ):
        case = stage.customer()
        made = add_opportunity(
            stage.draft,
            stage.draw,
            case.entity,
            offering="O4",
            site=case.sites[0],
            stage="proposal",
        )
        state = "approved" if "approved" in text else "pending"
        day = stage.day(since)
        quote = add_quote(
            stage.draft, stage.draw, made, "O4", case.sites[0], state=state, since=day
        )
        identity = {"quote_id": quote.key}
        if state == "approved":
            stage.spares(text, identity)
        else:
            opens = stage.day(since + 8)
            stage.fires(
                identity,
                since=opens if opens > stage.today else None,
                needs=("orders", "crm_emea"),
                case=text,
            )


def discount_outside_authority(stage: Stage) -> None:
    """42% off where a seller may give 30%; an approved exception is none."""
    for text in ("fires", "exception approved"):
        case = stage.customer()
        made = add_opportunity(
            stage.draft,
            stage.draw,
            case.entity,
            offering="O4",
            site=case.sites[0],
            stage="proposal",
        )
        quote = add_quote(stage.draft, stage.draw, made, "O4", case.sites[0], discount=0.42)
        if text == "exception approved":
            line = replace(quote.items[0], exception_approved_on=quote.created_on)
            stage.draft.change(stage.draft.quotes, quote.key, items=(line,))
        identity = {"quote_id": quote.key, "quote_item_id": quote.items[0].key}
        if text == "fires":
            stage.fires(identity, needs=("orders", "catalogue"))
        else:
            stage.spares(text, identity)


def quote_where_capacity_is_short(stage: Stage) -> None:
    """10 Gbit/s promised before a full point of presence gets room."""
    full = [pop for pop in stage.draft.carrier.pops.values() if pop.relief_on]
    if not full:
        return
    pop = stage.draw.pick(full)
    for text, days in (("fires", -20), ("relief before the promise", 30)):
        case = stage.customer(country=pop.city.country)
        entity = stage.draft.entities[case.entity]
        site = stage.site(entity, city=pop.city)
        made = add_opportunity(
            stage.draft, stage.draw, case.entity, offering="O5", site=site.key, stage="proposal"
        )
        assert pop.relief_on is not None
        promised = stage.day((pop.relief_on - stage.today).days + days)
        quote = add_quote(
            stage.draft, stage.draw, made, "O5", site.key, bandwidth=10_000, promised=promised
        )
        identity = {"quote_id": quote.key, "site_id": site.key}
        if text == "fires":
            stage.fires(identity, needs=("orders", "network"))
        else:
            stage.spares(text, identity)


def competitor_contract_nears_end(stage: Stage) -> None:
    """A lost bid notes that the competitor's contract ends in 240 days."""
    for text, noted in (("fires", -300), ("noted 40 months ago", -1220)):
        entity = stage.company()
        site = stage.site(entity)
        parent = stage.above(entity)
        name = entity.names.at(stage.today).latin
        made = add_account(stage.draft, stage.draw, entity, parent, name, "enterprise", "silver")
        stage.draft.change(stage.draft.entities, entity.key, account=always(made.key))
        lost = add_opportunity(
            stage.draft,
            stage.draw,
            entity.key,
            offering="O4",
            site=site.key,
            created=stage.day(noted - 60),
            stage="qualification",
        )
        day = stage.day(noted)
        stage.draft.change(
            stage.draft.opportunities,
            lost.key,
            competitor="Norlink Carrier",
            competitor_ends_on=stage.day(240),
            lost_reason="price",
            close_on=always(day),
            stage=Timeline(((stage.day(noted - 60), "qualification"), (day, "lost"))),
            probability=Timeline(((stage.day(noted - 60), 0.25), (day, 0.0))),
        )
        identity = {"entity_id": entity.key, "site_id": site.key}
        if text == "fires":
            stage.fires(identity, needs=("crm_emea", "inventory"))
        else:
            stage.spares(text, identity)
