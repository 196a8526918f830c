"""Deliveries of Dataverse rows, healthy and broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.facts.run import Run
from loaders.source import find_source
from tests.loaders.crm_emea.conftest import ACCOUNT, SELLING, USER

Load = Callable[..., Run]


def test_columns_with_new_names_wait_in_quarantine_until_the_mapping_knows_them(
    load: Load, lines: Callable[..., Path], node: Callable[[str], dict[str, Any]]
) -> None:
    renamed = {"accountid": "acc-18", "accountname": "Nordholm AG", "state": 0}
    source = find_source("crm_emea")
    before = load(source, lines(renamed))
    source.spec = source.spec.model_copy(
        update={"renamed": {"accountname": "name", "state": "statecode"}}
    )
    after = load(source, lines(renamed), as_of="2026-01-02")

    assert (before.rejected, after.rejected, after.loaded) == (1, 0, 1)
    assert after.warnings == []
    assert node("crm_emea:account:acc-18")["name"] == "Nordholm AG"


def test_rows_are_loaded_by_their_table_and_twice_changes_nothing(
    load: Load, lines: Callable[..., Path]
) -> None:
    typed = {"@odata.type": "#Microsoft.Dynamics.CRM.account", **ACCOUNT}
    call = {"activityid": "x", "activitytypecode": "phonecall", "actualstart": "2026-10-01"}
    first = load("crm_emea", lines(USER, typed, SELLING, call), full=True)
    again = load("crm_emea", lines(USER, typed, SELLING, call), full=True, as_of="2026-01-02")

    assert (first.status, first.read, first.loaded) == ("COMPLETE", 4, 4)
    assert first.record_types == ["account", "opportunity", "phonecall", "systemuser"]
    assert (again.unchanged, again.facts_opened, again.closed) == (4, 0, 0)


def test_a_moment_without_a_zone_is_of_paris(
    load: Load, lines: Callable[..., Path], batches: BatchSession
) -> None:
    load("crm_emea", lines({**ACCOUNT, "modifiedon": "2026-07-01T00:30:00"}))

    assert batches.rows(
        "MATCH (record:SourceRecord) RETURN toString(record.happened_at) AS at"
    ) == [("2026-06-30T22:30:00Z",)]


def test_unknown_tables_and_rows_without_a_key_go_to_quarantine(
    load: Load, lines: Callable[..., Path], batches: BatchSession
) -> None:
    run = load("crm_emea", lines(ACCOUNT, {"leadid": "l"}, {"accountid": "", "name": "x"}))

    assert (run.read, run.loaded, run.rejected, run.adds_up) == (3, 1, 2, True)
    assert batches.rows("MATCH (item:Quarantined) RETURN item.reason ORDER BY item.line") == [
        ("no known table: ''",),
        ("the account has no accountid",),
    ]


def test_a_file_that_is_cut_off_keeps_what_was_read_and_closes_nothing(
    load: Load, lines: Callable[..., Path]
) -> None:
    run = load("crm_emea", lines(ACCOUNT, USER, '{"accountid": "acc-19", "na'), full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 2, "none")
    assert "not JSON" in run.reason


def test_another_encoding_is_named(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes('{"accountid": "acc-1", "name": "Genève"}\n'.encode("latin-1"))
    run = load("crm_emea", path, full=True)

    assert (run.status, run.read) == ("PARTIAL", 0)
    assert "not JSON" in run.reason


def test_a_renamed_column_goes_to_quarantine_and_a_repeated_row_with_other_content_too(
    load: Load, lines: Callable[..., Path]
) -> None:
    renamed = {"accountid": "acc-20", "accountname": "Nordholm"}
    other = {**ACCOUNT, "name": "Nordholm SA"}
    run = load("crm_emea", lines(ACCOUNT, ACCOUNT, other, renamed), full=True)

    assert (run.read, run.loaded, run.duplicate, run.rejected) == (4, 1, 1, 2)
    assert run.adds_up
