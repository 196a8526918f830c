"""The CRM of the Americas is read like any Salesforce export, under names of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.facts.run import Run

Load = Callable[..., Run]
Facts = Callable[[str], set[tuple[Any, ...]]]

ACME, CHILD, ANNE = "0015500000Xyy06AAB", "0015500000Ygpq1AAB", "0055500000Aaa01AAC"
ACCOUNTS = "Id,Name,ParentId,OwnerId,Tier__c,IsDeleted,CreatedDate,LastModifiedDate\n"
TOP = f"{ACME},Hudson Paper Inc.,,{ANNE},gold,false,2019-02-28,2026-07-01 22:30:00\n"
BELOW = f"{CHILD},Hudson Pulp Ltda.,{ACME},{ANNE},,false,2020-03-01,\n"
SELLING = (
    "Id,AccountId,StageName,CloseDate,Amount,CurrencyIsoCode,LastStageChangeDate\n"
    f"0065500000Bbb01AAD,{CHILD},Proposal,2026-12-01,1200.00,BRL,2026-10-05\n"
)
HISTORY = (
    "Id,OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate\n"
    "0085500000Ccc01AAE,0065500000Bbb01AAD,Prospecting,1200.00,2026-12-01,10,2026-09-01\n"
)
USERS = f"Id,Name,Username,Email,Department,IsActive\n{ANNE},Anne Fictive,anne,a@c.test,NYC,true\n"


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    def export(**files: str | bytes) -> Path:
        for name, text in files.items():
            data = text.encode() if isinstance(text, str) else text
            (tmp_path / f"{name}.csv").write_bytes(data)
        return tmp_path

    return export


def test_an_export_is_loaded_under_names_of_its_own_and_twice_changes_nothing(
    load: Load, export: Callable[..., Path], facts: Facts, node: Callable[[str], dict[str, Any]]
) -> None:
    folder = export(a=ACCOUNTS + TOP + BELOW, b=SELLING, c=HISTORY, d=USERS)
    first = load("crm_americas", folder, full=True)
    again = load("crm_americas", folder, full=True, as_of="2026-01-02")

    assert (first.status, first.read, first.loaded, first.ignored) == ("COMPLETE", 5, 4, 1)
    assert first.warnings == []
    assert (again.unchanged, again.ignored, again.facts_opened, again.closed) == (4, 1, 0, 0)
    top = f"crm_americas:top_account:{ACME}"
    assert node(top) == {"label": "Account", "name": "Hudson Paper Inc.", "tier": "gold"}
    assert {(start, end) for start, _, end, *_ in facts("COVERS")} == {
        (f"crm_americas:user:{ANNE}", top),
        (f"crm_americas:user:{ANNE}", f"crm_americas:account:{CHILD}"),
    }
    assert node("crm_americas:opportunity:0065500000Bbb01AAD")["amount"] == 120000


def test_a_stamp_without_a_zone_is_new_york_s(
    load: Load, export: Callable[..., Path], batches: BatchSession
) -> None:
    load("crm_americas", export(a=ACCOUNTS + TOP))

    assert batches.rows(
        "MATCH (record:SourceRecord) RETURN toString(record.happened_at) AS at"
    ) == [("2026-07-02T02:30:00Z",)]


def test_two_crms_keep_their_own_trees(
    load: Load, export: Callable[..., Path], facts: Facts
) -> None:
    load("crm_americas", export(a=ACCOUNTS + TOP + BELOW))
    load("crm", export(a=ACCOUNTS + TOP + BELOW.replace(f"Ltda.,{ACME}", "Ltda.,")))

    assert {(start, end) for start, _, end, *_ in facts("PARENT_IN")} == {
        (f"crm_americas:account:{CHILD}", f"crm_americas:account:{ACME}")
    }
    assert {start for start, *_ in facts("ROOTED_AT")} == {
        f"crm_americas:top_account:{ACME}",
        f"crm:top_account:{ACME}",
        f"crm:top_account:{CHILD}",
    }


@pytest.mark.parametrize(
    ("text", "why", "loaded"),
    [
        (ACCOUNTS + TOP + f"{CHILD},Hud", "2 fields where the header has 8", 1),
        (ACCOUNTS.replace("ParentId", "Parent") + TOP, "needs parent_id too", 0),
        ((ACCOUNTS + TOP.replace("Hudson", "Québec")).encode("latin-1"), "not utf-8-sig", 0),
    ],
)
def test_a_broken_file_is_named_and_closes_nothing(
    load: Load, export: Callable[..., Path], text: str | bytes, why: str, loaded: int
) -> None:
    run = load("crm_americas", export(a=text), full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", loaded, "none")
    assert why in run.reason


def test_an_unknown_column_is_reported_and_one_account_with_two_contents_refused(
    load: Load, export: Callable[..., Path]
) -> None:
    rows = (TOP + TOP.replace("Inc.", "Corp.")).replace("\n", ",good\n")
    run = load("crm_americas", export(a=ACCOUNTS.replace("\n", ",Mood__c\n") + rows), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 2, 1, 1)
    assert run.warnings == [
        "field mood_c of account is not mapped: in 1 records, first at a.csv:2; map it or ignore "
        "it by name"
    ]


def test_real_salesforce_exports_add_up(load: Load, shared: Path) -> None:
    run = load("crm_americas", shared / "telecom_crm" / "salesforce_seeds", full=True)

    assert (run.status, run.rejected, run.adds_up) == ("COMPLETE", 0, True)
