"""Who is one company: joined where records share a number, and never two companies in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.errors import UsageError
from graph.ids import node_id
from loaders.carrier.check.differences import Differences, Example, Wrong
from loaders.carrier.check.graph import Found
from loaders.carrier.check.saying import Numbered
from loaders.carrier.check.tellings import RecordTold
from loaders.carrier.truth.reading import Truth

SAME = "same company"
NUMBERS = ("lei", "vat", "duns")
"""Properties that, when a record has them wrong, may make one company of two."""


@dataclass(slots=True)
class Company:
    """A company as one or several records of one system found it."""

    reference: str
    entities: set[str] = field(default_factory=set)
    """Keys of the companies that the truth says these records are about."""
    numbers: set[Numbered] = field(default_factory=set)
    is_dirty: bool = False
    """Whether a record of it has a number that is another company's, or is mistyped."""
    record: RecordTold | None = None


Schemes = dict[str, set[str]]
"""Values of numbers by scheme."""

Edge = tuple[Company, Company, str]
"""Two that are one company, and why."""


class Joined:
    """The companies of all records that were compared, and what joins them."""

    def __init__(self, truth: Truth, found: Found) -> None:
        self._found = found
        self._entity = {
            (row["system"], row["key"]): row["entity"] for row in truth.rows("identity")
        }
        self._dirty = {
            (row["system"], row["key"]) for row in truth.rows("dirt") if row["property"] in NUMBERS
        }
        self._companies: dict[str, Company] = {}
        self._same: list[tuple[str, str]] = []

    def add(self, told: Iterable[RecordTold]) -> None:
        """Take in what these records say of companies; UsageError when the truth knows them not."""
        for record in told:
            for one in record.ways[0]:
                if one.saying.company:
                    self._add(record, one.saying.company, one.saying.numbers)
                    if one.saying.same:
                        self._add(record, one.saying.same, set())
                        self._same.append((one.saying.company, one.saying.same))

    def compare(self, into: Differences) -> None:
        """Compare the merges that are with those that shared numbers justify."""
        groups: dict[str, list[Company]] = defaultdict(list)
        for company in self._companies.values():
            groups[self._standing(company.reference)].append(company)
        edges = list(self._edges())
        top = _components(edges)
        for group in groups.values():
            into.add(SAME, self._wrongly_one(group, top))
        justified = [edge for edge in edges if not self._is_apart(edge, groups)]
        into.add(SAME, _not_joined([edge for edge in justified if not self._is_one(edge)]))
        one = _components(justified)
        into.count(
            SAME,
            len(one) - len(set(one.values())),
            sum(len(group) - 1 for group in groups.values()),
        )

    def _add(self, record: RecordTold, reference: str, numbers: set[Numbered]) -> None:
        pair = (record.name.system, record.key)
        if pair not in self._entity:
            raise UsageError(
                f"the truth knows no {record.name.system} record of {record.key}",
                where=f"{record.name.record_type} {record.name.native_id}",
                remedy="another version wrote this carrier: write it again",
            )
        company = self._companies.setdefault(reference, Company(reference))
        company.entities.add(self._entity[pair])
        company.numbers |= numbers
        company.is_dirty |= pair in self._dirty
        company.record = company.record or record

    def _standing(self, reference: str) -> str:
        id = node_id(reference)
        return self._found.standing.get(id, id)

    def _edges(self) -> Iterator[Edge]:
        """Pairs of companies that a number, or a record, says are one; each number's as a star."""
        sharing: dict[Numbered, list[Company]] = defaultdict(list)
        for company in self._companies.values():
            for number in company.numbers:
                sharing[number].append(company)
        for number, (first, *others) in sharing.items():
            for other in others:
                yield first, other, f"both have {number.scheme} {number.value}"
        for left, right in dict.fromkeys(self._same):
            yield self._companies[left], self._companies[right], "one record names both"

    def _wrongly_one(self, group: list[Company], top: dict[str, str]) -> Iterator[Example]:
        """A group that nothing justifies, or that is two companies though no number is wrong."""
        parts = {top.get(company.reference, company.reference) for company in group}
        entities = set().union(*(company.entities for company in group))
        called = " = ".join(sorted(company.reference for company in group))
        if len(parts) > 1:
            yield _example("extra", group[0], called, "no number that they share", "one company")
        elif len(entities) > 1 and not any(company.is_dirty for company in group):
            yield _example("extra", group[0], called, " and ".join(sorted(entities)), "one company")

    def _is_apart(self, edge: Edge, groups: dict[str, list[Company]]) -> bool:
        """Whether another number tells apart two that share one, and they are two."""
        mine, theirs = (self._standing(company.reference) for company in edge[:2])
        return mine != theirs and _told_apart(groups[mine], groups[theirs])

    def _is_one(self, edge: Edge) -> bool:
        return self._standing(edge[0].reference) == self._standing(edge[1].reference)


def _not_joined(edges: list[Edge]) -> Iterator[Example]:
    """Pairs that share a number and are two, though no other number tells them apart."""
    for left, right, why in edges:
        called = f"{left.reference} = {right.reference}"
        yield _example("missing", right, called, why, "two companies")


def _told_apart(left: list[Company], right: list[Company]) -> bool:
    """Whether two groups have different numbers of one exact scheme, or are founded on such."""
    return _differ(_by_scheme(left), _by_scheme(right)) or _differ(
        _founding(left), _founding(right)
    )


def _differ(mine: Schemes, theirs: Schemes) -> bool:
    exact = [scheme for scheme in mine.keys() & theirs.keys() if not scheme.startswith("vat")]
    return any(not mine[scheme] & theirs[scheme] for scheme in exact)


def _by_scheme(group: list[Company]) -> Schemes:
    found: Schemes = defaultdict(set)
    for company in group:
        for number in company.numbers:
            found[number.scheme].add(number.value)
    return found


def _founding(group: list[Company]) -> Schemes:
    """The numbers that the companies' ids are made of."""
    found: Schemes = defaultdict(set)
    for company in group:
        for number in company.numbers:
            if company.reference == f"{number.scheme}:{number.value}":
                found[number.scheme].add(number.value)
    return found


def _components(edges: list[Edge]) -> dict[str, str]:
    """Reference -> the reference that stands for all it is joined with, directly or not."""
    above: dict[str, str] = {}

    def top(one: str) -> str:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    for left, right, _ in edges:
        above[top(left.reference)] = top(right.reference)
    return {reference: top(reference) for reference in list(above)}


def _example(wrong: Wrong, company: Company, what: str, expected: str, there: str) -> Example:
    record = company.record
    named = f"{record.name.system} {record.name.native_id} ({record.key})" if record else ""
    return Example(wrong, what, named, record.file if record else "", expected, there)
