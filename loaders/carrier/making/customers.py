"""Who is sold to and billed: sales accounts, their owners, billing accounts."""

from __future__ import annotations

from datetime import date, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.making.draft import Draft
from loaders.carrier.making.sellers import able
from loaders.carrier.world.money import BillingAccount
from loaders.carrier.world.party import Entity
from loaders.carrier.world.sales import Account, Coverage
from loaders.carrier.world.timeline import OPEN, always

LEADS = ("region_lead", "team_lead")
"""Who owns an account that several regions see; every CRM knows them."""
TIERS = ("silver", "gold", "platinum")


def add_accounts(draft: Draft, draw: Draw) -> None:
    """A global account, one in each region, one for each company that buys; some prospects."""
    root = draft.entities[draft.roots[0]]
    buyers = [draft.entities[key] for key in draft.services_of]
    tier = TIERS[min(2, len(buyers) // 25)]
    top = add_account(draft, draw, root, "", root.trading_name, "global", tier)
    regional: dict[str, Account] = {}
    for entity in buyers:
        region = entity.sales_region
        if region not in regional:
            name = f"{draft.brands[root.key].spelt} {region.upper()}"
            regional[region] = add_account(draft, draw, entity, top.key, name, "global", tier)
        add_customer(draft, draw, entity, regional[region].key)
    for key in draft.roots[1:]:
        if draw.chance(0.4):
            prospect = draft.entities[key]
            made = add_account(draft, draw, prospect, "", prospect.names.at(draft.today).latin,
                               "enterprise", "silver")  # fmt: skip
            draft.change(draft.entities, key, account=always(made.key, made.opened_on))


def add_customer(draft: Draft, draw: Draw, entity: Entity, parent: str) -> Account:
    """The sales account and the billing account of a company that buys."""
    name = entity.names.at(draft.today).latin
    tier = "silver" if parent else "gold"
    made = add_account(draft, draw, entity, parent, name, "enterprise", tier)
    draft.change(draft.entities, entity.key, account=always(made.key, made.opened_on))
    account = add_billing_account(draft, draw, entity)
    for key in draft.services_of.get(entity.key, ()):
        service = draft.services[key]
        if service.currency == account.currency:
            draft.change(draft.services, key,
                         billing_account=always(account.key, service.activated_on))  # fmt: skip
    return made


def add_account(
    draft: Draft, draw: Draw, root: Entity, parent: str, name: str, segment: str, tier: str
) -> Account:
    """A sales account with an owner of its region."""
    key = draft.key("a")
    region = root.sales_region
    wanted = LEADS if segment == "global" else ("seller",)
    config = draft.config
    people = able(config.seed, config.size, config.day_zero, region, wanted)
    owner = draft.carrier.sellers[draw.pick(people)]
    opened = max(root.created_on, date(2016, 1, 1) + timedelta(days=draw.number(0, 1500)))
    opened = min(opened, draft.day(-150))
    account = Account(key, always(name, opened), root.key, parent, tier, segment, region,
                      always(owner.key, opened), opened)  # fmt: skip
    draft.accounts[key] = account
    cover(draft, owner.key, "account", key, "account owner", max(opened, owner.started_on))
    return account


def cover(draft: Draft, seller: str, covers: str, covered: str, role: str, begins: date) -> str:
    """A seller answers for something from a day on; the key of the coverage."""
    key = draft.key("z")
    draft.coverages[key] = Coverage(key, seller, covers, covered, role, 1.0, begins)
    return key


def add_billing_account(
    draft: Draft, draw: Draw, entity: Entity, currency: str = ""
) -> BillingAccount:
    """An account in the billing system of the company's region."""
    key = draft.key("b")
    opened = min(max(entity.created_on, date(2013, 1, 1)), draft.day(-450))
    account = BillingAccount(
        key=key,
        number=f"{draft.number:05d}{key.partition('-')[2]:0>6}",
        entity=entity.key,
        system=f"billing_{entity.sales_region}",
        party_name=always(entity.names.at(draft.today).latin, opened),
        currency=currency or MARKETS[entity.country].billed_in,
        cycle_day=draw.number(1, 25),
        payment_days=30,
        credit_limit=draw.number(2, 40) * 1_000_000,
        opened_on=opened,
        closed_on=OPEN,
        commitments=(),
        unapplied=always(0),
        payment_plan_on=None,
        parent="",
    )
    draft.billing_accounts[key] = account
    return account
