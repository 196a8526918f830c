"""Teams, sellers, territories and who covers what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.facts.claims import Claims
from graph.facts.run import Run
from loaders.source import RawRecord, find_source

Load = Callable[..., Run]
Facts = Callable[[str], set[tuple[Any, ...]]]

TEAMS = "team_id,team_name,role,region,email,start_date\nT1,Paris,sales,emea,p@c.test,2020-01-01\n"
SELLERS = "seller_id,seller_name,role,team_id,team_since,start_date,end_date\n"
COVERAGE = "coverage_id,seller_id,covers,covered_id,role,share,start_date,end_date\n"
ANNE = "S1,Anne Fictive,seller,T1,2024-01-01,2021-05-01,\n"
ACCOUNT = "crm_emea:top_account:acc-1"


def mapped(record_type: str, **payload: str) -> Claims:
    source = find_source("territories")
    return source.transform(RawRecord(record_type, "1", payload, "f.csv", 2))


def said(claims: Claims) -> list[tuple[Any, ...]]:
    return [
        (one.start.reference, one.type, one.end.reference, one.valid_from, one.valid_to)
        for one in claims.facts
    ]


@pytest.fixture
def delivery(tmp_path: Path) -> Callable[..., Path]:
    def delivery(**files: str | bytes) -> Path:
        folder = tmp_path / "delivery"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            data = text.encode() if isinstance(text, str) else text
            (folder / f"{name}.csv").write_bytes(data)
        return folder

    return delivery


def test_a_seller_is_in_a_team_from_a_day_on() -> None:
    claims = mapped(
        "seller", seller_id="S1", seller_name="Anne", team_id="T1", start_date="2021-05-01"
    )

    assert said(claims) == [
        ("territories:seller:S1", "MEMBER_OF", "territories:team:T1", date(2021, 5, 1), None)
    ]
    assert claims.nodes[0].properties["started_on"] == date(2021, 5, 1)


@pytest.mark.parametrize(
    ("covers", "covered_id", "label", "reference"),
    [
        ("account", ACCOUNT, "Account", ACCOUNT),
        ("company", "crm_emea:account:acc-2", "LegalEntity", "crm_emea:account:acc-2"),
        ("company", "lei:5493001KJTIIGC8Y1R12", "LegalEntity", "lei:5493001KJTIIGC8Y1R12"),
        ("site", "SIT1", "Site", "inventory:site:SIT1"),
        ("territory", "T-3", "Territory", "territories:territory:T-3"),
    ],
)
def test_a_seller_covers_what_another_system_may_name(
    covers: str, covered_id: str, label: str, reference: str
) -> None:
    claims = mapped(
        "coverage", seller_id="S1", covers=covers, covered_id=covered_id, role="r", share="0.5"
    )

    (fact,) = claims.facts
    assert (fact.type, fact.end.label, fact.end.reference) == ("COVERS", label, reference)
    assert fact.properties == {"role": "r", "share": 0.5}


def test_a_coverage_that_ends_before_it_begins_states_nothing_and_is_said() -> None:
    claims = mapped(
        "coverage",
        seller_id="S1",
        covers="account",
        covered_id=ACCOUNT,
        start_date="2026-02-01",
        end_date="2026-01-01",
    )

    assert claims.facts == []
    assert claims.odd == ["the coverage ends before it begins, and is left out"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"share": "60%"}, "'60%' is no share"),
        ({"share": "1.5"}, "'1.5' is no share"),
        ({"covers": "planet"}, "'planet' is not one of account, company, site, territory"),
        ({"start_date": "01.02.2026"}, "is not a day"),
        ({"covered_id": ""}, "has no covered_id"),
    ],
)
def test_what_is_not_understood_is_refused(wrong: dict[str, str], why: str) -> None:
    row = {"seller_id": "S1", "covers": "account", "covered_id": ACCOUNT}
    with pytest.raises(RecordRejected, match=why):
        mapped("coverage", **{**row, **wrong})


def test_two_sellers_who_cover_one_account_are_two_facts(
    load: Load, delivery: Callable[..., Path], batches: BatchSession
) -> None:
    rows = [
        f"V1,S1,account,{ACCOUNT},account owner,1.0,2024-01-01,",
        f"V2,S2,account,{ACCOUNT},account owner,0.5,2025-06-01,",
    ]
    run = load("territories", delivery(c=COVERAGE + "\n".join(rows) + "\n"), full=True)

    assert (run.status, run.loaded) == ("COMPLETE", 2)
    assert batches.rows(
        "MATCH (seller:Seller)-[fact:COVERS]->(account:Account) "
        "RETURN seller.reference, account.reference, fact.share ORDER BY seller.reference"
    ) == [
        ("territories:seller:S1", ACCOUNT, 1.0),
        ("territories:seller:S2", ACCOUNT, 0.5),
    ]


def test_a_coverage_has_its_tense_from_its_days(
    load: Load, delivery: Callable[..., Path], facts: Facts
) -> None:
    rows = [
        f"V1,S1,account,{ACCOUNT},owner,,2024-01-01,2025-01-01",
        f"V2,S2,account,{ACCOUNT},owner,,2025-01-01,",
        f"V3,S3,account,{ACCOUNT},owner,,2027-01-01,",
    ]
    load("territories", delivery(c=COVERAGE + "\n".join(rows) + "\n"), full=True)

    assert facts("COVERS") == {
        ("territories:seller:S1", "FORMER_COVERS", ACCOUNT, "2024-01-01", "2025-01-01"),
        ("territories:seller:S2", "COVERS", ACCOUNT, "2025-01-01", "9999-12-31"),
        ("territories:seller:S3", "PLANNED_COVERS", ACCOUNT, "2027-01-01", "9999-12-31"),
    }


def test_who_changes_teams_leaves_the_old_one_on_that_day(
    load: Load, delivery: Callable[..., Path], facts: Facts
) -> None:
    load("territories", delivery(s=SELLERS + ANNE), full=True)
    moved = ANNE.replace("T1,2024-01-01", "T2,2025-12-15")
    load("territories", delivery(s=SELLERS + moved), full=True, as_of="2026-01-02")

    seller = "territories:seller:S1"
    assert facts("MEMBER_OF") == {
        (seller, "FORMER_MEMBER_OF", "territories:team:T1", "2024-01-01", "2025-12-15"),
        (seller, "MEMBER_OF", "territories:team:T2", "2025-12-15", "9999-12-31"),
    }


def test_a_whole_delivery_is_loaded_twice_changes_nothing_and_targets_are_left_out(
    load: Load, delivery: Callable[..., Path]
) -> None:
    folder = delivery(
        t=TEAMS,
        s=SELLERS + ANNE,
        c=COVERAGE + f"V1,S1,account,{ACCOUNT},owner,1.0,2024-01-01,\n",
        g="target_id,seller_id,quarter,amount,currency\nG1,S1,2026-10-01,500000,EUR\n",
        r="territory_id,territory_name,region,countries\nR1,Iberia,emea,ES PT\n",
    )
    first = load("territories", folder, full=True)
    again = load("territories", folder, full=True, as_of="2026-01-02")

    assert (first.status, first.read, first.loaded, first.ignored) == ("COMPLETE", 5, 4, 1)
    assert first.warnings == []
    assert (again.unchanged, again.ignored, again.facts_opened, again.closed) == (4, 1, 0, 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SELLERS + "S1,Anne,sel", "3 fields where the header has 7"),
        (SELLERS.replace("seller_name", "name") + ANNE, "the nearest, seller, needs seller_name"),
        ((SELLERS + ANNE.replace("Anne", "Zoë")).encode("latin-1"), "is not utf-8-sig"),
    ],
)
def test_a_broken_file_is_named_and_the_others_count(
    load: Load, delivery: Callable[..., Path], text: str | bytes, why: str
) -> None:
    run = load("territories", delivery(t=TEAMS, s=text), full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 1, "none")
    assert why in run.reason


def test_one_seller_with_two_contents_is_refused_and_an_unknown_column_reported(
    load: Load, delivery: Callable[..., Path]
) -> None:
    twice = SELLERS + ANNE + ANNE.replace("Anne", "Anna")
    run = load("territories", delivery(t=TEAMS.replace("email", "e_mail"), s=twice), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 3, 2, 1)
    assert run.warnings == [
        "field e_mail of team is not mapped: in 1 records, first at t.csv:2; map it or ignore it "
        "by name"
    ]
