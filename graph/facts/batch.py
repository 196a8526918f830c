"""One batch of source records as one transaction: evidence, nodes, facts, links and events.

The results of statements that give nothing back are not fetched one by one: what goes wrong is
raised by the next statement or by the commit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from graph.connection import Transaction, as_text
from graph.evidence import Entry
from graph.facts import changes, hierarchy, linking, outbox, survivorship
from graph.facts import statements as cypher
from graph.facts.claims import VALUE_LABELS, Claims, LinkClaim, NodeClaim
from graph.facts.elements import Elements
from graph.facts.precedence import Precedence
from graph.facts.rows import FactRows
from graph.facts.sending import Sending
from graph.facts.timeline import Version, first_statement, meet
from graph.ids import version_id


@dataclass(slots=True)
class RecordVersion:
    """A record version that the graph does not have, with what it says."""

    entry: Entry
    claims: Claims
    position: str
    previous: str = ""
    """The id of the version it supersedes; empty for a record never seen."""


@dataclass(slots=True)
class Writing:
    """What every statement of a run has in common."""

    run: str
    system: str
    scope: str
    moment: datetime
    as_of: date
    today: date
    precedence: Precedence
    aliases: dict[str, str]
    """Retired id -> the id that stands for it now."""
    quiet: bool = False
    """A source's first full load appends one event in all, not one a subject."""

    def standing(self, node: str) -> str:
        """The id that now stands for a node."""
        return self.aliases.get(node, node)


@dataclass(slots=True)
class Written:
    """What one batch did."""

    facts_opened: int = 0
    facts_closed: int = 0
    nodes: int = 0
    events: int = 0
    aliases: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


Again = list[tuple[RecordVersion, NodeClaim]]
"""Claims on nodes that were there before their batch or are described twice in it."""


def write_batch(
    transaction: Transaction, writing: Writing, versions: list[RecordVersion]
) -> Written:
    """Write one batch; safe to run again when the transaction is retried."""
    with Sending(transaction) as sending:
        return _write(cast(Transaction, sending), writing, versions)


def _write(transaction: Transaction, writing: Writing, versions: list[RecordVersion]) -> Written:
    written = Written()
    elements = Elements()
    described, again = _write_nodes(transaction, writing, versions, elements)
    written.nodes = len(described)
    _write_stubs(transaction, writing, versions, described, elements)
    _write_records(transaction, writing, versions, elements)
    for label, claims in again.items():
        survivorship.describe_again(transaction, writing, label, claims)
    rows = FactRows(writing.moment, writing.today, elements)
    changed = [version for version in versions if version.previous]
    subjects = changes.plan_changes(transaction, writing, changed, rows)
    for version in versions:
        if not version.previous:
            _first_facts(writing, version, rows)
    flagged = rows.write(transaction)
    _write_links(transaction, writing, versions, elements)
    written.warnings += hierarchy.settle(
        transaction, writing, flagged.children | rows.touched_children, rows
    )
    merges = linking.link(transaction, writing, flagged.identifiers, _pairs(writing, versions))
    written.aliases = merges.aliases
    written.warnings += merges.warnings
    if merges.survivors:
        written.warnings += hierarchy.settle(transaction, writing, merges.survivors, rows)
    written.facts_opened, written.facts_closed = rows.opened, rows.closed
    if not writing.quiet:
        new = {_subject(writing, version): None for version in versions}
        written.events = outbox.append_merges(transaction, writing, merges.aliases)
        written.events += outbox.append(transaction, writing, {**new, **subjects})
        written.events += outbox.append_hierarchy(
            transaction, {merges.standing(one) for one in rows.moved}, writing
        )
    return written


def _subject(writing: Writing, version: RecordVersion) -> tuple[str, str]:
    for node in version.claims.subjects():
        return node.label, writing.standing(node.id)
    return "SourceRecord", version.entry.key


def _pairs(writing: Writing, versions: list[RecordVersion]) -> list[tuple[str, str, str]]:
    return [
        (writing.standing(left.id), writing.standing(right.id), reason)
        for version in versions
        for left, right, reason in version.claims.same
    ]


