"""Principals as they are made: whom they stand for is looked up once, and kept by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from neo4j.exceptions import ConstraintError

from graph.access.principal import Principal, Role
from graph.connection import BatchSession
from graph.errors import NotFound, UsageError
from graph.statement import read_statement

HERE = Path(__file__).parent
PRINCIPAL = read_statement(HERE / "principal.cypher").text
WRITE_PRINCIPAL = read_statement(HERE / "write_principal.cypher").text
CALLED = read_statement(HERE / "called.cypher").text

NEEDS = {
    Role.account_executive: ("seller",),
    Role.regional_lead: ("teams", "territories", "countries"),
    Role.partner: ("accounts",),
}
"""What of these a role's accounts are found by; other roles see everything."""


def find_principal(session: BatchSession, name: str) -> Principal | None:
    """The principal of this name."""
    row = session.row(PRINCIPAL, name=name)
    if not row:
        return None
    id, called, role, seller, *lists = row
    return Principal(id, called, Role(role), seller, *map(tuple, lists))


def enrol(
    session: BatchSession,
    name: str,
    role: Role,
    *,
    now: datetime,
    seller: str | None = None,
    teams: Sequence[str] = (),
    territories: Sequence[str] = (),
    countries: Sequence[str] = (),
    accounts: Sequence[str] = (),
) -> Principal:
    """Make a principal; sellers, teams, territories and accounts are meant by id, address or name.

    Raises UsageError for a name that is taken and for what does not fit its role, NotFound for
    what is not there.
    """
    given = {
        "seller": seller, "teams": teams, "territories": territories, "countries": countries,
        "accounts": accounts,
    }  # fmt: skip
    needed = NEEDS.get(role, ())
    amiss = [one for one, value in given.items() if value and one not in needed]
    if amiss or (needed and not any(given[one] for one in needed)):
        raise UsageError(
            f"a principal of the role {role} cannot be told by its {', '.join(amiss)}"
            if amiss
            else f"nothing says what a principal of the role {role} may see",
            remedy=f"give {' or '.join(needed)}" if needed else f"{role} sees everything",
        )
    principal = Principal(
        str(uuid4()),
        name,
        role,
        _called(session, "Seller", [seller])[0] if seller else None,
        _called(session, "Team", teams),
        _called(session, "Territory", territories),
        tuple(sorted({one.upper() for one in countries})),
        _called(session, "Account", accounts),
    )
    try:
        session.run(
            WRITE_PRINCIPAL,
            id=principal.id,
            name=name,
            role=str(role),
            seller=principal.seller,
            teams=list(principal.teams),
            territories=list(principal.territories),
            countries=list(principal.countries),
            accounts=list(principal.accounts),
            now=now,
        )
    except ConstraintError as error:
        raise UsageError(
            f"somebody is called {name!r} already",
            where="name",
            remedy="./footprint keys list shows who there is; give another name",
        ) from error
    return principal


def _called(session: BatchSession, label: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of what is meant."""
    ids = []
    for text in texts:
        found = session.rows(CALLED, label=label, text=text)
        if len(found) != 1:
            what = "no" if not found else f"{len(found)} or more"
            raise NotFound(
                f"{what} {label} with the id, address or name {text!r}",
                remedy="give the id" if found else "./footprint account shows who covers whom",
            )
        ids.append(found[0][0])
    return tuple(sorted(set(ids)))
