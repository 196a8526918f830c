"""Products, the services that realize them, and the sites where they end."""

from __future__ import annotations

from loaders.tmforum.system import TmfSystem


class Inventory(TmfSystem):
    """Products, the services that realize them, and the sites where they end."""

    name = "inventory"
    first = ("site", "service")