def _write_nodes(
    transaction: Transaction,
    writing: Writing,
    versions: list[RecordVersion],
    elements: Elements,
) -> tuple[set[str], dict[str, Again]]:
    """Create what is not there; the ids described, and by label what was there already."""
    groups: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = defaultdict(list)
    claims: dict[str, Again] = defaultdict(list)
    again: dict[str, Again] = defaultdict(list)
    described: set[str] = set()
    for version in versions:
        record = version_id(version.entry.key, writing.moment)
        for node in version.claims.nodes:
            label = node.ref.label
            node_id = writing.standing(node.ref.id)
            if label in VALUE_LABELS:
                if node_id in described:
                    continue
            else:
                claims[node_id].append((version, node))
            described.add(node_id)
            groups[label, tuple(node.properties)].append(
                [node_id, node.ref.reference, record, *node.columns()]
            )
    for (label, names), rows in groups.items():
        there = elements.create(transaction, label, names, rows, as_text(writing.moment))
        for node_id in dict.fromkeys(there):
            again[label] += claims.pop(node_id, [])
    return described, again


def _write_stubs(
    transaction: Transaction,
    writing: Writing,
    versions: list[RecordVersion],
    described: set[str],
    elements: Elements,
) -> None:
    stubs: dict[str, dict[str, str]] = defaultdict(dict)
    for version in versions:
        for mentioned in version.claims.mentioned():
            node_id = writing.standing(mentioned.id)
            if node_id not in described:
                stubs[mentioned.label].setdefault(node_id, mentioned.reference)
    for label, references in stubs.items():
        elements.mention(transaction, label, references, as_text(writing.moment))


def _write_records(
    transaction: Transaction,
    writing: Writing,
    versions: list[RecordVersion],
    elements: Elements,
) -> None:
    moment = as_text(writing.moment)
    closing = [version.previous for version in versions if version.previous]
    if closing:
        transaction.run(cypher.CLOSE_RECORDS, rows=closing, moment=moment)
    rows = [_record_row(writing, version, elements) for version in versions]
    transaction.run(
        cypher.CREATE_RECORDS,
        rows=rows,
        run=writing.run,
        system=writing.system,
        scope=writing.scope,
        moment=moment,
    )


def _record_row(writing: Writing, version: RecordVersion, elements: Elements) -> list[Any]:
    entry = version.entry
    subjects = dict.fromkeys(writing.standing(node.id) for node in version.claims.subjects())
    return [
        version_id(entry.key, writing.moment),
        entry.key,
        entry.record_type,
        entry.native_id,
        entry.content_hash,
        version.position,
        entry.happened_at,
        entry.file,
        entry.line,
        [elements[node] for node in subjects],
    ]


def _first_facts(writing: Writing, version: RecordVersion, rows: FactRows) -> None:
    record = version_id(version.entry.key, writing.moment)
    stated: dict[str, list[Version]] = defaultdict(list)
    for fact in reversed(version.claims.facts):
        saying = changes.saying_of(fact, record)
        first = first_statement(saying, version.claims.happened_on or writing.as_of)
        id = fact.id_of(version.entry.key)
        known = stated[id]
        if any(meet(first, other) for other in known):
            continue  # one record says one thing twice: the last word counts
        known.append(first)
        rows.state(
            fact.type,
            (fact.start.label, writing.standing(fact.start.id)),
            (fact.end.label, writing.standing(fact.end.id)),
            id,
            first,
        )


def _write_links(
    transaction: Transaction,
    writing: Writing,
    versions: list[RecordVersion],
    elements: Elements,
) -> None:
    changed = [version.entry.key for version in versions if version.previous]
    if changed:
        transaction.run(cypher.DROP_LINKS, keys=changed)
    drawn: dict[tuple[str, str, str], tuple[str, LinkClaim]] = {}
    for version in versions:
        record = version_id(version.entry.key, writing.moment)
        for link in version.claims.links:
            start, end = writing.standing(link.start.id), writing.standing(link.end.id)
            drawn[link.type, start, end] = record, link  # said twice: the last word counts
    groups: dict[tuple[str, tuple[str, ...], bool], list[list[Any]]] = defaultdict(list)
    for (link_type, start, end), (record, link) in drawn.items():
        new = start in elements.new or end in elements.new
        groups[link_type, tuple(link.properties), new].append(
            [elements[start], elements[end], record, *map(as_text, link.properties.values())]
        )
    for (link_type, names, new), rows in groups.items():
        transaction.run(cypher.create_links(link_type, names, new=new), rows=rows)
