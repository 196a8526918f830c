"""What a change set touches: accounts, and companies for the rules whose findings rest on one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.connection import BatchSession, Statements
from graph.facts.statements import read_elements
from graph.projection.part import project_families, project_near, project_suppliers
from graph.statement import read_statement
from rules.engine.files.format import Pair
from rules.engine.files.within import NEAREST
from rules.engine.judged.sight import Sight
from rules.engine.life.lifecycle import LIVING
from rules.engine.life.signals import Signal
from rules.engine.runs.asking_for import AskedFor, Touched, looks_at, woken
from rules.engine.runs.changes import Changes
from rules.engine.runs.position import Position
from rules.engine.runs.reach import COMPANY, HUBS, Reach

HERE = Path(__file__).parent
SUPPLIED = read_statement(HERE / "supplied.cypher").text


def touched(
    session: BatchSession,
    reach: Reach,
    changes: Changes,
    pairs: Collection[Pair],
    known: Iterable[Position],
    sight: Sight,
) -> Touched:
    """Bring what is derived up to date, and find the accounts and companies that changes reach."""
    looked = {pair.rule.id: looks_at(pair.statement.text) for pair in pairs}
    every = frozenset().union(*looked.values())
    origins = {one: told for one, told in changes.origins.items() if told & every}
    for label, found in changes.things.items():
        reach.labels.update({element: (label, id) for id, element in found.items()})
    ahead = reach.ahead(origins)
    moved = _projected(session, reach, changes, ahead)
    near = reach.near(origins, ahead)
    accounts = reach.by_id(near, "Account")
    moved |= project_suppliers(session, {*accounts, *moved})
    narrow = [looked[pair.rule.id] for pair in pairs if pair.rule.within == "company"]
    ends = reach.companies(origins, ahead) if narrow else {}
    named = frozenset().union(*narrow)
    companies = {
        one: told & named for one, told in reach.only(ends, COMPANY).items() if told & named
    }
    return Touched(
        near=accounts,
        past=reach.by_id(ends, "Account"),
        companies=reach.by_id(reach.sharing(companies), COMPANY),
        groups=reach.by_id(reach.groups(near), "Account"),
        moved=frozenset(moved),
        hubs=HUBS.intersection(changes.things),
        supplied=_supplied(session, woken(known, sight)),
    )


def _projected(
    session: BatchSession, reach: Reach, changes: Changes, ahead: Mapping[str, frozenset[str]]
) -> set[str]:
    """The accounts whose family is another one, now that what is derived is up to date."""
    things = changes.things
    moved = project_families(session, reach.ids(ahead, COMPANY), things.get("Account", {}).keys())
    project_near(
        session, things.get("Site", {}).keys(), all_pops=bool(things.get("PointOfPresence"))
    )
    return set(moved)


def _supplied(session: Statements, systems: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {system: set() for system in systems}
    for system, account in session.rows(SUPPLIED, system_ids=systems) if systems else ():
        found[system].add(account)
    return {system: frozenset(accounts) for system, accounts in found.items()}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a change set is asked for by company."""

    nearest: tuple[tuple[str, str], ...]
    """Company and its account."""
    resting: Mapping[str, frozenset[str]]
    """Signal -> the companies on which it rests, where that is known."""

    def asked(self, told: AskedFor) -> Iterator[tuple[str, str]]:
        """The companies for which a rule is asked, each with its account."""
        return (one for one in self.nearest if one[0] in told.companies)

    def holds(self, signal: Signal, told: AskedFor) -> bool:
        """Whether it is judged by what is found in these companies."""
        return bool(self.resting.get(signal.id, frozenset()) & told.companies)

    def whole(self, told: AskedFor, signals: Iterable[Signal]) -> set[str]:
        """The accounts to ask with all their companies, given the signals of the rule.

        Where nobody knows on which company a signal rests, its account is one of them.
        """
        accounts = told.accounts or frozenset()
        if told.whole is None:
            return set(accounts)
        return set(told.whole).union(
            one.account
            for one in signals
            if one.account in accounts and one.state.state in LIVING and one.id not in self.resting
        )


def narrowed(
    reach: Reach, plan: Mapping[str, AskedFor], pairs: Iterable[Pair], signals: Collection[Signal]
) -> Narrowed:
    """What of a plan is asked for by company, and on which companies its signals rest."""
    companies = sorted(frozenset().union(*(one.companies for one in plan.values())))
    pairs_of = reach.session.rows(NEAREST, entity_ids=companies) if companies else []
    labels = {one.rule.id: one.rule.subject for one in pairs if plan[one.rule.id].whole is not None}
    begun: dict[str, frozenset[str]] = {}
    for label, subjects in _subjects(signals, labels).items():
        (elements,) = reach.session.row(read_elements(label), ids=list(subjects))
        for id, element in elements:
            reach.labels[element] = (label, id)
            begun[element] = frozenset(subjects[id])
    resting: dict[str, set[str]] = defaultdict(set)
    for company, ids in reach.by_id(reach.owners(begun), COMPANY).items():
        for id in ids:
            resting[id].add(company)
    told = {id: frozenset(found) for id, found in resting.items()}
    return Narrowed(tuple((entity, account) for account, entity in pairs_of), told)


def _subjects(
    signals: Iterable[Signal], labels: Mapping[str, str]
) -> dict[str, dict[str, set[str]]]:
    """Label -> id of a subject -> the signals about it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for signal in signals:
        if signal.rule in labels and signal.subject:
            found[labels[signal.rule]][signal.subject].add(signal.id)
    return found
