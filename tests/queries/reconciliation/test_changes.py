"""Between two days: what is new, what stays, what has cleared and why; and what cannot be said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from graph.connection import ReadSession
from graph.evidence import EvidenceStore
from queries.reconciliation.compared import compare
from queries.reconciliation.finding import Finding
from queries.reconciliation.kept import keep, kept, kept_before
from queries.reconciliation.worklist import Worklist
from tests.queries.reconciliation.books import account, agreement, bill, company, product, service
from tests.queries.reconciliation.conftest import BILLING, INVENTORY, Carrier, Tell

Today = Callable[[], Awaitable[Worklist]]
NEW = [
    service("N", since="2026-08-20"),
    product("N", "N", 50_000, starts_on="2026-08-20", accepted_on="2026-08-25"),
]
PAPER = [agreement("A", "P", "N", amount=140_000)]


def marks(found: list[Finding]) -> list[tuple[str, str | None, str | None, date]]:
    return [(one.kind, one.name, one.change, one.found_on) for one in found]


async def test_what_is_new_and_what_stays(
    graph: ReadSession, carrier: Carrier, tell: Tell, today: Today
) -> None:
    carrier(inventory=INVENTORY + NEW, contracts=PAPER)
    first = (await today()).findings
    tell("contracts", *PAPER, agreement("E", amount=500), on="2026-10-02")

    found, cleared = await compare(graph, await today(), first)

    assert marks(found) == [
        ("never_billed", "circuit N", "stays", date(2026, 10, 1)),
        ("agreement_without_service", "contracts:item:E", "new", date(2026, 10, 2)),
    ]
    assert cleared == []


async def test_what_has_cleared_says_why(
    graph: ReadSession, carrier: Carrier, tell: Tell, today: Today
) -> None:
    gone = [service("Q"), product("Q", "Q", 10_000)]
    carrier(
        inventory=[*INVENTORY, *NEW, *gone, service("S2", name="circuit S")],
        billing=[account("A", holder=None), *BILLING[1:]],
        contracts=[*PAPER, agreement("B", "Q", amount=10_000), agreement("L", "LOST", amount=10)],
    )
    first = (await today()).findings
    ended = [service("Q", state="terminated", ceased_on="2026-10-02"), gone[1]]
    late = [service("LOST"), product("LOST", "LOST", 0)]
    twin = service("S2", name="circuit S", state="terminated", ceased_on="2026-10-02")
    tell("inventory", *INVENTORY, *NEW, *ended, *late, twin, on="2026-10-02")
    charged = bill("A", "2026-09", ("P", 90_000), ("N", 50_000))
    tell("billing", account("A"), *BILLING[1:3], charged, on="2026-10-02")

    found, cleared = await compare(graph, await today(), first)

    assert marks(found) == []
    assert sorted((one.finding.kind, one.finding.name, one.why) for one in cleared) == [
        ("account_without_customer", "billing:account:A", "it has a customer now"),
        ("never_billed", "circuit N", "billed for 2026-09-01: EUR 500.00"),
        ("never_billed", "circuit Q", "terminated on 2026-10-02"),
        ("not_in_inventory", "inventory:product:LOST", "the inventory has it now"),
        ("twice_in_inventory", "circuit S", "terminated on 2026-10-02"),
    ]


async def test_nothing_clears_while_a_source_cannot_be_relied_on(
    graph: ReadSession, carrier: Carrier, tell: Tell, today: Today
) -> None:
    carrier(inventory=INVENTORY + NEW, contracts=PAPER)
    first = (await today()).findings
    charged = bill("A", "2026-09", ("P", 90_000), ("N", 50_000))
    run = tell("billing", charged, "cut", on="2026-10-02")
    assert run.status == "PARTIAL"

    found, cleared = await compare(graph, await today(), first)

    (one,) = found
    assert (one.kind, one.change, cleared) == ("never_billed", "stays", [])
    (doubt,) = one.doubts
    assert doubt.startswith("not confirmed: the last load of billing was PARTIAL")


async def test_what_is_absent_from_a_partial_or_stale_source_is_not_sure(
    carrier: Carrier, tell: Tell, today: Today
) -> None:
    carrier(inventory=INVENTORY + NEW, contracts=PAPER)
    tell("billing", "cut", on="2026-10-01")
    (one,) = (await today()).findings
    assert not one.is_sure
    assert one.doubts[0].startswith("the last load of billing was PARTIAL")

    tell("billing", *BILLING, on="2026-10-01")
    tell("inventory", *INVENTORY, *NEW, on="2026-10-04")
    (one,) = (await today()).findings
    assert one.doubts == ["billing is stale: its last complete load is of 2026-10-01"]
    assert [(side.side, side.as_of, side.age_days) for side in one.sides] == [
        ("inventory", date(2026, 10, 4), 0),
        ("billing", date(2026, 10, 1), 3),
    ]


async def test_a_finding_is_the_same_whatever_its_money_and_days(
    carrier: Carrier, tell: Tell, today: Today
) -> None:
    carrier(register=[company("C", status="INACTIVE", ended_on="2026-07-15")])
    first = (await today()).findings
    more = bill("A", "2026-10", ("P", 91_000))
    tell("billing", *BILLING, more, on="2026-10-02")
    tell("register", company("C", status="INACTIVE", ended_on="2026-07-16"), on="2026-10-02")
    second = [one for one in (await today()).findings if one.kind == first[0].kind]

    assert [one.finding_id for one in first] == [one.finding_id for one in second]
    assert [one.money.amount for one in (*first, *second)] == [90_000, 91_000]
    assert first[0].finding_id.startswith("billed_to_ended_company:")


async def test_a_worklist_is_kept_as_it_was(
    carrier: Carrier, today: Today, evidence: EvidenceStore
) -> None:
    carrier(inventory=INVENTORY + NEW, contracts=PAPER)
    found = await today()
    keep(evidence, date(2026, 10, 1), found.findings)
    keep(evidence, date(2026, 10, 3), [])

    assert kept(evidence, date(2026, 10, 1)) == found.findings
    assert kept_before(evidence, date(2026, 10, 3)) == date(2026, 10, 1)
    assert kept_before(evidence, date(2026, 10, 4)) == date(2026, 10, 3)
    assert kept_before(evidence, date(2026, 10, 1)) is None
