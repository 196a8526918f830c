"""CRM exports: what a row says, real files, and files that are broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.facts.run import Run
from loaders.crm.headers import snake
from loaders.crm.values import record_id
from tests.loaders.crm.conftest import ACME, ACME_UK, LOST, mapped, said

Load = Callable[..., Run]
Facts = Callable[[str], set[tuple[Any, ...]]]

ACCOUNTS = "Id,Name,ParentId,MasterRecordId,IsDeleted,OwnerId,Type,CreatedDate,LastModifiedDate\n"


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    def export(**files: str) -> Path:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return export


class TestAccount:
    def test_a_top_account_roots_a_family_that_its_owner_covers(self) -> None:
        claims = mapped("account", Id=ACME, Name="Acme", OwnerId="U1", CreatedDate="2020-02-03")

        assert said(claims) == {
            (f"crm:account:{ACME}", "HAS_NAME", "name:trading::Acme", None, None),
            (f"crm:account:{ACME}", "PLAYS", f"crm:customer:{ACME}", date(2020, 2, 3), None),
            (
                f"crm:top_account:{ACME}",
                "ROOTED_AT",
                f"crm:account:{ACME}",
                date(2020, 2, 3),
                None,
            ),
            ("crm:user:U1", "COVERS", f"crm:top_account:{ACME}", None, None),
        }

    def test_a_child_stands_below_its_parent_and_roots_no_family(self) -> None:
        claims = mapped("account", id=ACME_UK, name="Acme UK", parent_id=ACME[:15], owner_id="U1")

        assert said(claims) == {
            (f"crm:account:{ACME_UK}", "HAS_NAME", "name:trading::Acme UK", None, None),
            (f"crm:account:{ACME_UK}", "PLAYS", f"crm:customer:{ACME_UK}", None, None),
            (f"crm:account:{ACME_UK}", "PARENT_IN", f"crm:account:{ACME}", None, None),
            ("crm:user:U1", "COVERS", f"crm:account:{ACME_UK}", None, None),
        }

    def test_a_merged_account_is_the_same_as_its_master_and_its_facts_have_ended(self) -> None:
        claims = mapped(
            "account",
            id=LOST,
            name="Acme Ltd",
            master_record_id=ACME,
            is_deleted="TRUE",
            last_modified_date="2024-05-06 10:00:00",
        )

        assert [(left.reference, right.reference) for left, right, _ in claims.same] == [
            (f"crm:account:{LOST}", f"crm:account:{ACME}")
        ]
        ends = {fact.type: fact.valid_to for fact in claims.facts}
        assert ends == {
            "HAS_NAME": None,
            "PLAYS": date(2024, 5, 6),
            "ROOTED_AT": date(2024, 5, 6),
        }

    def test_its_numbers_are_identifiers_and_what_is_no_country_code_is_reported(self) -> None:
        claims = mapped(
            "account",
            id=ACME,
            name="Acme",
            LEI__c="5493001KJTIIGC8Y1R12",
            billing_country_code="dRb9Q==",
            mood_c="good",
        )

        numbers = [fact.end.reference for fact in claims.facts if fact.type == "HAS_IDENTIFIER"]
        assert numbers == ["identifier:lei:5493001KJTIIGC8Y1R12"]
        assert claims.nodes[0].properties["lei"] == "5493001KJTIIGC8Y1R12"
        assert claims.unknown == ["billing_country_code (no ISO 3166-1 code)", "mood_c"]

    def test_neither_true_nor_false_is_refused(self) -> None:
        with pytest.raises(RecordRejected, match="'maybe' is neither true nor false"):
            mapped("account", id=ACME, name="Acme", is_deleted="maybe")

    def test_the_past_is_told_with_its_days_and_a_moment_of_it_is_left_out(self) -> None:
        past = {"id": ACME, "name": "Acme Inc", "_fivetran_start": "2019-04-04 18:36:06"}

        assert said(mapped("account_history", **past, _fivetran_end="2020-01-01 00:00:00")) == {
            (
                f"crm:account:{ACME}",
                "HAS_NAME",
                "name:trading::Acme Inc",
                date(2019, 4, 4),
                date(2020, 1, 1),
            )
        }
        assert said(mapped("account_history", **past, _fivetran_end="2019-04-04 18:36:07")) == set()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ParentId", "parent_id"),
        ("parent_id", "parent_id"),
        ("Product2Id", "product_2_id"),
        ("VATNumber__c", "vat_number_c"),
        ("_fivetran_start", "_fivetran_start"),
    ],
)
def test_a_column_has_one_name_in_both_cases(written: str, read: str) -> None:
    assert snake(written) == read


def test_a_short_id_is_the_long_one() -> None:
    assert {record_id(long[:15]) for long in (ACME, ACME_UK, LOST)} == {ACME, ACME_UK, LOST}
    assert record_id("9CcfAt8qtZvCTwFvwOFLcg==") == "9CcfAt8qtZvCTwFvwOFLcg=="


class TestLoading:
    def test_a_parent_that_is_not_there_yet_is_a_stub_and_is_filled_later(
        self, load: Load, export: Callable[..., Path], node: Callable[[str], dict[str, Any]]
    ) -> None:
        child = f"{ACME_UK},Acme UK,{ACME},,false,U1,Customer,,\n"
        load("crm", export(accounts=ACCOUNTS + child))
        before = node(f"crm:account:{ACME}")
        load("crm", export(accounts=ACCOUNTS + f"{ACME},Acme,,,false,U1,Customer,,\n"))

        assert before == {"label": "LegalEntity", "stub": True}
        assert node(f"crm:account:{ACME}") == {"label": "LegalEntity", "name": "Acme"}

    def test_a_company_below_itself_and_a_circle_are_cut_and_reported(
        self, load: Load, export: Callable[..., Path], batches: BatchSession
    ) -> None:
        rows = [
            f"{ACME},Acme,{ACME},,false,,,,",
            f"{ACME_UK},Acme UK,{LOST},,false,,,,",
            f"{LOST},Acme Ltd,{ACME_UK},,false,,,,",
        ]
        run = load("crm", export(accounts=ACCOUNTS + "\n".join(rows) + "\n"))

        cut = batches.rows(
            "MATCH (child)-[fact:PARENT_IN {cut: true}]->(parent) "
            "RETURN child.reference = parent.reference AS itself, count(*) AS cut ORDER BY itself"
        )
        assert cut == [(False, 1), (True, 1)]
        assert len([one for one in run.warnings if one.startswith("cycle:")]) == 2

    def test_a_soft_deletion_ends_what_was_said(
        self, load: Load, export: Callable[..., Path], facts: Facts
    ) -> None:
        load("crm", export(accounts=ACCOUNTS + f"{ACME_UK},Acme UK,{ACME},,false,,,,\n"))
        deleted = f"{ACME_UK},Acme UK,{ACME},,true,,,,2026-01-02\n"
        load("crm", export(accounts=ACCOUNTS + deleted), as_of="2026-01-02")

        assert facts("PARENT_IN") == {
            (
                f"crm:account:{ACME_UK}",
                "FORMER_PARENT_IN",
                f"crm:account:{ACME}",
                "2026-01-01",
                "2026-01-02",
            )
        }

    def test_a_changed_header_is_named(self, load: Load, export: Callable[..., Path]) -> None:
        run = load("crm", export(accounts="Id,Name,Parent\n1,Acme,\n"))

        assert (run.status, run.read) == ("PARTIAL", 0)
        assert "no export that is known has this header: Id, Name, Parent" in run.reason
        assert "needs parent_id too" in run.reason

    def test_a_file_that_is_cut_off_keeps_what_was_read_and_closes_nothing(
        self, load: Load, export: Callable[..., Path]
    ) -> None:
        text = ACCOUNTS + f"{ACME},Acme,,,false,,,,\n{ACME_UK},Acme U"
        run = load("crm", export(accounts=text), full=True)

        assert (run.status, run.read, run.loaded, run.closed) == ("PARTIAL", 1, 1, 0)
        assert "2 fields where the header has 9" in run.reason

    def test_one_id_with_two_contents_and_a_day_that_is_none_go_to_quarantine(
        self, load: Load, export: Callable[..., Path], batches: BatchSession
    ) -> None:
        rows = [
            f"{ACME},Acme,,,false,,,,",
            f"{ACME},Acme Inc,,,false,,,,",
            f"{LOST},Acme Ltd,,,false,,,2024-02-31,",
        ]
        run = load("crm", export(accounts=ACCOUNTS + "\n".join(rows) + "\n"))

        assert (run.read, run.loaded, run.rejected, run.adds_up) == (3, 1, 2, True)
        fields = batches.rows(
            "MATCH (item:Quarantined) RETURN item.line AS line, item.field AS field ORDER BY line"
        )
        assert fields == [(3, ""), (4, "created_date")]


class TestRealFiles:
    def test_a_carrier_of_names_adds_up_and_twice_changes_nothing(
        self, load: Load, shared: Path, batches: BatchSession
    ) -> None:
        folder = shared / "telecom_crm" / "maven_crm"
        first = load("crm", folder, full=True, options={"currency": "USD"})
        again = load("crm", folder, full=True, options={"currency": "USD"})

        assert (first.status, first.read, first.loaded) == ("COMPLETE", 8927, 8927)
        assert (again.unchanged, again.facts_opened, again.closed) == (8927, 0, 0)
        assert first.warnings == [
            "field product (the list of products has no 'GTXPro') of named_opportunity is not "
            "mapped: in 1480 records, first at sales_pipeline.csv:3; map it or ignore it by name"
        ]
        counts = batches.rows(
            "RETURN COUNT { (:LegalEntity)-[:PARENT_IN]->() } AS children, "
            "COUNT { (:Account)-[:ROOTED_AT]->() } AS tops, "
            "COUNT { (one:Opportunity) WHERE NOT (one)-[:CONCERNS]->(:LegalEntity) } AS free, "
            "COUNT { (:ProductOffering {stub: true}) } AS unknown, "
            "COUNT { (:Seller)-[:MEMBER_OF]->(:Team) } AS members"
        )
        assert counts == [(15, 70, 1425, 1, 35)]

    def test_salesforce_seeds_add_up(self, load: Load, shared: Path) -> None:
        run = load("crm", shared / "telecom_crm" / "salesforce_seeds", full=True)

        assert run.adds_up
        assert (run.status, run.rejected) == ("COMPLETE", 0)
