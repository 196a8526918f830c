"""A company as a system of the carrier knows it: a name in use, an address, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from graph.facts.claims import Claims, Ref
from loaders import identifiers


class Number(NamedTuple):
    """A number under which a system knows a company."""

    scheme: str
    value: str | None
    issuer: str = ""
    """GLEIF code of the register that gave it; '' when it is of no register."""


def company(
    claims: Claims,
    reference: str,
    *,
    name: str | None,
    numbers: Iterable[Number],
    **seat: Any,
) -> Ref:
    """Describe a company; numbers that fail their check are kept as such and found nothing."""
    given = [one for one in numbers if one.value]
    lei = next((str(one.value) for one in given if one.scheme == "lei"), "")
    entity = claims.node(
        "LegalEntity",
        reference,
        name=name,
        lei=lei.strip().upper() if identifiers.is_valid_lei(lei) else None,
        **seat,
    )
    if name:
        claims.name(entity, name, kind="trading")
    for scheme, value, issuer in given:
        identifiers.state(claims, entity, scheme, str(value), issuer)
    return entity


def seat(*lines: str | None, city: str | None, country: str | None) -> dict[str, str | None]:
    """The address that a system shows, which stands as the head office's until a better comes."""
    return {
        "hq_address": ", ".join(line for line in lines if line) or None,
        "hq_city": city,
        "hq_country": country,
    }
