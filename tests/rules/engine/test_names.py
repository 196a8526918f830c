"""The names in a Cypher text: labels, types, properties, and paths without an upper bound."""

from __future__ import annotations

import pytest

from rules.engine.files.names import names_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "MATCH (a:LegalEntity|Site {name: 'x'})",
            {"label LegalEntity", "label Site", "property name"},
        ),
        (
            "MATCH (a)-[r:PARENT_IN|OWNS*0..64 {view: $v}]->(b)",
            {"type PARENT_IN", "type OWNS", "property view"},
        ),
        ("MATCH (a WHERE a:Site AND a.city = 'x')", {"label Site", "property city"}),
        ("WITH {amount: 1, currency: 'EUR'} AS money RETURN money AS money", set()),
        ("WITH {amount: total, currency: code} AS money RETURN money AS money", set()),
        ("RETURN duration({days: days}) AS span", set()),
        ("RETURN {is: a:Site} AS told", {"label Site"}),
        ("RETURN date.truncate('month', a.ends_on) AS day", {"property ends_on"}),
        ("RETURN [x IN xs WHERE x.share > 0.5 | x.id] AS ids", {"property share", "property id"}),
        ("RETURN 'a:Foo' AS text // (b:Bar)", set()),
        ("MATCH (a:`LegalEntity`&!Site)", {"label LegalEntity", "label Site"}),
        ("RETURN CASE WHEN fact:PARENT_IN THEN 1 ELSE 2 END AS one", {"label PARENT_IN"}),
    ],
)
def test_what_is_named(text: str, names: set[str]) -> None:
    assert {f"{name.kind} {name.text}" for name in names_of(text)} == names


@pytest.mark.parametrize(
    ("path", "unbounded"),
    [
        ("(a)-[:OWNS*]->(b)", True),
        ("(a)-[:OWNS*1..]->(b)", True),
        ("(a)-[:OWNS*..]->(b)", True),
        ("(a)-[:OWNS*..5]->(b)", False),
        ("(a)-[:OWNS*3]->(b)", False),
        ("(a)-[:OWNS*0..64 {view: 'legal'}]->(b)", False),
        ("(a)-[:OWNS]->+(b)", True),
        ("(a)-[:OWNS]->*(b)", True),
        ("(a)-[:OWNS]->{1,}(b)", True),
        ("(a)-[:OWNS]->{1,16}(b)", False),
        ("((a)-[:OWNS]->(b))+(c)", True),
        ("((a)-[:OWNS]->(b)){1,4}(c)", False),
    ],
)
def test_a_path_without_an_upper_bound_is_seen(path: str, unbounded: bool) -> None:
    found = any(name.kind == "unbounded" for name in names_of(f"MATCH {path} RETURN 1 AS one"))

    assert found is unbounded


def test_products_and_sums_are_no_paths() -> None:
    text = "MATCH (a) WHERE (a.share * 2) * (a.share + 1) > (3) + (4) RETURN count(*) AS count"

    assert [name for name in names_of(text) if name.kind == "unbounded"] == []
