"""What records of the legal register, the CRMs and the network say of companies."""

from __future__ import annotations

from datetime import date

from loaders.carrier.check.saying import Saying
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.pipeline import account_card
from loaders.carrier.referring import company
from loaders.carrier.seeing.index import index
from loaders.carrier.world.cluster import Carrier, Cluster
from loaders.carrier.world.happening import Happening
from loaders.carrier.world.party import Entity, Parent
from loaders.carrier.world.sales import Seller

REGISTER = "legal_register"
FORMER_NAMES, EVENTS = 2, 4
"""How many of each a record of the register has room for."""
USERS = {"crm_americas": "user", "crm_emea": "systemuser"}
NO_PARENT = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"


def entity(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A company in the register: names with the day of a change, numbers, status."""
    thing: Entity = seen.thing
    saying = Saying("lei_record", thing.lei, seen.on, company=f"lei:{thing.lei}")
    name = thing.names.at(seen.on)
    past = [old for _, _, old in thing.names.past(seen.on)[-FORMER_NAMES:]]
    former = list(dict.fromkeys(old.legal for old in past if old.legal != name.legal))
    changed_on = _renamed_on(seen, cluster) if len(former) == 1 else None
    saying.name(name.legal, "legal", name.language, valid_from=changed_on)
    for old in former:
        saying.name(old, "former", valid_to=changed_on)
    if name.latin != name.legal:
        saying.name(name.latin, "transliterated")
    saying.number("lei", thing.lei)
    if thing.number:
        saying.number("registry", thing.number, thing.register)
    ended = thing.ended_on if thing.ended_on <= seen.on else None
    saying.value(
        "LegalEntity",
        saying.company,
        status=thing.status(seen.on),
        ended_on=ended if _told_its_end(seen, cluster) else None,
        category=thing.category,
        jurisdiction=thing.jurisdiction,
        created_on=thing.created_on,
        registration_status=thing.lei_status.at(seen.on),
        name=name.legal,
    )
    if not thing.parent_exception:
        return [saying]
    why = Saying("reporting_exception", f"{thing.lei}|{NO_PARENT}")
    why.value("LegalEntity", saying.company, parent_exception=thing.parent_exception)
    return [saying, why]


def parent(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A tie to a parent: what the register claims, and the legal tree that follows from it."""
    link: Parent = seen.thing
    child, above = cluster.entities[link.child].lei, cluster.entities[link.parent].lei
    claim = "INTERNATIONAL_BRANCH_OF" if link.is_branch else "DIRECTLY_CONSOLIDATED_BY"
    saying = Saying("relationship_record", f"{child}|IS_{claim}|{above}", seen.on)
    ends = link.ends if link.ends <= seen.on else None
    for kind, view in ((claim, ""), ("PARENT_IN", "legal")):
        saying.fact(
            kind, f"lei:{child}", f"lei:{above}", tag=view, valid_from=link.begins, valid_to=ends
        )
    return [saying]


def happening(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A deal in the press: who plays which part, and a planned parent while it is open."""
    event: Happening = seen.thing
    status = event.status(seen.on)
    told = {"COMPLETED": event.completed_on, "WITHDRAWN_CANCELLED": event.withdrawn_on}
    published = event.announced_on or event.begins()
    saying = Saying("deal", seen.native_id, told.get(status) or published)
    saying.value(
        "CorporateEvent",
        f"{REGISTER}:deal:{seen.native_id}",
        type=event.type,
        status=status,
        announced_on=event.announced_on,
    )
    plan = next((link for link in cluster.parents if link.basis == event.key), None)
    buyer, target = event.roles.get("acquirer"), event.roles.get("target")
    if status == "IN_PROGRESS" and plan and plan.controlling and buyer and target:
        ends = [_in_the_press(cluster.entities[key], seen.on) for key in (target, buyer)]
        saying.fact("PARENT_IN", *ends, tag="legal planned", valid_from=event.effective_on)
    return [saying]


def account(seen: Seen, cluster: Cluster) -> list[Saying]:
    """An account of a CRM: the company, its customer role, its place in the sales tree."""
    system, thing = _crm_of(seen), seen.thing
    native, card = seen.native_id, account_card(system, seen, cluster)
    saying = Saying("account", native, seen.on, company=f"{system}:account:{native}")
    saying.name(card.name)
    saying.all_numbers((("lei", card.lei), ("vat", card.vat), ("duns", card.duns)))
    customer, user = f"{system}:customer:{native}", f"{system}:user:{card.owner}"
    saying.fact("PLAYS", saying.company, customer, valid_from=thing.opened_on)
    covered = saying.company
    if card.parent:
        above = f"{system}:account:{card.parent}"
        saying.fact("PARENT_IN", saying.company, above, tag="commercial")
    else:
        covered = f"{system}:top_account:{native}"
        saying.fact("ROOTED_AT", covered, saying.company, valid_from=thing.opened_on)
    saying.fact("COVERS", user, covered, tag="account owner")
    return [saying]


def user(seen: Seen, carrier: Carrier) -> list[Saying]:
    """A user of a CRM and the team, while the user is there."""
    seller: Seller = seen.thing
    system = _crm_of(seen)
    saying = Saying(USERS[system], seen.native_id, seen.on)
    me, team = f"{system}:user:{seen.native_id}", carrier.teams[seller.team.at(seen.on)]
    saying.value("Seller", me, name=seller.name, email=seller.email)
    if seen.on < seller.left_on:
        key = team.name if system == "crm_americas" else native_id(system, "team", team.key)
        saying.fact("MEMBER_OF", me, f"{system}:team:{key}")
    return [saying]


def tenant(seen: Seen, cluster: Cluster) -> list[Saying]:
    """A customer as the network names it, and the company that other systems know it by."""
    thing: Entity = seen.thing
    mine = f"network:tenant:{seen.native_id}"
    known = company(thing, cluster, seen.on)
    saying = Saying("tenant", seen.native_id, company=known or mine, same=mine if known else "")
    saying.name(seen.get("name", thing.names.at(seen.on).latin))
    if not known:
        saying.fact("PLAYS", mine, f"network:customer:{seen.native_id}")
    return [saying]


def _renamed_on(seen: Seen, cluster: Cluster) -> date | None:
    """The day of the only completed change of name that the register tells."""
    days = [
        event.effective_on
        for event in index(cluster).known_events(seen.thing.key, REGISTER, seen.on)[-EVENTS:]
        if event.type == "CHANGE_LEGAL_NAME" and event.status(seen.on) == "COMPLETED"
    ]
    return days[0] if len(days) == 1 else None


TERMINAL = ("DISSOLUTION", "LIQUIDATION", "MERGERS_AND_ACQUISITIONS", "ABSORPTION")


def _told_its_end(seen: Seen, cluster: Cluster) -> bool:
    """Whether the register tells the event that ended the company: it has no other day of it."""
    return any(
        event.type in TERMINAL and event.status(seen.on) == "COMPLETED" and event.effective_on
        for event in index(cluster).known_events(seen.thing.key, REGISTER, seen.on)[-EVENTS:]
    )


def _in_the_press(thing: Entity, day: date) -> str:
    """A company as a notice names it: by the best number that it has."""
    if thing.lei and thing.lei_issued_on is not None and thing.lei_issued_on <= day:
        return f"lei:{thing.lei}"
    if thing.number and thing.register:
        return f"registry:{thing.register}:{thing.number}"
    name = " ".join(thing.names.at(day).latin.split()).casefold()
    return f"{REGISTER}:named:{name}/{thing.country}"


def _crm_of(seen: Seen) -> str:
    """The CRM that gave a record its id."""
    return "crm_americas" if seen.native_id.startswith("00") else "crm_emea"
