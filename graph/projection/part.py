"""The part of what is derived that changed companies, accounts and sites can touch.

What it leaves is what the whole projection would leave: a test compares them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from graph.connection import Statements
from graph.facts.hierarchy import DEPTH
from graph.projection.derived import Part, settle
from graph.projection.families import VIEWS, Below, in_views
from graph.projection.near import in_reach, near
from graph.projection.suppliers import suppliers
from graph.statement import read_statement

HERE = Path(__file__).parent
AROUND = read_statement(HERE / "around.cypher").text
MEMBERS = read_statement(HERE / "members.cypher").text
ACCOUNTS_OF = read_statement(HERE / "accounts_of.cypher").text
CHILDREN = read_statement(HERE / "children.cypher").text
ROOTS_OF = read_statement(HERE / "roots_of.cypher").text
SITES = read_statement(HERE / "sites.cypher").text
POPS = read_statement(HERE / "pops.cypher").text


def project_families(
    session: Statements, entities: Collection[str], accounts: Collection[str]
) -> set[str]:
    """Families once these changed; the accounts of all companies that came, went or are nearer."""
    first = _ids(session, AROUND, entity_ids=entities) | set(accounts)
    if not first:
        return set()
    below: Below = {view: defaultdict(list) for view in VIEWS}
    roots = _roots(session, first, below)
    after = {entity for entity, _, _ in in_views(roots, below)}
    concerned = after | _ids(session, MEMBERS, account_ids=first)
    sharing = _ids(session, ACCOUNTS_OF, entity_ids=concerned)
    wanted = {
        key: told
        for key, told in in_views(_roots(session, first | sharing, below), below).items()
        if key[0] in concerned
    }
    changed = settle(session, "IN_FAMILY", wanted, Part("start", concerned))
    moved = {key[0] for key in changed}
    return {key[1] for key in changed} | _ids(session, ACCOUNTS_OF, entity_ids=moved)


def project_near(session: Statements, sites: Collection[str], *, all_pops: bool) -> int:
    """What is in reach of these sites, or of all once a point of presence changed; how many."""
    if all_pops:
        return len(settle(session, "NEAR", near(session)))
    placed = session.rows(SITES, site_ids=list(sites)) if sites else []
    if not placed:
        return len(settle(session, "NEAR", {}, Part("start", sites))) if sites else 0
    found = in_reach(
        [(id, north, east) for id, north, east in placed],
        [(id, north, east) for id, north, east in session.rows(POPS)],
    )
    return len(settle(session, "NEAR", found, Part("start", sites)))


def project_suppliers(session: Statements, accounts: Collection[str]) -> set[str]:
    """Which systems supply these accounts; the accounts of which that changed."""
    if not accounts:
        return set()
    found = suppliers(session, accounts)
    return {key[1] for key in settle(session, "SUPPLIES", found, Part("end", accounts))}


def _roots(session: Statements, accounts: Collection[str], below: Below) -> list[tuple[str, str]]:
    """The tops of accounts; what stands below them is put into `below`."""
    told = session.rows(ROOTS_OF, account_ids=sorted(accounts))
    roots = [(account, root) for account, root, _ in told]
    level = {root for _, root in roots}
    seen = set[str]()
    for _ in range(DEPTH):
        level -= seen
        if not level:
            break
        seen |= level
        rows = session.rows(CHILDREN, entity_ids=sorted(level))
        asked, level = level, set()
        for view, children, parents in rows:
            for parent in asked:
                below[view].pop(parent, None)
            for child, parent in zip(children, parents, strict=True):
                below[view][parent].append(child)
                level.add(child)
    return roots


def _ids(session: Statements, cypher: str, **given: Collection[str]) -> set[str]:
    asked = {name: sorted(ids) for name, ids in given.items()}
    return {id for (id,) in session.rows(cypher, **asked)}
