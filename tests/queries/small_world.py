"""A small world with accounts, what they have and who moved, and who may see what of it by Python.

Everything of it says whose it is by one word that nothing else holds: `of-3-`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from random import Random

from graph.connection import BatchSession
from graph.ids import node_id
from graph.projection import project

OPEN = "recorded_from: datetime('2025-01-01'), recorded_to: datetime('9999-12-31T00:00:00Z')"
ALWAYS = f"valid_from: date('2020-01-01'), valid_to: date('9999-12-31'), {OPEN}"
WORLDS = int(os.environ.get("FOOTPRINT_TEST_WORLDS", "2"))
"""How many worlds a test of scopes makes."""
MOVED = "2026-01-01"
"""Day on which the companies that moved did so."""

COMPANIES = """
UNWIND $rows AS row
CREATE (entity:LegalEntity {id: row.id, name: row.name, reference: row.id, jurisdiction: 'DE',
  status: 'ACTIVE', record: 'r', test_of: row.of, first_seen_at: datetime('2025-01-01'),
  last_seen_at: datetime('2025-01-01')})
CREATE (:SourceRecord {id: row.id + '-record', system: 'register', record_type: 'company',
  native_id: row.name, recorded_from: datetime('2025-01-01'), test_of: row.of})
  -[:RESOLVES_TO]->(entity)
"""
PARENTS = f"""
UNWIND $rows AS row
MATCH (child:LegalEntity {{id: row[0]}}) MATCH (parent:LegalEntity {{id: row[1]}})
CREATE (child)-[:%s {{id: row[3], view: row[2], controlling: true, share: 0.5, record: 'r',
  valid_from: date(row[4]), valid_to: date(row[5]), {OPEN}}}]->(parent)
"""
OWNS = f"""
UNWIND $rows AS row
MATCH (owner:LegalEntity {{id: row[0]}}) MATCH (owned:LegalEntity {{id: row[1]}})
CREATE (owner)-[:OWNS {{id: row[0] + row[1], share: row[2], record: 'r', {ALWAYS}}}]->(owned)
"""
ACCOUNTS = f"""
UNWIND $rows AS row
MATCH (root:LegalEntity {{id: row.root}})
CREATE (account:Account {{id: row.id, name: row.name, test_of: row.id}})
CREATE (account)-[:ROOTED_AT {{id: row.id + '-rooted', valid_from: date('2020-01-01'),
  valid_to: date('9999-12-31'), recorded_from: datetime(row.known),
  recorded_to: datetime('9999-12-31T00:00:00Z')}}]->(root)
CREATE (signal:Signal {{id: row.id + '-signal', rule: 'some_rule', state: 'open', message: row.name,
  score: row.score, severity: 'high', action: 'call', identity: '', evidence: '{{}}',
  rule_hash: '', clears_if: '', state_since: datetime('2026-01-01'),
  known_at: datetime('2026-01-01'), opened_at: datetime('2026-01-01'),
  valid_on: date('2026-01-01'), test_of: row.id}})-[:OF_ACCOUNT]->(account)
MERGE (seller:Seller {{id: 'seller', name: 'Sam'}})
CREATE (seller)-[:COVERS {{id: row.id + '-covers', {ALWAYS}}}]->(account)
"""
INHIBITED = """
UNWIND $rows AS row
MATCH (one:Signal {id: row[0]}) MATCH (by:Signal {id: row[1]}) CREATE (one)-[:INHIBITED_BY]->(by)
"""
BUSINESS = f"""
UNWIND $rows AS row
MATCH (entity:LegalEntity {{id: row.entity}})
WITH row, entity, row.name AS name, row.of AS of, row.entity AS id
CREATE (entity)-[:PLAYS {{id: id + '-plays', {ALWAYS}}}]->
  (customer:Customer {{id: id + '-customer', name: name, test_of: of}})
CREATE (customer)-[:PARTY_TO {{id: id + '-party', {ALWAYS}}}]->
  (agreement:Agreement {{id: id + '-agreement', reference: name, party_name: name, test_of: of,
    period_from: date('2026-01-01'), period_to: date('2025-01-01')}})
CREATE (agreement)-[:HAS_ITEM]->(item:AgreementItem {{id: id + '-item', reference: name,
    record: 'r', monthly_amount: 500000, currency: 'EUR', starts_on: date('2025-01-01'),
    ends_on: date('2026-08-01'), test_of: of}})
