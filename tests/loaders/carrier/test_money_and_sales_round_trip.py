"""What the writers of billing, CRM and sales wrote is read whole by their loaders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.facts.run import Run
from graph.progress import silent
from loaders.carrier.arriving import arrive
from loaders.carrier.config import SIZES, Config
from loaders.carrier.making.carrier import carrier
from loaders.carrier.making.cluster import cluster
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.seeing.versions import shared_versions, versions
from loaders.carrier.writer import write
from loaders.source import find_source

Load = Callable[..., Run]
BILLING = ("billing_americas", "billing_emea", "billing_apac")
SYSTEMS = (*BILLING, "crm_americas", "crm_emea", "territories")
CONFIG = Config(1, SIZES["tiny"])
LEFT_OUT = {"crm_americas": "opportunity_history", "territories": "target"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deliveries of a tiny carrier."""
    out = tmp_path_factory.mktemp("carrier")
    with silent("writing") as task:
        write(CONFIG, out, SYSTEMS, task)
    arrive(CONFIG, out, SYSTEMS)
    return out


def seen_by(system: str, kind: str, day: int = 0) -> Iterator[Seen]:
    """What a system sees of a kind, as it stands on a day."""
    last: dict[str, Seen] = {}
    found = [*shared_versions(CONFIG, system, carrier(CONFIG))]
    for number in range(1, CONFIG.size.clusters + 1):
        found += versions(CONFIG, system, cluster(CONFIG, number))
    for when, seen in found:
        if seen.kind == kind and when <= day:
            last[seen.native_id] = seen
    return iter(last.values())


def read_whole(load: Load, written: Path, system: str) -> None:
    """Load the first delivery of a system, and see that nothing of it is left."""
    run = load(system, written / "day-00" / system, as_of="2026-10-01", full=True)

    assert (run.status, run.rejected, run.duplicate, run.adds_up) == ("COMPLETE", 0, 0, True)
    assert [warning for warning in run.warnings if "is not mapped" in warning] == []
    assert bool(run.ignored) == (system in LEFT_OUT)


@pytest.mark.parametrize("system", BILLING)
def test_bills_and_accounts_are_read_whole_as_the_system_sees_them(
    system: str, written: Path, load: Load, batches: BatchSession
) -> None:
    read_whole(load, written, system)

    assert set(
        batches.rows(
            "MATCH (bill:Bill)-[:ON]->(account) OPTIONAL MATCH (bill)-[:HAS_CHARGE]->(charge) "
            "RETURN bill.reference, account.reference, bill.amount, bill.tax_amount, "
            "bill.remaining_amount, bill.currency, bill.state, sum(charge.amount)"
        )
    ) == {
        (
            f"{system}:bill:{seen.native_id}",
            f"{system}:billing_account:{native_id(system, 'billing_account', bill.account)}",
            seen.get("amount", bill.amount),
            bill.tax,
            bill.remaining.at(seen.on),
            bill.currency,
            bill.state(seen.on),
            sum(charge.amount for charge in bill.charges),
        )
        for seen in seen_by(system, "bill")
        for bill in [seen.thing]
    }
    assert set(
        batches.rows(
            "MATCH (account:BillingAccount) OPTIONAL MATCH (party)-[:PLAYS]->()-[:BILLED_BY]->"
            "(account) RETURN account.reference, account.currency, party.reference"
        )
    ) == {
        (
            f"{system}:billing_account:{seen.native_id}",
            seen.get("currency", seen.thing.currency),
            _party(system, seen),
        )
        for seen in seen_by(system, "billing_account")
    }


def _party(system: str, seen: Seen) -> str | None:
    known = seen.get("entity", seen.thing.entity)
    return f"{system}:party:{native_id(system, 'entity', known)}" if known else None


@pytest.mark.parametrize("system", ["crm_americas", "crm_emea"])
def test_accounts_are_read_whole_where_their_crm_puts_them(
    system: str, written: Path, load: Load, facts: Callable[[str], set[tuple[Any, ...]]]
) -> None:
    read_whole(load, written, system)

    accounts = list(seen_by(system, "account"))
    tops = {seen.native_id for seen in accounts if not seen.thing.parent}
    assert {end for _, _, end, *_ in facts("ROOTED_AT")} == {
        f"{system}:account:{native}" for native in tops
    }
    assert {end for _, _, end, *_ in facts("PLAYS")} == {
        f"{system}:customer:{seen.native_id}" for seen in accounts
    }


def test_coverage_is_read_whole_as_it_is_kept(
    written: Path, load: Load, facts: Callable[[str], set[tuple[Any, ...]]]
) -> None:
    read_whole(load, written, "territories")

    kept = {
        (f"territories:seller:{native_id('territories', 'seller', seen.thing.seller)}", begins)
        for seen in seen_by("territories", "coverage")
        for begins in [seen.thing.begins.isoformat()]
        if "seller" not in seen.says
    }
    assert kept <= {(start, since) for start, _, _, since, _ in facts("COVERS")}


def test_a_file_that_is_cut_is_made_up_for_when_it_comes_whole(written: Path, load: Load) -> None:
    cut = load("billing_emea", written / "day-09" / "billing_emea", as_of="2026-10-10")
    again = written / "day-10" / "billing_emea.again-from-day-09"
    whole = load("billing_emea", again, as_of="2026-10-10")

    assert (cut.status, cut.closing) == ("PARTIAL", "none")
    assert (whole.status, whole.unchanged) == ("COMPLETE", cut.loaded)
    assert whole.read > cut.read


def test_records_under_new_names_wait_until_the_mapping_knows_them(
    written: Path, load: Load
) -> None:
    source, days = find_source("crm_emea"), range(12, 17)
    paths = [written / f"day-{day:02d}" / "crm_emea" for day in days]
    before = [load(source, path, as_of="2026-10-20") for path in paths]
    names = {
        "accountname": "name",
        "displayname": "fullname",
        "lifecyclestate": "statecode",
        "pipelinestage": "stepname",
    }
    source.spec = source.spec.model_copy(update={"renamed": names})
    after = [load(source, path, as_of="2026-10-20") for path in paths]

    waiting = sum(run.rejected for run in before)
    assert waiting > 0
    assert sum(run.rejected for run in after) == 0
    assert sum(run.loaded + run.changed for run in after) >= waiting
    assert [warning for run in after for warning in run.warnings] == []
