"""Which company a number means: only a number whose register is certain joins anything."""

from __future__ import annotations

import re
from typing import Any

from graph.facts.claims import Claims, Ref, ref
from loaders.companies_house import register_of
from loaders.identifiers import own, registry, state

SYSTEM = "register_uk"

_HERE = frozenset(
    {"england", "wales", "scotland", "britain", "uk", "cardiff", "edinburgh", "belfast"}
    | {"united kingdom", "northern ireland"}
)
_FILLING = frozenset(
    {"and", "the", "of", "in", "at", "for", "great", "companies", "company", "house", "registrar"}
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
    if not register_of(number):
        return False
    places = [_left_of_place(text) for text in (country, place) if text]
    return bool(places) and all(left == "" for left in places)


def _left_of_place(text: str) -> str | None:
    """What a place names beside the United Kingdom ('' for nothing); None: it does not name it."""
    words = re.sub(r"[^a-z]+", " ", text.casefold().replace("u.k", "uk")).split()
    joined = " ".join(words)
    for two in ("united kingdom", "northern ireland"):
        joined = joined.replace(two, two.replace(" ", "_"))
    named = [word.replace("_", " ") for word in joined.split()]
    left = " ".join(word for word in named if word not in _HERE | _FILLING)
    says_so = any(word in _HERE for word in named) or joined == "companies house"
    return left if left or says_so else None


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