CREATE (agreement)-[:HAS_ITEM]->(:AgreementItem {{id: id + '-bare', reference: name, record: 'r',
    monthly_amount: 900, currency: 'EUR', starts_on: date('2025-01-01'), test_of: of}})
CREATE (agreement)-[:HAS_COMMITMENT]->(commitment:Commitment {{id: id + '-commitment', kind: 'MARC',
    amount: 5, currency: 'EUR', period_from: date('2026-01-01'), period_to: date('2027-01-01'),
    test_of: of}})
CREATE (item)-[:GOVERNS {{id: id + '-governs', {ALWAYS}}}]->
  (product:Product {{id: id + '-product', reference: name, test_of: of}})
CREATE (product)-[:REALIZED_BY {{id: id + '-real', {ALWAYS}}}]->
  (service:Service {{id: id + '-service',
    name: name, reference: 's:' + name, state: 'active', activated_on: date('2025-01-01'),
    record: 'r', test_of: of}})
CREATE (service)-[:DELIVERED_AT {{id: id + '-at', {ALWAYS}}}]->
  (:Site {{id: id + '-site', name: name, country: 'DE', test_of: of}})
CREATE (:TroubleTicket {{id: id + '-ticket', reference: name, severity: 'high', status: 'open',
    opened_at: datetime('2026-05-30'), test_of: of}})-[:AFFECTS]->(service)
CREATE (service)-[:MEASURED_IN]->(:ServiceMeasure {{id: id + '-measure', metric: 'availability',
    month: date('2026-05-01'), value: 0.9, target: 0.99, test_of: of}})
CREATE (:Order {{id: id + '-order', reference: name, status: 'inProgress',
    ordered_at: datetime('2026-05-01'), test_of: of}})-[:DELIVERS]->(service)
CREATE (:Opportunity {{id: id + '-opportunity', reference: name, amount: 5, currency: 'EUR',
    close_on: date('2026-09-01'), test_of: of}})-[:CONCERNS]->(entity)
CREATE (customer)-[:BILLED_BY {{id: id + '-billed', {ALWAYS}}}]->(account:BillingAccount
    {{id: id + '-account', reference: name, party_name: name, currency: 'USD', record: 'r',
      test_of: of}})
CREATE (account)-[:COUNTS_TOWARD {{id: id + '-counts', {ALWAYS}}}]->(commitment)
CREATE (bill:Bill {{id: id + '-bill', number: name, amount: 700, remaining_amount: 700,
    currency: 'EUR', issued_on: date('2026-05-15'), due_on: date('2026-05-30'), record: 'r',
    period_from: date('2026-05-01'), period_to: date('2026-06-01'), test_of: of}})-[:ON]->(account)
CREATE (bill)-[:HAS_CHARGE]->(charge:Charge {{id: id + '-charge', kind: 'recurring', amount: 600,
    currency: 'EUR', period_from: date('2026-05-01'), period_to: date('2026-06-01'), record: 'r',
    contributory: true, test_of: of}})
CREATE (charge)-[:FOR]->(product)
"""
RECORD = """
MERGE (:SourceSystem {id: 'register', name: 'Register'})
MERGE (:SourceRecord {id: 'r', system: 'register', record_type: 'x', native_id: 'x',
  recorded_from: datetime('2025-01-01'), recorded_to: datetime('9999-12-31T00:00:00Z')})
