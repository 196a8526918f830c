"""Orders with their milestones, and the quotes before them."""

from __future__ import annotations

from loaders.tmforum.system import TmfSystem


class Orders(TmfSystem):
    """Orders with their milestones, and the quotes before them."""

    name = "orders"
