"""What any CRM says of accounts and of who sells to them, whatever its columns are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from graph.facts.claims import Claims, Ref, ref
from loaders.company import Number, company

Naming = Callable[[str, str], str]
"""How a CRM names things: kind and id -> reference."""


class Life(NamedTuple):
    """When a row was made, when it was last changed, and whether it was deleted softly."""

    begins: date | None
    changed: date | None
    is_over: bool

    @property
    def ends(self) -> date | None:
        """The day of the deletion, where the row tells one."""
        return self.changed if self.is_over else None

    @property
    def says_facts(self) -> bool:
        """Whether the row states facts: a deletion without a day states none, so they end now."""
        if not self.is_over:
            return True
        return self.changed is not None and (self.begins is None or self.begins < self.changed)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A company as sellers keep it."""

    native_id: str
    name: str
    life: Life
    status: str | None = None
    segment: str | None = None
    tier: str | None = None
    owner: str | None = None
    """Id of the user who answers for it."""
    parent: str | None = None
    """Id of the account above it."""
    master: str | None = None
    """Id of the account into which it was merged."""
    numbers: Iterable[Number] = ()


def tell_account(claims: Claims, naming: Naming, row: AccountRow, **seat: Any) -> Ref:
    """A company in the role of customer, its place in the commercial view, who covers it."""
    life = row.life
    entity = company(
        claims, naming("account", row.native_id), name=row.name, numbers=row.numbers, **seat
    )
    customer = claims.node(
        "Customer",
        naming("customer", row.native_id),
        status="deleted" if life.is_over else row.status,
        status_since=life.ends,
        segment=row.segment,
    )
    if life.says_facts:
        claims.fact("PLAYS", entity, customer, valid_from=life.begins, valid_to=life.ends)
        covered = _place(claims, naming, row, entity)
        if row.owner:
            tell_owner(claims, naming, row.owner, covered, None, life.ends)
    if row.master and row.master != row.native_id:
        survivor = ref("LegalEntity", naming("account", row.master))
        reason = f"the CRM merged account {row.native_id} into {row.master}"
        claims.same.append((entity, survivor, reason))
    return entity


def tell_owner(
    claims: Claims, naming: Naming, owner: str, covered: Ref, begins: date | None, ends: date | None
) -> None:
    """A user who owns an account covers it."""
    seller = ref("Seller", naming("user", owner))
    claims.fact("COVERS", seller, covered, valid_from=begins, valid_to=ends, role="account owner")


def tell_parent(
    claims: Claims,
    naming: Naming,
    entity: Ref,
    parent: str,
    begins: date | None = None,
    ends: date | None = None,
) -> None:
    """An account stands below another in the commercial view."""
    claims.fact(
        "PARENT_IN",
        entity,
        ref("LegalEntity", naming("account", parent)),
        valid_from=begins,
        valid_to=ends,
        view="commercial",
        basis="parent account in the CRM",
    )


def _place(claims: Claims, naming: Naming, row: AccountRow, entity: Ref) -> Ref:
    """Below its parent, or at the top of a family; what the account's owner covers."""
    if row.parent:
        tell_parent(claims, naming, entity, row.parent, ends=row.life.ends)
        return entity
    shown = {"name": row.name, "segment": row.segment}
    if row.tier:
        shown["tier"] = row.tier
    top = claims.node("Account", naming("top_account", row.native_id), **shown)
    claims.fact("ROOTED_AT", top, entity, valid_from=row.life.begins, valid_to=row.life.ends)
    return top
