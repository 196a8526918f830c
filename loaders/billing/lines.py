"""Whether the lines of a bill add up to it: checked and said, never mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OFF = "the lines do not add up to the bill without its tax"
MIXED = "the bill has lines in another currency"
OFF_TAX = "net amount and tax do not add up to the amount due"


@dataclass(slots=True)
class Lines:
    """The lines of one bill, summed while they come."""

    currency: str = ""
    total: int = 0
    """In minor units of the currency, without tax."""
    mixed: bool = False

    def add(self, amount: int, currency: str) -> None:
        """Count one line."""
        self.mixed = self.mixed or self.currency not in ("", currency)
        self.currency = currency
        self.total += amount

    def join(self, others: Lines) -> None:
        """Count lines of the same bill from another file; a file that comes twice counts once."""
        if others != self:
            self.mixed = self.mixed or others.mixed or others.currency != self.currency
            self.total += others.total


def lines_of(charges: Iterable[tuple[int, str]]) -> Lines:
    """The lines of a bill that come with it: amount and currency of each."""
    lines = Lines()
    for amount, currency in charges:
        lines.add(amount, currency)
    return lines


def odd_sums(
    *,
    amount: int | None,
    tax: int | None,
    net: int | None,
    currency: str | None,
    lines: Lines | None,
) -> list[str]:
    """What does not add up in a bill; nothing is said of what the bill leaves open."""
    odd: list[str] = []
    if amount is None:
        return odd
    if net is not None and tax is not None and net + tax != amount:
        odd.append(OFF_TAX)
    if lines is None or not lines.currency:
        return odd
    if lines.mixed or lines.currency != currency:
        odd.append(MIXED)
    elif lines.total != (net if net is not None else amount - (tax or 0)):
        odd.append(OFF)
    return odd
