"""Invented identifiers of the demo, with right checksums."""

from __future__ import annotations

import hashlib

from stdnum.iso7064 import mod_97_10


def lei_of(code: str) -> str:
    """An invented LEI with a right checksum; the prefix belongs to no issuer."""
    digest = hashlib.sha256(f"footprint demo {code}".encode()).hexdigest().upper()
    body = f"FPRT00{digest[:12]}"
    return body + mod_97_10.calc_check_digits(body)


def number_of(code: str) -> str:
    """An invented registration number of eight digits."""
    return str(int(hashlib.sha256(f"number {code}".encode()).hexdigest(), 16) % 90_000_000 + 10**7)


def account_id_of(code: str) -> str:
    """An invented account id of 18 characters, as CRMs give them."""
    digest = hashlib.sha256(f"account {code}".encode()).hexdigest().upper()
    return f"001{digest[:12]}AAA"
