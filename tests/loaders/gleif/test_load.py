"""GLEIF's records in the graph: exact counts on real files, any order, twice, and over time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.facts.run import Run

Load = Callable[..., Run]
Facts = Callable[[str], set[tuple[Any, ...]]]
Node = Callable[[str], dict[str, Any]]

DIRECT = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"
SNAPSHOT = """
MATCH (node) WHERE node.reference IS NOT NULL OR node:Name OR node:Identifier
OPTIONAL MATCH (node)-[edge]->(other)
WHERE other.id IS NOT NULL AND NOT other:SourceRecord
WITH node, collect([type(edge), other.id, toString(edge.valid_from), toString(edge.valid_to),
                    edge.cut, edge.controlling]) AS edges
RETURN labels(node)[0], node.id, properties(node), edges ORDER BY node.id
"""
CLOCKS = ("first_seen_at", "last_seen_at", "record")


def counts(run: Run) -> dict[str, int]:
    names = ("read", "loaded", "changed", "unchanged", "duplicate", "ignored", "rejected")
    assert run.adds_up
    return {name: getattr(run, name) for name in names if getattr(run, name)}


def labels(batches: BatchSession) -> dict[str, int]:
    return dict(
        batches.rows(
            "MATCH (node) WHERE node.reference IS NOT NULL "
            "RETURN labels(node)[0] AS label, count(*) AS nodes ORDER BY label"
        )
    )


def snapshot(batches: BatchSession) -> list[Any]:
    """The graph without the clocks of learning it."""
    return [
        (
            label,
            id,
            {name: value for name, value in properties.items() if name not in CLOCKS},
            sorted(edges, key=str),
        )
        for label, id, properties, edges in batches.rows(SNAPSHOT)
    ]


def test_real_csv_is_loaded_whole_and_twice_changes_nothing(
    load: Load, batches: BatchSession, shared: Path, node: Node
) -> None:
    folder = shared / "legal_entities" / "gleif_csv_ft"

    run = load("gleif", folder, full=True)

    assert (run.status, run.reason) == ("COMPLETE", "")
    assert counts(run) == {"read": 800, "loaded": 800}
    assert run.record_types == ["lei_record", "relationship_record"]
    before = snapshot(batches)
    flagged = "MATCH (i:Identifier {scheme: 'lei', is_valid: false}) RETURN i.value ORDER BY 1"
    assert batches.rows(flagged) == [
        ("0292001629A3Q7XJ0D13",),
        ("0292001684F9TE5J9417",),
        ("029200894A3T8E0D9I41",),
    ]
    assert node("lei:00TR8NKAEL48RGTZEW89")["ended_on"].to_native().isoformat() == "2018-11-09"

    again = load("gleif", folder, full=True)

    assert counts(again) == {"read": 800, "unchanged": 800}
    assert (again.facts_opened, again.facts_closed) == (0, 0)
    assert snapshot(batches) == before


def test_real_cut_xml_is_partial_because_its_header_announces_more(
    load: Load, shared: Path
) -> None:
    folder = shared / "legal_entities" / "gleif_cdf_xml"
    for name, announced, held in (
        ("lei-data.xml", 2394586, {"read": 13, "loaded": 13}),
        ("rr-data.xml", 394970, {"read": 10, "loaded": 2, "ignored": 8}),
        ("repex-data.xml", 4244309, {"read": 10, "loaded": 10}),
    ):
        run = load("gleif", folder / name, full=True)

        assert (run.status, run.closing, counts(run)) == ("PARTIAL", "none", held)
        assert run.reason == f"the delivery announces {announced} records and holds {run.read}"


def test_real_answers_of_the_api_add_up(load: Load, shared: Path, node: Node) -> None:
    run = load("gleif", shared / "legal_entities" / "gleif_api_allianz")

    assert counts(run) == {"read": 25, "loaded": 24, "ignored": 1}
    assert run.status == "PARTIAL"
    assert "allianz_se_corporate_tree.json holds a tree that somebody made" in run.reason
    assert node("lei:529900K9B0N5BT694847")["name"] == "Allianz SE"


def test_real_lists_fill_what_companies_only_mentioned(
    load: Load, batches: BatchSession, shared: Path, node: Node
) -> None:
    base = shared / "legal_entities"
    load("gleif", base / "gleif_api_allianz" / "lei_record_example.json")
    assert node("elf:SGST") == {"label": "LegalForm", "stub": True}

    run = load("gleif", base / "reference_lists" / "2023-09-28-elf-code-list-v1.5.csv")
    assert (run.status, counts(run)) == ("COMPLETE", {"read": 3430, "loaded": 3430})
    run = load("gleif", base / "reference_lists" / "2022-03-23_ra_list_v1.7.csv")
    assert (run.status, counts(run)) == ("COMPLETE", {"read": 994, "loaded": 994})

    assert batches.rows(
        "MATCH (entity:LegalEntity)-[:HAS_FORM]->(form:LegalForm) "
        "MATCH (entity)-[:HAS_IDENTIFIER]->(:Identifier)-[:ISSUED_BY]->(register) "
        "RETURN form.jurisdiction, form.stub, register.code, register.jurisdictions, register.stub"
    ) == [("DE", None, "RA000304", ["DE"], None)]


def exception(words: Any, number: int) -> dict[str, str]:
    return {
        "LEI": words.lei(number),
        "Exception.Category": DIRECT,
        "Exception.Reason.1": "NO_KNOWN_PERSON",
    }


def test_any_order_of_files_gives_the_same_graph(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path, driver: Any, server: Any
) -> None:
    from tests.conftest import wipe

    row = words.company(3, "Gamma", registration="DUPLICATE", successor=words.lei(1))
    files = [
        words.write(tmp_path / "one.csv", [words.company(1), row]),
        words.write(tmp_path / "two.csv", [words.parent(1, 2), words.parent(3, 2, "ULTIMATELY")]),
        words.write(tmp_path / "three.csv", [exception(words, 2)]),
        words.write(tmp_path / "four.csv", [words.company(2, "Beta")]),
    ]
    found = []
    rotations = [files[start:] + files[:start] for start in range(len(files))]
    for order in [*rotations, files[::-1]]:
        for path in order:
            assert load("gleif", path).status == "COMPLETE"
        found.append(snapshot(batches))
        wipe(driver, server.database)

    assert [one for one in found if one != found[0]] == []


def test_a_parent_that_is_not_there_is_a_stub_until_it_comes(
    load: Load, words: Any, tmp_path: Path, facts: Facts, node: Node
) -> None:
    load("gleif", words.write(tmp_path / "rr.csv", [words.parent(1, 2)]), as_of="2025-07-01")
    assert node(f"lei:{words.lei(2)}") == {"label": "LegalEntity", "stub": True}

    load("gleif", words.write(tmp_path / "lei.csv", [words.company(2, "Beta")]), as_of="2025-07-02")

    filled = node(f"lei:{words.lei(2)}")
    assert (filled["name"], filled.get("stub")) == ("Beta", None)
    assert facts("PARENT_IN") == {
        (f"lei:{words.lei(1)}", "PARENT_IN", f"lei:{words.lei(2)}", "2025-06-01", "9999-12-31")
    }


def test_the_reason_of_an_absent_parent_stands_beside_the_name(
    load: Load, words: Any, tmp_path: Path, node: Node
) -> None:
    words.write(tmp_path / "a.csv", [words.company(1)])
    words.write(tmp_path / "b.csv", [exception(words, 1)])

    load("gleif", tmp_path)

    shown = node(f"lei:{words.lei(1)}")
    assert (shown["name"], shown["parent_exception"]) == ("Alpha AG", "NO_KNOWN_PERSON")
    assert "ultimate_exception" not in shown


def test_a_duplicate_becomes_one_company_with_its_survivor(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path, node: Node
) -> None:
    duplicate = words.company(2, "Beta old", registration="DUPLICATE", successor=words.lei(1))
    load("gleif", words.write(tmp_path / "a.csv", [words.company(1, "Beta"), duplicate]))

    assert labels(batches)["LegalEntity"] == 1
    assert node(f"lei:{words.lei(1)}")["name"] == "Beta"
    assert batches.rows("MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->(e) RETURN e.reference") == [
        (f"lei:{words.lei(1)}",)
    ]


def test_a_merged_company_stays_and_points_to_its_successor(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path
) -> None:
    merged = words.company(
        1, status="INACTIVE", registration="MERGED", successor=words.lei(2), expired="2014-11-07"
    )
    load("gleif", words.write(tmp_path / "a.csv", [merged]))

    assert batches.rows(
        "MATCH (before:LegalEntity)<-[:PREDECESSOR]-(event:CorporateEvent)-[:SUCCESSOR]->(after) "
        "RETURN before.reference, toString(before.ended_on), toString(event.effective_on), "
        "after.reference, after.stub"
    ) == [(f"lei:{words.lei(1)}", "2014-11-07", "2014-11-07", f"lei:{words.lei(2)}", True)]


def test_a_relationship_that_turns_inactive_ends_on_its_last_update(
    load: Load, words: Any, tmp_path: Path, facts: Facts
) -> None:
    path, period = tmp_path / "rr.csv", words.period("2020-01-01")
    load("gleif", words.write(path, [words.parent(1, 2) | period]), as_of="2025-07-01")
    ended = words.parent(1, 2, holds="INACTIVE", updated="2025-09-15T08:00:00Z") | period
    load("gleif", words.write(path, [ended]), as_of="2025-10-01")

    assert facts("PARENT_IN") == {
        (
            f"lei:{words.lei(1)}",
            "FORMER_PARENT_IN",
            f"lei:{words.lei(2)}",
            "2020-01-01",
            "2025-09-15",
        )
    }


def test_names_are_right_as_of_a_day(load: Load, words: Any, tmp_path: Path, facts: Facts) -> None:
    row = words.company(
        1,
        "New AG",
        **{
            "Entity.OtherEntityNames.OtherEntityName.1": "Old AG",
            "Entity.OtherEntityNames.OtherEntityName.1.type": "PREVIOUS_LEGAL_NAME",
        },
    ) | words.event("CHANGE_LEGAL_NAME", "2021-11-01T23:00:00Z")
    load("gleif", words.write(tmp_path / "a.csv", [row]))

    entity = f"lei:{words.lei(1)}"
    assert facts("HAS_NAME") == {
        (entity, "HAS_NAME", "New AG", "2021-11-02", "9999-12-31"),
        (entity, "FORMER_HAS_NAME", "Old AG", "0001-01-01", "2021-11-02"),
    }


def test_a_cycle_of_five_loses_one_fact_and_no_company(
    load: Load, batches: BatchSession, words: Any, tmp_path: Path
) -> None:
    rows = [words.parent(n, n % 5 + 1) | words.period(f"202{n}-01-01") for n in range(1, 6)]

    run = load("gleif", words.write(tmp_path / "rr.csv", rows))

    assert run.status == "COMPLETE"
    assert [one for one in run.warnings if one.startswith("cycle: ")] == run.warnings != []
    assert batches.rows(
        "MATCH (child)-[fact:PARENT_IN {cut: true}]->(parent) WHERE "
        "fact.recorded_to = datetime('9999-12-31T00:00:00Z') "
        "RETURN DISTINCT child.reference, parent.reference"
    ) == [(f"lei:{words.lei(5)}", f"lei:{words.lei(1)}")]


def test_half_of_yesterdays_file_as_a_full_delivery_is_held(
    load: Load, words: Any, tmp_path: Path, batches: BatchSession
) -> None:
    rows = [words.company(number, f"Company {number}") for number in range(20)]
    path = words.write(tmp_path / "a.csv", rows)
    load("gleif", path, full=True, as_of="2025-07-01")
    words.write(path, rows[:10])

    run = load("gleif", path, full=True, as_of="2025-07-02")

    assert (run.status, run.closing, run.absent, run.closed) == ("COMPLETE", "held", 10, 0)
    assert run.reason.startswith("10 of 20 records in scope are absent, more than the guard of 20%")
    assert labels(batches)["LegalEntity"] == 20


def test_a_delta_never_passes_for_a_full_delivery(load: Load, words: Any, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{"data": []}')

    run = load("gleif", path, full=True)

    assert (run.status, run.reason) == (
        "PARTIAL",
        "the delivery says that it is a delta, and --full was asked",
    )
