"""Who may decide what: the one table (docs/decisions/0023). Who is not in it may only read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.access.principal import Role

WHO_MAY: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "actOnSignal": frozenset(
            {Role.account_executive, Role.regional_lead, Role.administrator}
        ),
        "approveHeldRun": frozenset({Role.steward, Role.administrator}),
        "judge": frozenset({Role.steward, Role.administrator}),
        "withdrawJudgement": frozenset({Role.steward, Role.administrator}),
    }
)  # fmt: skip
"""Mutation -> roles; which customers each of them sees is their scope."""
