"""Compares record by record: facts on both clocks, values, the day of the first sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.ids import record_key
from loaders.carrier.check.clocks import Belief, Beliefs, Told, believed
from loaders.carrier.check.differences import Differences, Example, Wrong
from loaders.carrier.check.graph import Found
from loaders.carrier.check.saying import FactKey, ValueKey
from loaders.carrier.check.tellings import RecordTold


@dataclass(slots=True)
class Names:
    """Ids in the graph -> references, so that a person can read what differs."""

    known: dict[str, str]

    def of(self, id: str) -> str:
        """The reference of a node, else its id."""
        return self.known.get(id, id)


@dataclass(slots=True)
class There:
    """What the graph holds of one record."""

    facts: Beliefs
    first_read: date | None
    links: set[FactKey] | None
    """None, as `values`, when they are of another day."""
    values: Mapping[ValueKey, str] | None
    """Of all nodes."""
    standing: Mapping[str, str]
    names: Names


def compare(told: list[RecordTold], found: Found, into: Differences) -> None:
    """Compare some records with the graph."""
    keys = {record_key(*one.name): one for one in told}
    facts, first = found.facts(keys), found.first_read(keys)
    values = found.values(keys) if found.is_last else None
    links = found.links(keys) if found.is_last else {}
    names = Names(_references(told))
    for key, record in keys.items():
        drawn = links.get(key, set()) if found.is_last else None
        there = There(facts.get(key, {}), first.get(key), drawn, values, found.standing, names)
        _compare_record(record, there, into)


@dataclass(slots=True)
class Way:
    """One way in which a record's deliveries may have been understood, against what is there."""

    counts: list[tuple[str, int, int]] = field(default_factory=list)
    """Label or type, how many expected, how many found."""
    examples: list[tuple[str, Example]] = field(default_factory=list)


def _compare_record(record: RecordTold, there: There, into: Differences) -> None:
    """Count the way of a record that fits best."""
    ways = [_way(record, told, there) for told in record.ways]
    best = min(ways, key=lambda way: len(way.examples))
    for name, expected, found in best.counts:
        into.count(name, expected, found)
    for name, example in best.examples:
        into.add(name, [example])


def _way(record: RecordTold, told: list[Told], there: There) -> Way:
    way = Way()
    beliefs = _standing(believed(told), there.standing)
    for key in {**beliefs, **there.facts}:
        way.counts.append((key.type, len(beliefs.get(key, ())), len(there.facts.get(key, ()))))
        way.examples += [(key.type, one) for one in _of_fact(key, beliefs, record, there)]
    _first_read(record, told, there, way)
    if there.links is not None:
        _links(record, told, there, there.links, way)
    if there.values is not None:
        _values(record, told, there, there.values, way)
    return way


def _of_fact(key: FactKey, beliefs: Beliefs, record: RecordTold, there: There) -> Iterator[Example]:
    """How one fact of a record differs."""
    expected, found = sorted(beliefs.get(key, ())), sorted(there.facts.get(key, ()))
    if expected == found:
        return
    names = there.names
    tag = f" ({key.tag})" if key.tag else ""
    what = f"{names.of(key.start)} {key.type}{tag} {names.of(key.end)}"
    days = [one[:2] for one in expected], [one[:2] for one in found]
    wrong: Wrong = "wrong_known" if days[0] == days[1] else "wrong_valid"
    if not found or not expected:
        wrong = "missing" if expected else "extra"
    yield _example(wrong, what, record, _told(expected), _told(found))


def _first_read(record: RecordTold, told: list[Told], there: There, way: Way) -> None:
    """Whether the record was first read on the day on which it first came."""
    arrived = told[0].arrived_on if told else None
    way.counts.append(("record", arrived is not None, there.first_read is not None))
    if arrived == there.first_read:
        return
    wrong: Wrong = "missing" if there.first_read is None else "extra"
    if arrived and there.first_read:
        wrong = "wrong_known"
    what = f"first sight of {record.name.record_type} {record.name.native_id}"
    example = _example(wrong, what, record, str(arrived or ""), str(there.first_read or ""))
    way.examples.append(("record", example))


def _links(
    record: RecordTold, told: list[Told], there: There, links: set[FactKey], way: Way
) -> None:
    """Whether the record's last version drew what is there, and nothing else is."""
    said = {
        key._replace(
            start=there.standing.get(key.start, key.start), end=there.standing.get(key.end, key.end)
        )
        for key in (told[-1].saying.links if told else ())
    }
    for key in said | links:
        way.counts.append((key.type, key in said, key in links))
    for key in said ^ links:
        wrong: Wrong = "missing" if key in said else "extra"
        what = f"{there.names.of(key.start)} {key.type} {there.names.of(key.end)}"
        way.examples.append((key.type, _example(wrong, what, record, "", "")))


def _values(
    record: RecordTold, told: list[Told], there: There, values: Mapping[ValueKey, str], way: Way
) -> None:
    """Whether what the record said last stands on its nodes."""
    said = told[-1].saying.values if told else {}
    for key, value in said.items():
        found = values.get(key._replace(id=there.standing.get(key.id, key.id)), "")
        way.counts.append((key.label, bool(value), bool(found)))
        if not _same(value, found):
            what = f"{key.label} {there.names.of(key.id)} {key.property}"
            way.examples.append((key.label, _example("wrong_value", what, record, value, found)))


def _standing(beliefs: Beliefs, standing: Mapping[str, str]) -> Beliefs:
    """The same with the ids that stand for merged companies now."""
    found: Beliefs = {}
    for key, versions in beliefs.items():
        if versions:
            start, end = standing.get(key.start, key.start), standing.get(key.end, key.end)
            found.setdefault(key._replace(start=start, end=end), []).extend(versions)
    return found


def _same(expected: str, there: str) -> bool:
    """Whether two texts say the same: numbers by their worth, moments by their minute."""
    if expected == there:
        return True
    try:
        return float(expected) == float(there)
    except ValueError:
        return bool(there) and _moment(expected) == _moment(there)


def _moment(text: str) -> str:
    return text.replace(" ", "T").replace("+00:00", "Z").replace(":00Z", "Z").replace(".0", "")


def _told(beliefs: Iterable[Belief]) -> str:
    return "; ".join(f"{one.valid_from} to {one.valid_to}, known {one.known_on}" for one in beliefs)


def _example(wrong: Wrong, what: str, record: RecordTold, expected: str, there: str) -> Example:
    name = record.name
    where = f"{name.system} {name.record_type} {name.native_id} ({record.key})"
    return Example(wrong, what, where, record.file, expected, there)


def _references(told: list[RecordTold]) -> dict[str, str]:
    """What the ids of nodes that these records speak of mean."""
    found: dict[str, str] = {}
    for record in told:
        for one in record.ways[0]:
            found |= one.saying.references
    return found
