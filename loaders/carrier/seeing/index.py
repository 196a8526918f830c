"""What belongs to what in a cluster: looked up by writers and by the truth."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from loaders.carrier.observation import SYSTEMS
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.contract import Agreement, Item
from loaders.carrier.world.happening import Happening
from loaders.carrier.world.party import Parent
from loaders.carrier.world.place import Occupancy


class Index:
    """One cluster, looked up from the other end."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.parents: dict[str, list[Parent]] = defaultdict(list)
        """Links by child, oldest first."""
        self.occupants: dict[str, list[Occupancy]] = defaultdict(list)
        """By site."""
        self.events: dict[str, list[Happening]] = defaultdict(list)
        """Corporate events by every entity with a role in them."""
        self.items: dict[str, Item] = {}
        self.agreements: dict[str, Agreement] = {}
        """By item."""
        self.buyers = {service.entity for service in cluster.services.values()}
        """Keys of the entities that have a service."""
        for link in cluster.parents:
            self.parents[link.child].append(link)
        for occupancy in cluster.occupancies:
            self.occupants[occupancy.site].append(occupancy)
        for happening in cluster.happenings:
            if happening.type:
                for key in sorted(set(happening.roles.values())):
                    self.events[key].append(happening)
        for agreement in cluster.agreements.values():
            for item in agreement.items:
                self.items[item.key] = item
                self.agreements[item.key] = agreement

    def occupant(self, site: str, day: date) -> str:
        """Key of the first entity at a site on a day, or ahead of it; empty when none."""
        found = [one for one in self.occupants.get(site, ()) if day < one.ends]
        here = [one for one in found if one.begins <= day]
        return (here or found)[0].entity if found else ""

    def parent(self, child: str, day: date, view: str = "legal") -> str:
        """Key of the controlling parent on a day; empty at the top."""
        for link in self.parents.get(child, ()):
            if link.controlling and link.view == view and link.holds(day):
                return link.parent
        return ""

    def root(self, entity: str, day: date) -> str:
        """Key of the entity at the top of the family on a day."""
        parent = self.parent(entity, day)
        while parent:
            entity, parent = parent, self.parent(parent, day)
        return entity

    def known_events(self, entity: str, system: str, day: date) -> list[Happening]:
        """Corporate events of an entity that a system knows when it speaks of a day of the world.

        It speaks of it some days later, and knows by then what it has learned meanwhile.
        """
        delivered = day + timedelta(days=SYSTEMS[system].lag_days)
        return [
            event
            for event in self.events.get(entity, ())
            if event.learned.get(system, date.max) <= delivered
        ]


_LAST: list[Index] = []


def index(cluster: Cluster) -> Index:
    """The index of a cluster; made once while one cluster after the other is written."""
    if not _LAST or _LAST[0].cluster is not cluster:
        _LAST[:] = [Index(cluster)]
    return _LAST[0]
