"""Records of one company become one, in whatever order they come; the rest stays apart."""

from __future__ import annotations

from itertools import permutations

import pytest

LEI, OTHER_LEI = "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"
VAT = "DE136695976"

GRAPH = """
MATCH (entity:LegalEntity)
RETURN entity.id, entity.reference, entity.name, entity.status,
  COLLECT { MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->(entity) RETURN alias.id ORDER BY alias.id },
  COLLECT { MATCH (entity)-[fact:PARENT_IN|HAS_NAME|HAS_IDENTIFIER]->(other)
            WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z')
            RETURN fact.id + type(fact) + other.id + coalesce(toString(fact.controlling), '') AS one
            ORDER BY one },
  COLLECT { MATCH (record:SourceRecord)-[claim:CLAIMS]->(entity)
            RETURN [record.system, claim.won, claim.lost, [name IN claim.lost | claim[name]]] AS one
            ORDER BY one }
ORDER BY entity.reference
"""
STANDING = "MATCH (entity:LegalEntity) RETURN entity.reference, entity.name"
JUDGED = "MATCH (judgement:Judgement) RETURN judgement.verdict, judgement.reason"


def company(name: str, *identifiers: tuple[str, str], **more):
    return (name, {"name": name, "identifiers": list(identifiers), **more})


def one_day(toy, sources) -> None:
    """Load these sources on one day, in this order."""
    for source in sources:
        toy.load(source, days=0)


def graph_of(session) -> list[tuple[object, ...]]:
    return session.rows(GRAPH)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_loading_plays_no_part(toy, order) -> None:
    def sources():
        return [
            toy.source(company("Alpha AG", ("vat", VAT), ("duns", "314159265")), name="crm"),
            toy.source(
                company("ALPHA", ("duns", "314159265"), status="ACTIVE"), name="erp", precedence=20
            ),
            toy.source(
                company(
                    "Alpha Aktiengesellschaft", ("lei", LEI), ("vat", VAT), reference=f"lei:{LEI}"
                ),
                name="gleif",
                precedence=10,
            ),
        ]

    one_day(toy, [sources()[place] for place in order])
    found = graph_of(toy.session)

    assert [row[1:4] for row in found] == [(f"lei:{LEI}", "Alpha Aktiengesellschaft", "ACTIVE")]
    assert [len(row[4]) for row in found] == [2]
    assert len(found[0][5]) == 5
    assert found[0][6] == [
        ["crm", None, ["name"], ["Alpha AG"]],
        ["erp", ["status"], ["name"], ["ALPHA"]],
    ]


def test_companies_with_different_leis_and_one_vat_are_left_for_a_person(toy) -> None:
    toy.load(
        [
            company("A", ("lei", LEI), ("vat", VAT), reference=f"lei:{LEI}"),
            company("B", ("lei", OTHER_LEI), ("vat", VAT), reference=f"lei:{OTHER_LEI}"),
        ]
    )

    assert set(toy.session.rows(STANDING)) == {(f"lei:{LEI}", "A"), (f"lei:{OTHER_LEI}", "B")}
    assert toy.session.rows(JUDGED) == [("unsure", f"share vat:{VAT} but differ in lei")]


def test_the_strongest_reference_survives_a_chain_of_merges_in_one_batch(toy) -> None:
    toy.load([company("b", ("duns", "314159265"), ("vat", VAT)), company("x", ("vat", VAT))])
    toy.load(
        [company("a", ("duns", "314159265")), company("y", ("vat", VAT), reference=f"lei:{LEI}")],
        full=False,
    )

    assert [row[0] for row in toy.session.rows(STANDING)] == [f"lei:{LEI}"]


