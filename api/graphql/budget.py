"""How much each principal may still ask: a leaky bucket of cost for each of them.

What a request is estimated to cost is taken before it is carried out, and the difference to what
it did cost is given back, or owed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from api.graphql.refusal import Throttled

SECONDS = 20
"""How many seconds of restoring a full bucket holds."""
KEPT = 10_000
"""Principals that are remembered; whose bucket is full again is forgotten first."""


@dataclass(slots=True)
class Bucket:
    """What is left, at the moment when it was last looked at."""

    left: float
    at: float


@dataclass(slots=True)
class Budgets:
    """The buckets of all principals of this process."""

    restore_rate: float
    """Cost that comes back in a second."""
    clock: Callable[[], float]
    """Seconds, never going back."""
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    @property
    def most(self) -> float:
        """What a full bucket holds."""
        return self.restore_rate * SECONDS

    def take(self, principal: str, cost: float) -> None:
        """Take what a request will cost; raises Throttled when there is not so much left."""
        bucket = self._bucket(principal)
        if bucket.left < min(cost, self.most):
            missing = min(cost, self.most) - bucket.left
            seconds = math.ceil(missing / self.restore_rate)
            raise Throttled(cost, self.status(principal), seconds)
        bucket.left -= cost

    def settle(self, principal: str, taken: float, cost: float) -> None:
        """Give back what was taken too much, or take what was too little."""
        bucket = self._bucket(principal)
        bucket.left = min(self.most, bucket.left + taken - cost)

    def status(self, principal: str) -> dict[str, float]:
        """What may be asked now, as clients read it."""
        left = self._bucket(principal).left
        return {
            "maximumAvailable": self.most,
            "currentlyAvailable": round(left, 1),
            "restoreRate": self.restore_rate,
        }

    def _bucket(self, principal: str) -> Bucket:
        now = self.clock()
        bucket = self._buckets.get(principal)
        if bucket is None:
            self._forget(now)
            bucket = self._buckets[principal] = Bucket(self.most, now)
        bucket.left = self._restored(bucket, now)
        bucket.at = now
        return bucket

    def _restored(self, bucket: Bucket, now: float) -> float:
        return min(self.most, bucket.left + (now - bucket.at) * self.restore_rate)

    def _forget(self, now: float) -> None:
        """Let go of those who may ask everything again: they are as good as new."""
        if len(self._buckets) >= KEPT:
            kept = {name: one for name, one in self._buckets.items()
                    if self._restored(one, now) < self.most}  # fmt: skip
            self._buckets = kept
