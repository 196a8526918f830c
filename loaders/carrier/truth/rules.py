"""What the truth says of each rule: whether it is planted, how completely, and when it is blind."""

from __future__ import annotations

from loaders.carrier.config import Config
from loaders.carrier.seeing.deliveries import OUTAGE
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.happening import Plant

BLIND_AFTER = 2
"""Days without a complete run after which a rule that needs billing is blind (48 hours)."""


def blind_days(config: Config, plant: Plant, made: Cluster) -> list[int]:
    """Days on which the rule cannot judge the case, because the outage has lasted too long."""
    system, silent = OUTAGE
    if system not in plant.needs:
        return []
    return [day for day in silent if day - (silent[0] - 1) > BLIND_AFTER]
