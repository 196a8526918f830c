"""A case in the making, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loaders.carrier.draw import Draw
from loaders.carrier.making.billing import Wishes
from loaders.carrier.making.draft import Draft
from loaders.carrier.observation import SYSTEMS
from loaders.carrier.world.happening import Happening, Plant


@dataclass(slots=True)
class Case:
    """A customer made for a case; keys of what it has."""

    entity: str
    account: str
    """The sales account at the top of its family."""
    billing: str
    agreement: str
    sites: list[str]
    services: list[str]
    items: list[str]


class Notes:
    """Notes what happens in a case, and when the rule must find it."""

    def __init__(self, draft: Draft, draw: Draw, used: set[str], wishes: Wishes, rule: str) -> None:
        self.draft, self.draw, self.used, self.wishes, self.rule = draft, draw, used, wishes, rule
        self.today = draft.today

    def day(self, number: int) -> date:
        """A day before or after day 0."""
        return self.draft.day(number)

    def happens(
        self,
        kind: str,
        roles: Mapping[str, str],
        *,
        type: str = "",
        group: str = "STANDALONE",
        announced: date | None = None,
        effective: date | None = None,
        completed: date | None = None,
        withdrawn: date | None = None,
        learned: Mapping[str, int] | None = None,
        false_alarm: bool = False,
        note: str = "",
    ) -> Happening:
        """Note something that happens; `learned` is days after its first day, by system."""
        made = Happening(
            self.draft.key("j"),
            kind,
            type,
            group if type else "",
            announced,
            effective,
            completed,
            withdrawn,
            dict(roles),
            {},
            false_alarm,
            note,
        )
        known = {
            system: made.begins() + timedelta(days=late) for system, late in (learned or {}).items()
        }
        made = replace(made, learned=known)
        self.draft.happenings.append(made)
        return made

    def fires(
        self,
        identity: Mapping[str, str],
        *,
        since: date | None = None,
        needs: Sequence[str] = (),
        told_by: Sequence[str] = (),
        clears: date | None = None,
        case: str = "fires",
        rule: str = "",
    ) -> None:
        """The rule must fire, from the day on which the systems that tell of it have told.

        `needs` are the systems without which the rule is blind; a change that time alone brings
        is told by nobody, and holds on its day.
        """
        late = timedelta(days=max((SYSTEMS[name].lag_days for name in told_by), default=0))
        opens = max(self.today, since + late if since else self.today)
        over = clears + late if clears else None
        named = tuple(f"billing_{self.billed_in}" if one == "billing" else one for one in needs)
        made = Plant(rule or self.rule, dict(identity), case, opens, over, named)
        self.draft.plants.append(made)

    def spares(self, case: str, identity: Mapping[str, str]) -> None:
        """The rule must not fire, although it nearly would."""
        self.draft.plants.append(Plant(self.rule, dict(identity), case, None, None))

    billed_in: str = "emea"
    """Region in which the case at hand is billed; set by `billed`."""

    def billed(self, case: Case) -> None:
        """Say whose bills the next signal stands on."""
        self.billed_in = self.draft.entities[case.entity].sales_region

    def crm(self, case: Case) -> str:
        """The CRM that masters the account of a case."""
        region = self.draft.entities[case.entity].sales_region
        return "crm_americas" if region == "americas" else "crm_emea"
