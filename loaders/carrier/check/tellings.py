"""What every record of the carrier has told by a day: the world, seen by its systems, delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from loaders.carrier.arriving import path_of
from loaders.carrier.check import commerce, companies, services
from loaders.carrier.check.clocks import Told
from loaders.carrier.check.saying import Saying
from loaders.carrier.config import Config
from loaders.carrier.making.carrier import carrier
from loaders.carrier.making.cluster import cluster
from loaders.carrier.observation import SYSTEMS, Seen
from loaders.carrier.seeing.deliveries import SCHEMA_CHANGE, Planned, deliveries, held
from loaders.carrier.seeing.versions import Version, shared_versions, versions
from loaders.carrier.systems.crm_emea import RENAMED
from loaders.carrier.world.cluster import Cluster
from loaders.source import find_source

DAMAGED = ("file_cut", "page_missing")
"""What a delivery of this dirt holds of a record is not sure: both are right."""
ACTIVITIES = {"call": "phonecall", "meeting": "appointment", "email": "email"}
CHANGED_TABLES = ("account", "opportunity", "user")
"""Kinds of record that nobody can read in the new schema before the mapping is extended."""
NOT_TOLD = ("measures", "offering", "price_rule", "price_index", "rate", "target")
"""Kinds that are not compared: measures are months of days, the catalogue is no fact."""


class RecordName(NamedTuple):
    """A record of a system, as its loader calls it."""

    system: str
    record_type: str
    native_id: str


@dataclass(slots=True)
class RecordTold:
    """One record with what it has told so far; several ways of it where a delivery was damaged."""

    name: RecordName
    key: str
    """Key of the thing in the world."""
    ways: list[list[Told]]
    file: str
    """Where it was delivered first: the folder of that delivery."""


@dataclass(frozen=True, slots=True)
class Known:
    """Up to which day is asked, and what happened to quarantined records."""

    config: Config
    day: int
    today: date
    """The day itself; after the last delivery, that of the last retry."""
    retried: tuple[date, ...] = ()
    """Days on which what waited in quarantine was tried again, later ones too."""
    reads_new_schema: bool = field(default_factory=lambda: reads_new_schema())


def reads_new_schema() -> bool:
    """Whether the mapping knows the columns of the new schema."""
    renamed = find_source(SCHEMA_CHANGE[0]).spec.renamed
    return all(renamed.get(now) == before for before, now in RENAMED.items())


def of_cluster(known: Known, number: int) -> Iterator[RecordTold]:
    """All records about one cluster that were delivered by the day."""
    made = cluster(known.config, number)
    for system in SYSTEMS:
        if system != "telemetry":
            found = versions(known.config, system, made)
            yield from _of_system(known, system, found, made)


def shared(known: Known) -> Iterator[RecordTold]:
    """All records that are the same for all clusters."""
    world = carrier(known.config)
    for system in SYSTEMS:
        yield from _of_system(known, system, shared_versions(known.config, system, world), None)


def _of_system(
    known: Known, system: str, found: Iterator[Version], made: Cluster | None
) -> Iterator[RecordTold]:
    planned = deliveries(known.config, system)
    for _, group in groupby(found, key=lambda one: (one[1].kind, one[1].native_id)):
        record = list(group)
        if record[0][1].kind not in NOT_TOLD:
            yield from _of_record(known, system, planned, record, made)


def _of_record(
    known: Known,
    system: str,
    planned: Sequence[Planned],
    record: list[Version],
    made: Cluster | None,
) -> Iterator[RecordTold]:
    told: dict[RecordName, list[tuple[Planned, Told]]] = {}
    for place, seen in held(planned, record):
        one = planned[place]
        if one.day <= known.day and not _unreadable(known, one, seen):
            arrived, made_on = known.config.day(one.day), known.config.day(one.of)
            for saying in say(system, seen, made, known.config):
                name = RecordName(system, saying.record_type, saying.native_id)
                told.setdefault(name, []).append((one, Told(arrived, made_on, saying)))
    key = getattr(record[0][1].thing, "key", "")
    for name, tellings in told.items():
        first = tellings[0][0]
        ways = list(_ways(known, tellings, record[0][1].kind))
        yield RecordTold(name, key, ways, f"day-{first.day:02d}/{path_of(first)}")


def _unreadable(known: Known, one: Planned, seen: Seen) -> bool:
    changed = one.schema > 1 and seen.kind in CHANGED_TABLES
    return changed and not known.reads_new_schema


def _ways(known: Known, tellings: list[tuple[Planned, Told]], kind: str) -> Iterator[list[Told]]:
    """What may have been understood of these deliveries, the likeliest first."""
    yield [told for _, told in tellings]
    if any(one.dirt in DAMAGED for one, _ in tellings):
        yield [told for one, told in tellings if one.dirt not in DAMAGED]
    if kind in CHANGED_TABLES and any(one.schema > 1 for one, _ in tellings):
        for day in known.retried:
            if day <= known.today:
                yield [_understood(one, told, day) for one, told in tellings]
        if known.retried:  # before the first of them
            yield [told for one, told in tellings if one.schema == 1]


def _understood(one: Planned, told: Told, day: date) -> Told:
    """The same telling, understood when it was tried again."""
    late = one.schema > 1 and told.arrived_on < day
    return Told(day, told.as_of, told.saying) if late else told


def say(system: str, seen: Seen, made: Cluster | None, config: Config) -> list[Saying]:
    """What the records say that a system makes of one thing."""
    kind = seen.kind
    if kind == "user":
        return companies.user(seen, carrier(config))
    if kind in ("team", "seller", "territory", "coverage"):
        return services.territory(seen, made)
    if kind in _ALONE:
        return _ALONE[kind](seen)
    if made is None:
        return []
    if kind == "opportunity":
        return [Saying("opportunity", seen.native_id, seen.on)]
    if kind == "interaction":
        return [Saying(ACTIVITIES[seen.thing.kind], seen.native_id, seen.on)]
    if kind == "site" and system == "network":
        return services.network_site(seen, made)
    if kind == "service":
        return services.circuit(seen) if system == "network" else services.service(seen)
    if kind == "billing_account":
        return commerce.billing_account(system, seen, made)
    if kind in _OF_BILLING:
        return _OF_BILLING[kind](system, seen)
    return _IN_CLUSTER[kind](seen, made)


_ALONE = {
    "pop": services.pop,
    "ticket": services.ticket,
    "order": services.order,
    "quote": services.quote,
}
_OF_BILLING = {"bill": commerce.bill, "payment": commerce.payment, "dispute": commerce.dispute}
_IN_CLUSTER = {
    "entity": companies.entity,
    "parent": companies.parent,
    "happening": companies.happening,
    "account": companies.account,
    "tenant": companies.tenant,
    "agreement": commerce.agreement,
    "site": services.site,
}
