"""Randomness that gives the same on any machine: named streams, and nothing but `random()`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

Value = TypeVar("Value")

VERSION = "1"
"""Of the simulation: another version may give other bytes for the same seed."""


class Draw:
    """One named stream; only `Random.random` is used, which Python promises to keep."""

    __slots__ = ("next",)

    def __init__(self, seed: int, what: str, number: int = 0) -> None:
        self.next = Random(f"{VERSION}:{seed}:{what}:{number}").random

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.next() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """A number from low to high."""
        return low + self.next() * (high - low)

    def chance(self, share: float) -> bool:
        """True in that share of draws."""
        return self.next() < share

    def pick(self, values: Sequence[Value]) -> Value:
        """One of the values."""
        return values[int(self.next() * len(values))]

    def early(self, values: Sequence[Value], weight: float = 2.0) -> Value:
        """One of the values; the earlier, the likelier (weight 1 is even)."""
        return values[int(self.next() ** weight * len(values))]

    def sample(self, values: Sequence[Value], count: int) -> list[Value]:
        """That many different values (all, if there are fewer), in drawn order."""
        left = list(values)
        found = []
        for _ in range(min(count, len(left))):
            place = int(self.next() * len(left))
            found.append(left[place])
            left[place] = left[-1]
            left.pop()
        return found

    def skewed(self, low: int, high: int, shape: float) -> int:
        """A whole number with many small and few large values (a cut Pareto distribution)."""
        return int(pareto(self.next(), low, high, shape))

    def digits(self, count: int) -> str:
        """That many decimal digits, the first not zero."""
        lowest = 10 ** (count - 1)
        return str(lowest + int(self.next() * (9 * lowest)))


def pareto(share: float, low: float, high: float, shape: float) -> float:
    """The value below which a share of a Pareto distribution cut at both ends lies."""
    cut = (low / high) ** shape
    return float(low / math.pow(1 - share * (1 - cut), 1 / shape))
