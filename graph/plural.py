"""Numbers of things, in words."""

from __future__ import annotations


def counted(number: float, noun: str, nouns: str = "") -> str:
    """`0 days`, `1 day`, `2,000 days`, `1 company`, `2 companies`."""
    return f"{number:,.0f} {noun if number == 1 else nouns or f'{noun}s'}"
