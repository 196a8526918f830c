"""What happens: every change that the truth names, and the false alarms beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens, when, to whom, and the day on which each system learns of it.

    Corporate events are records of their own in the legal register (`type` is GLEIF's); the others
    are only named here: what they change is in the time lines of what they happen to.
    """

    key: str
    kind: str
    """acquisition, absorption, demerger, spin_off, renaming, redomiciliation, branch_to_subsidiary,
    new_site, move, degradation, outage, planned_work, renewal, auto_renewal, commitment_early,
    commitment_short, bill_rise, dispute, credit, leakage, seller_change, correction ..."""
    type: str
    """GLEIF event type; empty when it is no corporate event."""
    group: str
    announced_on: date | None
    effective_on: date | None
    """Day on which it takes effect; a plan's expected day while it is open."""
    completed_on: date | None
    withdrawn_on: date | None
    roles: Mapping[str, str]
    """acquirer, target, seller, predecessor, successor, subject, service, site ... -> key."""
    learned: Mapping[str, date]
    """System -> day on which it learns; a system that never does is absent."""
    is_false_alarm: bool
    """True when it looks like a change that sales should care for and is none."""
    note: str

    def status(self, day: date) -> str:
        """GLEIF's status on a day: IN_PROGRESS, COMPLETED, WITHDRAWN_CANCELLED."""
        if self.withdrawn_on is not None and day >= self.withdrawn_on:
            return "WITHDRAWN_CANCELLED"
        done = self.completed_on is not None and day >= self.completed_on
        return "COMPLETED" if done else "IN_PROGRESS"

    def begins(self) -> date:
        """The first day on which anybody could know of it."""
        days = (self.announced_on, self.effective_on, self.completed_on)
        return min(day for day in days if day is not None)

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        days = (self.completed_on, self.withdrawn_on)
        return tuple(sorted({day for day in days if day is not None}))


@dataclass(frozen=True, slots=True)
class Plant:
    """A case planted for a rule: it must fire on some days, or never although it nearly does."""

    rule: str
    """Id of the rule, like `renewal_on_degrading_service`."""
    identity: Mapping[str, str]
    """The rule's identity columns -> world keys or values."""
    case: str
    """`fires`, or the near miss in a few words of the rule's own `Not`."""
    opens_on: date | None
    """First day on which it holds; None on a near miss."""
    clears_on: date | None
    """First day on which it holds no more; None while it holds."""
    needs: tuple[str, ...] = ()
    """Systems without whose fresh deliveries the rule is blind for this case."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A rating of an entity by a provider."""

    key: str
    entity: str
    provider: str
    scale: str
    score: int
    assessed_on: date

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()
