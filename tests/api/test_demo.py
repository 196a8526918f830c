"""The demo: whose graph it loads into, how long it says it takes, and whom it shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.demo import largest
from api.demo_days import Pace, other_sources
from graph.connection import BatchSession
from graph.errors import NotFound, UsageError
from graph.evidence import EvidenceStore
from loaders.carrier.play import Played
from loaders.reading import Order
from loaders.source import find_source
from loaders.sync import sync
from queries.hierarchy.largest_families import LargestFamily

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OURS = "carrier demo-1 abc"


def load(session: BatchSession, evidence: EvidenceStore, folder: Path, scope: str) -> None:
    path = folder / "accounts.csv"
    path.write_text("id,name,parent_id,is_deleted,created_date\n1,Alpha,,false,2024-01-01\n")
    sync(find_source("crm"), Order(path, NOW.date(), NOW, scope=scope), session, evidence)


@pytest.mark.parametrize(("scope", "others"), [(OURS, []), ("", ["crm"])])
def test_loads_of_something_else_are_named(
    batches: BatchSession, evidence: EvidenceStore, tmp_path: Path, scope: str, others: list[str]
) -> None:
    load(batches, evidence, tmp_path, scope)

    assert other_sources(batches, OURS) == others


def test_two_carriers_are_never_mixed(
    batches: BatchSession, evidence: EvidenceStore, tmp_path: Path
) -> None:
    load(batches, evidence, tmp_path, "carrier tiny-1 abc")

    with pytest.raises(UsageError, match=r"tiny-1 abc; asked for is demo-1 abc.*db reset --yes"):
        other_sources(batches, OURS)


def test_the_rest_is_told_from_the_days_after_the_first() -> None:
    pace = Pace()

    assert pace.left([Played(0, "crm", "COMPLETE", seconds=90.0)], 100) == ""
    assert pace.left([Played(1, "crm", "COMPLETE", seconds=2.0)] * 2, 30) == "; 60 s left"
    assert pace.left([Played(2, "crm", "COMPLETE", seconds=8.0)] * 2, 60) == "; 5 min left"
    assert pace.left([Played(3, "crm", "COMPLETE", seconds=8.0)], 0) == ""


def test_the_largest_family_with_a_customer_is_shown() -> None:
    strange = LargestFamily("1", "Strange", "DE", None, 90, 0)
    customer = LargestFamily("2", "Customer", "DE", None, 80, 3)

    assert largest([strange, customer]) is customer
    with pytest.raises(NotFound, match="no company is a customer"):
        largest([strange])
