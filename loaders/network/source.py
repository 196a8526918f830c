"""The carrier's own NetBox, whose custom fields say what its other systems call a thing."""

from __future__ import annotations

from loaders.netbox.source import NetBox
from loaders.source import SourceSpec, with_ignores_of


class Network(NetBox):
    """Sites, points of presence, circuits, terminations and tenants."""

    name = "network"

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(with_ignores_of(spec, "netbox"))
