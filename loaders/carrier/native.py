"""The ids that a system gives its records: stable, unlike from system to system, never drawn."""

from __future__ import annotations

import functools
from string import ascii_uppercase, digits

from loaders.carrier.observation import SYSTEMS

BASE = digits + ascii_uppercase + "abcdefghijklmnopqrstuvwxyz"
PREFIXES = {
    "account": "001",
    "user": "005",
    "opportunity": "006",
    "opportunity_history": "008",
    "interaction": "00T",
}
"""How Salesforce ids begin, by kind."""

ROOM = 10**13
"""Numbers before scrambling: cluster x 10^8 + kind x 10^7 + index in the cluster."""

_SALT = {name: place for place, name in enumerate(sorted(SYSTEMS), start=3)}


@functools.lru_cache(maxsize=1 << 16)
def native_id(system: str, kind: str, key: str, copy: int = 0) -> str:
    """The id of a record in a system; `copy` counts the duplicates of one thing, from 1.

    A pure function of its arguments, so a writer names what a record refers to in the same way.
    """
    number = _scrambled(system, key, copy)
    if system == "crm_americas":
        return _salesforce(PREFIXES.get(kind, "a0X"), number)
    if system == "crm_emea":
        return f"{kind[:3]}-{number:013x}"
    if system in ("network", "tickets"):
        return str(number)
    if system.startswith("billing_"):
        return f"{number:013d}"
    return f"{kind[:3].upper()}{number:013d}"


def _scrambled(system: str, key: str, copy: int) -> int:
    """A bijection of the key's number, another one for each system: ids tell nothing."""
    cluster, _, index = key[1:].partition("-")
    if index:
        number = (int(cluster) * 100 + ord(key[0]) - 64) * 10_000_000 + int(index) * 4 + copy
    else:
        number = (ord(key[0]) - 64) * 10_000_000 + int(cluster) * 4 + copy
    salt = _SALT[system]
    return (number * (7_234_567_891 + 20 * salt) + salt * 104_729) % ROOM


def _salesforce(prefix: str, number: int) -> str:
    """An 18-character id: prefix, twelve characters, and three that guard upper and lower case."""
    body = ""
    for _ in range(12):
        number, place = divmod(number, 62)
        body = BASE[place] + body
    text = prefix + body
    guard = "".join(
        _GUARD[
            sum(
                1 << place
                for place, letter in enumerate(text[start : start + 5])
                if letter.isupper()
            )
        ]
        for start in (0, 5, 10)
    )
    return text + guard


_GUARD = ascii_uppercase + "012345"
