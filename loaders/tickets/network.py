"""The network's own tickets, as TMF621 resources."""

from __future__ import annotations

from loaders.tmforum.system import TmfSystem


class Network(TmfSystem):
    """What the network noticed before anybody complained."""

    name = "tickets"
