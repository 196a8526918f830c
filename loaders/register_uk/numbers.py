"""Which company a number means: only a number whose register is certain joins anything."""

from __future__ import annotations

import re
from typing import Any

from graph.facts.claims import Claims, Ref, ref
from loaders.companies_house import register_of
from loaders.identifiers import is_junk, own, registry, state

SYSTEM = "register_uk"

_HERE = frozenset(
    {"england", "wales", "scotland", "britain", "uk", "cardiff", "edinburgh", "belfast"}
    | {"united_kingdom", "northern_ireland", "companies_house"}
)
_FILLING = frozenset(
    {"and", "the", "of", "in", "at", "for", "great", "companies", "company", "registrar"}
    | {"register", "registry", "registered", "gb", "ltd"}
)


def mention_company(claims: Claims, number: str) -> Ref:
    """The company with this number at Companies House, described elsewhere."""
    return _identified(claims, ref("LegalEntity", _reference(number)), number)


def describe_company(claims: Claims, number: str, **properties: Any) -> Ref:
    """The company with this number at Companies House, described here."""
    return _identified(claims, claims.node("LegalEntity", _reference(number), **properties), number)


def is_registered_here(number: str, country: str, place: str) -> bool:
    """Whether a number written by a filer is certainly one of Companies House.

    What is said of country and place must name the United Kingdom, and nothing else.
    """
    if is_junk(number) or not register_of(number):
        return False
    named = [_places(text) for text in (country, place)]
    return any(here for here, _ in named) and not any(elsewhere for _, elsewhere in named)


def _places(text: str) -> tuple[bool, bool]:
    """Whether a text names the United Kingdom, and whether it names anything else."""
    plain = " ".join(re.sub(r"[^a-z]+", " ", text.casefold().replace("u.k", "uk")).split())
    for two in ("united kingdom", "northern ireland", "companies house"):
        plain = plain.replace(two, two.replace(" ", "_"))
    words = set(plain.split())
    return bool(words & _HERE), bool(words - _HERE - _FILLING)


def _reference(number: str) -> str:
    register = register_of(number)
    if register:
        return registry(register, number)
    return own(SYSTEM, "company", number.strip().upper())


def _identified(claims: Claims, entity: Ref, number: str) -> Ref:
    register = register_of(number)
    if register:
        state(claims, entity, "registry", number, issuer=register)
    else:
        claims.identifier(entity, "companies_house", number.strip().upper())
    return entity
