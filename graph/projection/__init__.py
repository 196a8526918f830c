"""What is worked out from facts and kept beside them, so that rules and analysts need not.

Nothing here is evidence: all of it can be worked out again at any moment, from the facts alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import Statements
from graph.projection.derived import settle
from graph.projection.families import families
from graph.projection.near import near
from graph.projection.suppliers import suppliers


@dataclass(frozen=True, slots=True)
class Projected:
    """How many derived relationships were written, changed or taken away, by type."""

    in_family: int
    near: int
    supplies: int


def project(session: Statements) -> Projected:
    """Bring what is derived to what the facts say now; doing it twice changes nothing."""
    return Projected(
        in_family=len(settle(session, "IN_FAMILY", families(session))),
        near=len(settle(session, "NEAR", near(session))),
        supplies=len(settle(session, "SUPPLIES", suppliers(session))),
    )
