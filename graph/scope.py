"""Whose eyes a read has: what a principal may see of the graph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The accounts whose customers a principal may see.

    Every statement of a read session is given `$scope`: the ids of these accounts, or null for all.
    """

    principal_id: str
    account_ids: tuple[str, ...] | None
    """None stands for everything."""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is kept from the principal."""
        return self.account_ids is None

    @property
    def parameter(self) -> list[str] | None:
        """`$scope`, as statements have it."""
        return None if self.account_ids is None else list(self.account_ids)


EVERYTHING = Scope("operator", None)
"""Whoever can start a command on this machine sees all that it holds."""