"""


@dataclass(slots=True)
class World:
    """Companies by number, their parents by view then and now, and the tops of accounts."""

    size: int
    parents: dict[tuple[str, int], int] = field(default_factory=dict)
    """(view, company) -> its parent now."""
    before: dict[int, int | None] = field(default_factory=dict)
    """Company that moved in the legal view -> its parent before; None for none."""
    interests: dict[tuple[int, int], float] = field(default_factory=dict)
    """(owner, owned) -> share; who owns whom may be a circle."""
    roots: list[int] = field(default_factory=list)
    """The top of each account, in the order in which the accounts were known."""
    customers: list[int] = field(default_factory=list)
    salt: str = ""

    def id(self, company: int) -> str:
        """A company's id."""
        return node_id(f"world:{self.salt}:{company}")

    def account(self, number: int) -> str:
        """An account's id."""
        return node_id(f"world:{self.salt}:account:{number}")

    @property
    def accounts(self) -> list[str]:
        """All accounts' ids."""
        return [self.account(number) for number in range(len(self.roots))]

    def name(self, company: int) -> str:
        """A company's name: one word that all share, and one of its own."""
        return f"Quarz of{company:03}"

    def own(self, company: int) -> str | None:
        """The account that a company is of: the nearest commercially, else legally."""
        for view in ("commercial", "legal"):
            for at in (company, *self.above(company, view)):
                if at in self.roots:
                    return self.account(self.roots.index(at))
        return None

    def sees(self, scope: set[str], company: int) -> bool:
        """Whether a principal with these accounts may see a company."""
        return self.own(company) is None or self.own(company) in scope

    def above(self, company: int, view: str) -> list[int]:
        """Who stands above it in a view now, the nearest first."""
        found = []
        while (view, company) in self.parents:
            company = self.parents[view, company]
            found.append(company)
        return found

    def family(self, root: int, view: str) -> list[int]:
        """It and all below it in a view now."""
        return [
            one for one in range(self.size) if one == root or root in self.above(one, view)
        ]  # fmt: skip

    def legal_parent(self, company: int, then: bool) -> int | None:
        """Its parent in the legal view, before or after the day of the moves."""
        return self.before[company] if then and company in self.before else self.parents.get(
            ("legal", company)
        )  # fmt: skip


def a_world(seed: int) -> World:
    """A world by chance: 14 companies, up to five accounts, six customers, a few moves."""
    random = Random(seed)
    world = World(14, salt=str(seed))
    for company in range(1, world.size):
        if random.random() < 0.85:
            world.parents["legal", company] = random.randrange(company)
        if random.random() < 0.5:
            world.parents["commercial", company] = random.randrange(company)
        if random.random() < 0.3:
            world.before[company] = random.choice([None, random.randrange(company)])
    world.roots = random.sample(range(world.size), random.randint(1, 5))
    world.customers = random.sample(range(world.size), 6)
    for _ in range(18):
        owner, owned = random.sample(range(world.size), 2)
        world.interests[owner, owned] = random.choice([0.1, 0.2, 0.5])
    return world


def write_world(world: World, session: BatchSession) -> None:
    """Write it to an empty graph, and project it."""
    id, whose = world.id, {one: world.own(one) or "public" for one in range(world.size)}
    session.run(RECORD)
    companies = [
        {"id": id(one), "name": world.name(one), "of": whose[one]} for one in range(world.size)
    ]
    session.run(COMPANIES, rows=companies)
    now, then = [], []
    for (view, child), parent in world.parents.items():
        moved = view == "legal" and child in world.before
        since = MOVED if moved and world.before[child] != parent else "2020-01-01"
        now.append((id(child), id(parent), view, f"{id(child)}-{view}", since, "9999-12-31"))
    for child, earlier in world.before.items():
        if earlier is not None and earlier != world.parents.get(("legal", child)):
            row = (id(child), id(earlier), "legal", f"{id(child)}-before", "2020-01-01", MOVED)
            then.append(row)
    session.run(PARENTS % "PARENT_IN", rows=now)
    session.run(PARENTS % "FORMER_PARENT_IN", rows=then)
    stakes = [(id(one), id(two), share) for (one, two), share in world.interests.items()]
    session.run(OWNS, rows=stakes)
    accounts = [
        {"id": world.account(at), "root": id(root), "name": f"Account of{root:03}",
         "known": f"2025-01-{at + 1:02}", "score": float(root)}
        for at, root in enumerate(world.roots)
    ]  # fmt: skip
    session.run(ACCOUNTS, rows=accounts)
    signals = [f"{one}-signal" for one in world.accounts]
    pairs = list(zip(signals, signals[1:], strict=False))
    session.run(INHIBITED, rows=pairs)
    business = [
        {"entity": id(one), "name": f"x{world.name(one)}",
         "of": "nobody" if whose[one] == "public" else whose[one]}
        for one in world.customers
    ]  # fmt: skip
    session.run(BUSINESS, rows=business)
    project(session)


FORGET = """
MATCH (node) WHERE node.test_of IS NOT NULL AND NOT node.test_of IN $kept DETACH DELETE node
"""


def forget_the_rest(scope: set[str], session: BatchSession) -> None:
    """Delete what a principal with these accounts may not see."""
    session.run(FORGET, kept=[*scope, "public"])
