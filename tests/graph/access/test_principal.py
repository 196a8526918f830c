"""Which accounts follow from what a principal is, as of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graph.access.enrolled import enrol, find_principal
from graph.access.principal import LOCAL_OPERATOR, Principal, Role, scope_of
from graph.connection import BatchSession, open_reads
from graph.engine import Server
from graph.errors import NotFound, UsageError
from graph.projection import project
from graph.scope import EVERYTHING, Scope

NOW = datetime(2026, 6, 20, tzinfo=UTC)
KNOWN = "recorded_from: datetime('2025-01-01'), recorded_to: datetime('9999-12-31T00:00:00Z')"
SINCE = f"valid_from: date('2025-01-01'), valid_to: date('9999-12-31'), {KNOWN}"
PEOPLE = f"""
CREATE (world:Account {{id: 'world', name: 'World'}})-[:ROOTED_AT {{{SINCE}}}]->
         (top:LegalEntity {{id: 'top', jurisdiction: 'US-DE'}}),
       (nested:Account {{id: 'nested', name: 'Nested'}})-[:ROOTED_AT {{{SINCE}}}]->
         (low:LegalEntity {{id: 'low', jurisdiction: 'DE'}}),
       (other:Account {{id: 'other', name: 'Other'}})-[:ROOTED_AT {{{SINCE}}}]->
         (:LegalEntity {{id: 'apart', hq_country: 'FR'}}),
       (low)-[:PARENT_IN {{view: 'commercial', controlling: true, {SINCE}}}]->(top),
       (dana:Seller {{id: 'dana', name: 'Dana', email: 'dana@carrier.example'}}),
       (evan:Seller {{id: 'evan', name: 'Evan'}}), (:Seller {{id: 'evan-2', name: 'Evan'}}),
       (north:Team {{id: 'north', name: 'North'}}), (west:Territory {{id: 'west', name: 'West'}}),
       (dana)-[:COVERS {{{SINCE}}}]->(world),
       (dana)-[:FORMER_COVERS {{valid_from: date('2025-01-01'), valid_to: date('2026-01-01'),
         {KNOWN}}}]->(other),
       (evan)-[:COVERS {{{SINCE}}}]->(other), (evan)-[:COVERS {{{SINCE}}}]->(west),
       (evan)-[:COVERS {{{SINCE}}}]->(low),
       (dana)-[:MEMBER_OF {{{SINCE}}}]->(north),
       (:EntityAlias {{id: 'dana-before'}})-[:REDIRECTS_TO]->(dana)
"""


@pytest.fixture
def people(batches: BatchSession) -> BatchSession:
    """Two sellers, a team, a territory and three accounts, one below another."""
    batches.run(PEOPLE)
    project(batches)
    return batches


async def seen(server: Server, principal: Principal, on: date = date(2026, 6, 20)) -> Scope:
    async with open_reads(server) as graph:
        return await scope_of(graph, principal, on=on)


@pytest.mark.parametrize(
    ("role", "given", "accounts"),
    [
        ("account_executive", {"seller": "dana@carrier.example"}, ("nested", "world")),
        ("account_executive", {"seller": "evan"}, ("other",)),
        ("regional_lead", {"teams": ["North"]}, ("nested", "world")),
        ("regional_lead", {"territories": ["West"]}, ("other",)),
        ("regional_lead", {"countries": ["us"]}, ("nested", "world")),
        ("regional_lead", {"countries": ["DE", "FR"]}, ("nested", "other")),
        ("partner", {"accounts": ["World"]}, ("world",)),
        ("partner", {"accounts": ["nested", "other"]}, ("nested", "other")),
    ],
)
async def test_a_role_sees_the_accounts_that_its_work_is_about(
    role: str,
    given: dict[str, object],
    accounts: tuple[str, ...],
    people: BatchSession,
    empty_graph: Server,
) -> None:
    made = enrol(people, "somebody", Role(role), now=NOW, **given)  # type: ignore[arg-type]
    assert find_principal(people, "somebody") == made
    assert await seen(empty_graph, made) == Scope(made.id, accounts)


async def test_what_was_covered_once_was_seen_then_and_a_merged_seller_goes_on(
    people: BatchSession, empty_graph: Server
) -> None:
    dana = Principal("id", "Dana", Role.account_executive, seller="dana-before")
    assert await seen(empty_graph, dana) == Scope("id", ("nested", "world"))
    before = await seen(empty_graph, dana, date(2025, 6, 1))
    assert before == Scope("id", ("nested", "other", "world"))


@pytest.mark.parametrize("role", ["leader", "steward", "rule_author", "administrator"])
async def test_who_works_for_all_customers_sees_everything(
    role: str, people: BatchSession, empty_graph: Server
) -> None:
    made = enrol(people, "somebody", Role(role), now=NOW)
    assert await seen(empty_graph, made) == Scope(made.id, None)
    assert await seen(empty_graph, LOCAL_OPERATOR) == EVERYTHING


def test_a_name_that_is_taken_is_refused_and_the_one_who_has_it_stays(
    people: BatchSession,
) -> None:
    made = enrol(people, "Lea", Role.leader, now=NOW)
    with pytest.raises(UsageError, match="somebody is called 'Lea' already"):
        enrol(people, "Lea", Role.administrator, now=NOW)
    assert find_principal(people, "Lea") == made


@pytest.mark.parametrize(
    ("role", "given", "error", "said"),
    [
        ("partner", {}, UsageError, "nothing says what a principal of the role partner may see"),
        ("leader", {"accounts": ["world"]}, UsageError, "cannot be told by its accounts"),
        ("partner", {"accounts": ["World", "Moon"]}, NotFound, "no Account with .* 'Moon'"),
        ("account_executive", {"seller": "Evan"}, NotFound, "2 or more Seller with .* 'Evan'"),
    ],
)
def test_a_principal_that_makes_no_sense_is_not_made(
    role: str,
    given: dict[str, object],
    error: type[Exception],
    said: str,
    people: BatchSession,
) -> None:
    with pytest.raises(error, match=said):
        enrol(people, "somebody", Role(role), now=NOW, **given)  # type: ignore[arg-type]
    assert find_principal(people, "somebody") is None