def test_a_clash_met_after_a_merge_in_the_same_batch_still_counts(toy) -> None:
    toy.load(
        [
            company("a", ("duns", "314159265"), ("lei", LEI), reference=f"lei:{LEI}"),
            company("b", ("duns", "314159265"), ("vat", VAT)),
            company("c", ("vat", VAT), ("lei", OTHER_LEI), reference=f"lei:{OTHER_LEI}"),
        ]
    )

    assert sorted(row[0] for row in toy.session.rows(STANDING)) == sorted(
        [f"lei:{LEI}", f"lei:{OTHER_LEI}"]
    )


def test_a_record_corrected_to_another_companys_lei_makes_no_company_of_two(toy) -> None:
    toy.load(
        [
            company("head", ("lei", LEI), reference=f"lei:{LEI}"),
            company("branch", ("lei", OTHER_LEI), reference=f"lei:{OTHER_LEI}"),
            company("crm", ("lei", LEI)),
        ]
    )
    toy.load([company("crm", ("lei", OTHER_LEI))], full=False)

    assert sorted(row[0] for row in toy.session.rows(STANDING)) == sorted(
        [f"lei:{LEI}", f"lei:{OTHER_LEI}"]
    )
    assert sorted(toy.session.rows(JUDGED)) == [
        ("same", f"both have lei:{LEI}"),
        ("unsure", f"share lei:{OTHER_LEI} but differ in lei"),
    ]


def test_a_company_whose_lei_was_a_mistake_joins_the_one_whose_lei_it_is(toy) -> None:
    toy.load([company("register", ("lei", LEI), reference=f"lei:{LEI}")])
    toy.load([company("crm", ("lei", OTHER_LEI), reference=f"lei:{OTHER_LEI}")], full=False)
    toy.load([company("crm", ("lei", LEI), reference=f"lei:{OTHER_LEI}")], full=False)

    (standing,) = toy.session.rows(STANDING)
    assert standing[0] in (f"lei:{LEI}", f"lei:{OTHER_LEI}")
    assert toy.session.rows(JUDGED) == [("same", f"both have lei:{LEI}")]


def test_a_cross_reference_merges_into_the_stronger_reference(toy) -> None:
    toy.load(
        [
            company("lead", reference=f"lei:{LEI}", same_as=["toy:company:copy"]),
            company("copy", status="ACTIVE"),
        ]
    )

    assert [row[0] for row in toy.session.rows(STANDING)] == [f"lei:{LEI}"]
    assert toy.session.rows(JUDGED) == [("same", "cross-reference")]


def test_a_retired_id_that_comes_later_goes_to_the_survivor(toy, broken) -> None:
    toy.load([company("crm-1", ("vat", VAT)), company("y", ("vat", VAT), reference=f"lei:{LEI}")])
    toy.load([("child", {"parents": [{"of": "crm-1", "from": "2020-01-01"}]})], full=False)
    toy.load([company("crm-1", ("vat", VAT), status="INACTIVE")], full=False)

    assert toy.session.rows(
        "MATCH (child)-[:PARENT_IN]->(parent) "
        "RETURN child.reference, parent.reference, parent.status"
    ) == [("toy:company:child", f"lei:{LEI}", "INACTIVE")]
    assert broken(toy.now.date()) == []


def test_junk_and_invalid_numbers_never_link(toy) -> None:
    toy.load(
        [
            company("a", ("duns", "000000000"), ("vat", "DE000000000"), ("vat", "N/A")),
            company("b", ("duns", "000000000"), ("vat", "DE000000000"), ("vat", "N/A")),
            company("c", ("lei", "5493001KJTIIGC8Y1R13")),
            company("d", ("lei", "5493001KJTIIGC8Y1R13")),
        ]
    )

    assert {row[1] for row in toy.session.rows(STANDING)} == {"a", "b", "c", "d"}


def test_a_number_written_with_punctuation_is_the_same_number(toy) -> None:
    toy.load(
        [
            company("a", ("vat", "DE 136.695.976"), ("duns", "31-415-9265")),
            company("b", ("vat", VAT)),
            company("c", ("duns", "314159265")),
        ]
    )

    assert [row[0] for row in toy.session.rows(STANDING)] == ["toy:company:a"]
