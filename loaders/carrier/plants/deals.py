"""Cases for the rules on deals: who buys whom, who leaves, what their papers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.carrier.making.contracts import clause
from loaders.carrier.making.estate import add_site
from loaders.carrier.names.company import branch_name
from loaders.carrier.plants.notes import Case
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.happening import Happening
from loaders.carrier.world.party import Entity, Parent
from loaders.carrier.world.timeline import OPEN, always

REGISTER = {"legal_register": 4}
DEAL = {"press": 0, "legal_register": 5}
"""The press tells of an announcement on its day, the register some days later."""

M_AND_A = "MERGERS_AND_ACQUISITIONS"


def announce(
    stage: Stage,
    target: Entity,
    *,
    announced: date,
    effective: date,
    buyer: str = "",
    completed: date | None = None,
    withdrawn: date | None = None,
    type: str = M_AND_A,
    share: float = 1.0,
) -> Happening:
    """A deal in which the family buys a company; the link is planned, kept or given up."""
    draft = stage.draft
    above = buyer or draft.roots[0]
    kind = "acquisition" if type == M_AND_A else "absorption"
    made = stage.happens(
        kind,
        {"acquirer": above, "target": target.key},
        type=type,
        announced=announced,
        effective=effective,
        completed=completed,
        withdrawn=withdrawn,
        learned=DEAL,
    )
    old = [link for link in draft.links_of(target.key) if link.controlling and link.ends == OPEN]
    controls = share > 0.5
    if completed is not None and controls:
        for link in old:
            draft.parents[link.key] = replace(link, ends=effective)
    draft.link(
        Parent(
            draft.key("k"),
            target.key,
            above,
            "legal",
            share,
            controls,
            controls,
            False,
            effective,
            OPEN,
            announced,
            withdrawn if completed is None else None,
            made.key,
        )
    )
    return made


def acquired_company_in_reach_of_our_network(stage: Stage) -> None:
    """Bought, three of its sites are near our network, and it takes nothing from us."""
    done = stage.soon()
    account = stage.family_account()
    for text, day in (
        ("fires", -30),
        ("completed in the thirty days", done),
        ("event withdrawn", -10),
    ):
        target = stage.company(own=True)
        for _ in range(3):
            add_site(
                stage.draft,
                stage.draw,
                target,
                stage.reached_city(target.country),
                "plant",
                served=False,
                close=True,
            )
        happened = stage.day(day)
        over = text == "event withdrawn"
        announce(
            stage,
            target,
            announced=stage.day(day - 45),
            effective=happened,
            completed=None if over else happened,
            withdrawn=happened if over else None,
        )
        identity = {"account_id": account, "target_id": target.key}
        if over:
            stage.spares(text, identity)
        else:
            since = happened if day > 0 else None
            stage.fires(
                identity,
                since=since,
                needs=("legal_register", "inventory"),
                case=text,
            )
        if day > 0:
            open_until(stage, stage.draft.roots[0], target.key, happened)
    head = stage.company(country="DE")
    before = head.names.at(stage.today)
    branch = stage.company(country="GB", parent=head.key)
    changed = replace(
        branch,
        category="BRANCH",
        number="",
        register="",
        vat="",
        names=always(branch_name(before, "United Kingdom")),
    )
    stage.draft.entities[branch.key] = changed
    stage.spares(
        "a branch registered by the acquirer", {"account_id": account, "target_id": branch.key}
    )


def deal_announced_in_family(stage: Stage) -> None:
    """Announced and open; one is announced in the thirty days, one withdrawn in them."""
    account, root = stage.family_account(), stage.draft.roots[0]
    told, given_up = stage.soon(), stage.soon()
    for text, day, ends in (
        ("fires", -10, None),
        ("announced in the thirty days", told, None),
        ("withdrawn in the thirty days", -30, given_up),
    ):
        target = stage.company(own=True)
        withdrawn = stage.day(ends) if ends else None
        announce(
            stage,
            target,
            announced=stage.day(day),
            effective=stage.day(day + 120),
            withdrawn=withdrawn,
        )
        identity = {"account_id": account, "entity_id": root, "counterparty_id": target.key}
        since = stage.day(day) if day > 0 else None
        stage.fires(identity, since=since, needs=(), clears=withdrawn, case=text)
    inside, moved = stage.company(), stage.company()
    stage.happens(
        "acquisition",
        {"acquirer": inside.key, "target": moved.key},
        type=M_AND_A,
        announced=stage.day(-12),
        effective=stage.day(60),
        learned=DEAL,
        false_alarm=True,
        note="intra-group merger",
    )
    stage.spares(
        "both parties in the family",
        {"account_id": account, "entity_id": inside.key, "counterparty_id": moved.key},
    )


def two_customers_become_one(stage: Stage) -> None:
    """The family buys another customer of ours; a minority stake is none."""
    account, day = stage.family_account(), stage.soon()
    for text, announced, share in (
        ("fires", -20, 1.0),
        ("announced in the thirty days", day, 1.0),
        ("minority stake", -20, 0.2),
    ):
        case = stage.customer(own=True)
        target = stage.draft.entities[case.entity]
        if share < 0.5:
            link = Parent(
                stage.draft.key("k"),
                target.key,
                stage.draft.roots[0],
                "legal",
                share,
                False,
                False,
                False,
                stage.day(announced),
            )
            stage.draft.link(link)
        else:
            announce(
                stage, target, announced=stage.day(announced), effective=stage.day(announced + 90)
            )
        left, right = sorted((account, case.account))
        identity = {"account_id": left, "other_account_id": right}
        if share < 0.5:
            stage.spares(text, identity)
        else:
            since = stage.day(announced) if announced > 0 else None
            stage.fires(identity, since=since, needs=("contracts",), case=text)
            counter = {
                "account_id": account,
                "entity_id": stage.draft.roots[0],
                "counterparty_id": target.key,
            }
            stage.fires(
                counter,
                since=since,
                needs=(),
                rule="deal_announced_in_family",
                case="with another customer",
            )


def control_clause_touched_by_deal(stage: Stage) -> None:
    """A customer with a change-of-control clause is bought."""
    account = stage.family_account()
    for text, sure, over in (
        ("fires", 0.95, None),
        ("withdrawn", 0.95, -5),
        ("clause unsure", 0.5, None),
    ):
        case = stage.customer(own=True)
        held = stage.draft.agreements[case.agreement]
        made = clause(
            stage.draft, held.key, "change_of_control", 5, notice_days=30, confidence=sure
        )
        stage.draft.agreements[held.key] = replace(held, clauses=(*held.clauses, made))
        target = stage.draft.entities[case.entity]
        announce(
            stage,
            target,
            announced=stage.day(-25),
            effective=stage.day(70),
            withdrawn=stage.day(over) if over else None,
        )
        identity = {
            "agreement_id": held.key,
            "clause_id": made.key,
            "counterparty_id": stage.draft.roots[0],
        }
        if text != "fires":
            stage.spares(text, identity)
        else:
            stage.fires(identity, needs=("contracts", "legal_register"))
        if over is None:
            _also(stage, account, case)


def open_until(stage: Stage, entity: str, counterparty: str, day: date | None) -> None:
    """A deal of another case is announced, and open until a day, which is a signal of its own."""
    stage.fires(
        {
            "account_id": stage.family_account(),
            "entity_id": entity,
            "counterparty_id": counterparty,
        },
        clears=day,
        rule="deal_announced_in_family",
        case="open in another case",
    )


def _also(stage: Stage, account: str, case: Case) -> None:
    """A deal with a customer is one for R04 and R07 too."""
    left, right = sorted((account, case.account))
    stage.fires(
        {"account_id": left, "other_account_id": right},
        rule="two_customers_become_one",
        case="with a clause",
    )
    stage.fires(
        {"account_id": account, "entity_id": stage.draft.roots[0], "counterparty_id": case.entity},
        rule="deal_announced_in_family",
        case="with a clause",
    )
