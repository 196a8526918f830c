"""One company: found by what a person types, described, and proved."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, date, datetime

import pytest

from graph.connection import ReadSession
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from queries.entity.entity import entity
from queries.entity.fact import fact
from queries.entity.find import READINGS, matches, the_one, words_of
from queries.entity.parents import parents
from queries.entity.values import values
from queries.load.sources import sources
from queries.terminal.profile import profile, proof_of_company
from tests.queries.conftest import Register
from tests.queries.register import company, entity_id, under

A, B = entity_id("A"), entity_id("B")
LEI = "5493001KJTIIGC8Y1R12"


async def names_found(graph: ReadSession, text: str) -> list[str | None]:
    return [match.name for match in await matches(graph, text)]


async def test_a_company_is_found_by_whatever_a_person_types(
    graph: ReadSession, register: Register
) -> None:
    register(
        company("1", name="Müller & Söhne GmbH", lei=LEI, identifiers=[["lei", LEI]]),
        company("2", name="Mueller Logistics", identifiers=[["duns", "150483782"]]),
        company("3", name="Neue AG", former_names=[["Alte AG", None, "2020-01-01"]]),
    )

    assert await names_found(graph, "muller sohne") == ["Müller & Söhne GmbH"]
    assert await names_found(graph, "MÜLL") == ["Müller & Söhne GmbH"]
    assert await names_found(graph, "Muelller Logistics") == ["Mueller Logistics"]
    assert await names_found(graph, "alte") == ["Neue AG"]
    assert await names_found(graph, LEI.lower()) == ["Müller & Söhne GmbH"]
    assert await names_found(graph, "duns:150483782") == ["Mueller Logistics"]
    assert await names_found(graph, "150483782") == ["Mueller Logistics"]
    assert await names_found(graph, "toy:company:3") == ["Neue AG"]
    assert await names_found(graph, entity_id("3").upper()) == ["Neue AG"]
    assert await names_found(graph, "nobody at all") == []


async def test_a_name_with_words_that_the_index_leaves_out_is_found(
    graph: ReadSession, register: Register
) -> None:
    register(company("1", name="AT&T Inc."), company("2", name="The Will Company"))

    assert await names_found(graph, "at&t") == ["AT&T Inc."]
    assert await names_found(graph, "the will company") == ["The Will Company"]


@pytest.mark.parametrize("text", ['a"b', "+(", "x AND", "*", "a:b^9~", "[1 TO 2]", "\\", "名前 \0"])
async def test_no_text_breaks_the_search(graph: ReadSession, register: Register, text: str) -> None:
    register(company("A"))

    assert isinstance(await matches(graph, text), list)


def test_words_hold_nothing_that_lucene_reads() -> None:
    assert words_of('Straße "A+B" AND (ÆØ) *~^') == ["strasse", "a", "b", "and", "aeo"]
    readings = [reading(["at", "byrne", "t"]) for reading in READINGS]
    assert readings == [
        "at +byrne +t",
        "at +byrne +t*",
        "at* +byrne* +t*",
        "at +(byrne^4 byrne~1) +t",
        "(+t) (+byrne)",
        "(at^4 at*^2) (byrne^4 byrne*^2 byrne~1) (t^4 t*^2)",
    ]


async def test_a_name_that_is_just_what_was_asked_comes_first(
    graph: ReadSession, register: Register
) -> None:
    names = ["Delta Holdings Nord", "Holdings Delta", "Delta Holdings", "Deltas Holdings"]
    register(*(company(str(number), name=name) for number, name in enumerate(names)))

    assert await names_found(graph, "delta holdings") == [
        "Delta Holdings",
        "Delta Holdings Nord",
        "Holdings Delta",
    ]
    assert await names_found(graph, "del hold") == [
        "Delta Holdings",
        "Delta Holdings Nord",
        "Deltas Holdings",
        "Holdings Delta",
    ]
    assert await names_found(graph, "dalta holdings") == [
        "Delta Holdings",
        "Holdings Delta",
        "Delta Holdings Nord",
    ]
    assert await names_found(graph, "delta holdings gmbh") == [
        "Delta Holdings",
        "Holdings Delta",
        "Delta Holdings Nord",
    ]


async def test_several_companies_of_one_name_are_listed(
    graph: ReadSession, register: Register
) -> None:
    register(company("A", name="Twin", country="DE"), company("B", name="Twin"), company("C"))

    with pytest.raises(NotFound) as refused:
        await the_one(graph, "twin")
    assert refused.value.what.startswith("'twin' may mean 2 companies: ")
    assert f"Twin (DE, ACTIVE, {A})" in refused.value.what
    assert (await the_one(graph, "c")).entity_id == entity_id("C")
    with pytest.raises(NotFound):
        await the_one(graph, "nothing like it")


async def test_a_retired_id_leads_to_the_company(graph: ReadSession, register: Register) -> None:
    register(company("A", identifiers=[["lei", LEI]]), company("K", under("A", "2020-01-01")))
    register(
        company("B", under("P", "2021-01-01"), identifiers=[["lei", LEI]]),
        source="other",
        known="2026-01-03",
    )

    kept = [one.entity_id for one in await entity(graph, entity_id=A)]
    assert kept == [one.entity_id for one in await entity(graph, entity_id=B)] != []
    assert len(await parents(graph, entity_id=A)) == len(await parents(graph, entity_id=B)) == 1
    found = await profile(graph, kept[0])
    ((alias, _, retired_at, reason, decided_by),) = [astuple(one) for one in found.aliases]
    assert {alias, kept[0]} == {A, B}
    assert (retired_at, reason, decided_by) == (
        "2026-01-03T00:00:00Z",
        f"both have lei:{LEI}",
        "identifier",
    )


async def test_values_that_lost_stay_visible(graph: ReadSession, register: Register) -> None:
    shared = {"identifiers": [["lei", LEI]]}
    register(company("A", country="DE", **shared), precedence=10)
    register(
        company("A", name="Other A", country="DE", **shared),
        source="other",
        known="2026-01-03",
        precedence=90,
    )

    said = await values(graph, entity_id=A, property="name")
    assert [(one.value, one.is_shown, one.system, one.line) for one in said] == [
        ("A", True, "toy", 1),
        ("Other A", False, "other", 1),
    ]


async def test_why_goes_down_to_the_sources_own_fields(
    graph: ReadSession, register: Register, evidence: EvidenceStore
) -> None:
    register(company("A"), company("B", under("A", "2020-01-01")), known="2024-01-01")
    run = register(
        company("A"),
        company("B", under("A", "2021-01-01", share=0.5), country="FR"),
        known="2026-01-03",
    )

    proof = await proof_of_company(graph, evidence, B, None)
    assert [(one.property, one.value) for one in proof.values] == [
        ("category", "GENERAL"),
        ("jurisdiction", "FR"),
        ("name", "B"),
        ("status", "ACTIVE"),
    ]
    assert [(one.is_current, one.line) for one in proof.records] == [(True, 2), (False, 2)]
    now, before = proof.records
    assert now.run_id == run.id
    assert proof.payloads[now.record_id]["country"] == "FR"
    assert "country" not in proof.payloads[before.record_id]
    versions = [one for one in proof.facts if one.type == "PARENT_IN"]
    assert {one.known_to for one in versions} == {None, "2026-01-03T00:00:00Z"}
    assert [one.fact_id for one in await fact(graph, fact_id=versions[0].fact_id)] == [
        versions[0].fact_id
    ] * len(versions)
    only = await proof_of_company(graph, evidence, B, "parent")
    assert {one.type for one in only.facts} == {"PARENT_IN"}


async def test_a_missing_parent_has_its_reason(graph: ReadSession, register: Register) -> None:
    register(company("A", exception="NO_LEI", ultimate_exception="NATURAL_PERSONS"))

    (one,) = await entity(graph, entity_id=A)
    assert (one.parent_exception, one.ultimate_exception) == ("NO_LEI", "NATURAL_PERSONS")


async def test_a_stub_says_who_mentions_it(graph: ReadSession, register: Register) -> None:
    register(company("B", under("A", "2020-01-01")))

    (one,) = await entity(graph, entity_id=A)
    assert (one.is_stub, one.mentioned_by, one.child_count) == (True, ["toy"], 1)


async def test_sources_say_how_fresh_they_are(graph: ReadSession, register: Register) -> None:
    run = register(company("A"), known="2026-01-02")

    (fresh,) = await sources(graph, now=datetime(2026, 1, 3, tzinfo=UTC))
    assert astuple(fresh) == (
        ("toy", "Toy register", "Tests", ["registry"], 50, "P2D", run.id, "COMPLETE", "")
        + ("2026-01-02T00:00:00Z", date(2026, 1, 1), False, 0)
    )
    (stale,) = await sources(graph, now=datetime(2026, 1, 9, tzinfo=UTC))
    assert stale.is_stale
