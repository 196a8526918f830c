"""UK company numbers: three registers of one house, told apart by the number's first letters."""

from __future__ import annotations

import re

ENGLAND_AND_WALES = "RA000585"
NORTHERN_IRELAND = "RA000586"
SCOTLAND = "RA000587"

_REGISTERS = {
    "": ENGLAND_AND_WALES,
    "LP": ENGLAND_AND_WALES,
    "OC": ENGLAND_AND_WALES,
    "SE": ENGLAND_AND_WALES,
    "NC": NORTHERN_IRELAND,
    "NI": NORTHERN_IRELAND,
    "NL": NORTHERN_IRELAND,
    "R": NORTHERN_IRELAND,
    "SC": SCOTLAND,
    "SL": SCOTLAND,
    "SO": SCOTLAND,
}
"""Companies, LLPs and limited partnerships. OE, FC and BR number what is registered elsewhere."""
_NUMBER = re.compile(r"([A-Z]{0,2})([0-9]+)\Z")


def register_of(number: str) -> str | None:
    """The register (a GLEIF RA code) that gave a company number; None where it is not certain."""
    text = "".join(number.split()).upper()
    found = _NUMBER.match(text)
    if not found or len(text) > 8 or not int(found[2]):
        return None
    return _REGISTERS.get(found[1])
