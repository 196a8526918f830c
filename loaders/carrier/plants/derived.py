"""What follows for a whole account from all cases together, worked out day by day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from loaders.carrier.making.draft import Draft
from loaders.carrier.world.contract import Agreement, Item
from loaders.carrier.world.happening import Plant

APART_DAYS = 183
NEAR_SHARE = 0.40
NEAR_DAYS = 365
RULE = "contracts_can_be_co_terminated"


def add_derived(draft: Draft) -> None:
    """R16 for the family's account: half of its contracts may end soon because of the cases."""
    account = next(iter(draft.accounts), "")
    if not account:
        return
    held = [
        (agreement, item)
        for agreement in draft.agreements.values()
        if draft.entities[agreement.entity].family == draft.roots[0]
        for item in agreement.items
    ]
    days = [draft.day(number) for number in range(draft.config.last_day + 1)]
    found = [day for day in days if _holds(held, day)]
    if found:
        over = found[-1] + timedelta(days=1)
        clears = over if over <= draft.config.end else None
        regions = {draft.entities[agreement.entity].sales_region for agreement, _ in held}
        needs = ("contracts", "crm_emea", *(f"billing_{one}" for one in sorted(regions)))
        identity = {"account_id": account}
        draft.plants.append(Plant(RULE, identity, "all cases together", found[0], clears, needs))


def _holds(held: list[tuple[Agreement, Item]], day: date) -> bool:
    """At least three current items, far apart, and two fifths of one currency ending in a year."""
    ends: list[date] = []
    amounts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for agreement, item in held:
        last = item.ends.at(day)
        if not item.begins <= day < last or agreement.status.at(day) != "approved":
            continue
        ends.append(last)
        amount = item.monthly_amount.at(day)
        amounts[item.currency][0] += amount
        if (last - day).days <= NEAR_DAYS:
            amounts[item.currency][1] += amount
    if len(ends) < 3 or (max(ends) - min(ends)).days <= APART_DAYS:
        return False
    return any(near >= NEAR_SHARE * total for total, near in amounts.values())
