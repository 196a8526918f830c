"""Principals: what each is to us, and which accounts follow from that (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from graph.connection import ReadSession
from graph.scope import EVERYTHING, Scope
from graph.statement import read_statement

PRINCIPAL_ACCOUNTS = read_statement(Path(__file__).with_name("principal_accounts.cypher")).text


class Role(StrEnum):
    """What a principal is to us."""

    account_executive = "account_executive"
    regional_lead = "regional_lead"
    leader = "leader"
    steward = "steward"
    rule_author = "rule_author"
    partner = "partner"
    administrator = "administrator"

    @property
    def sees_everything(self) -> bool:
        """Whether its work is about all customers."""
        return self in (Role.leader, Role.steward, Role.rule_author, Role.administrator)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, and what its accounts are found by."""

    id: str
    name: str
    role: Role
    seller: str | None = None
    """Id of the Seller that an account executive is."""
    teams: Sequence[str] = ()
    """Ids of the teams that a regional lead leads."""
    territories: Sequence[str] = ()
    """Ids of the territories that a regional lead leads."""
    countries: Sequence[str] = ()
    """Countries that a regional lead leads, ISO 3166-1."""
    accounts: Sequence[str] = ()
    """Ids of the accounts that are opened to a partner."""


LOCAL_OPERATOR = Principal(EVERYTHING.principal_id, "local operator", Role.administrator)
"""Whoever asks on this machine without a key, where that is allowed."""


async def scope_of(graph: ReadSession, principal: Principal, *, on: date) -> Scope:
    """What a principal may see on a day; `graph` must see everything itself."""
    if principal.role.sees_everything:
        return Scope(principal.id, None)
    mine = principal.role
    found = await graph.rows(
        PRINCIPAL_ACCOUNTS,
        on=on.isoformat(),
        seller=principal.seller if mine is Role.account_executive else None,
        teams=list(principal.teams) if mine is Role.regional_lead else [],
        territories=list(principal.territories) if mine is Role.regional_lead else [],
        countries=list(principal.countries) if mine is Role.regional_lead else [],
        accounts=list(principal.accounts) if mine is Role.partner else [],
    )
    return Scope(principal.id, tuple(id for (id,) in found))
