"""What is concluded of parents does not depend on how the conclusion came about."""

from __future__ import annotations

import pytest

CUT = """
MATCH (child)-[fact:PARENT_IN|FORMER_PARENT_IN]->(parent)
WHERE fact.cut AND fact.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN DISTINCT last(split(child.reference, ':')), last(split(parent.reference, ':'))
"""


def below(parent: str, since: str, share: float | None = None) -> dict[str, object]:
    return {"of": parent, "from": since, "share": share}


@pytest.mark.parametrize(("older", "younger"), [("a", "b"), ("b", "a")])
def test_the_younger_fact_is_cut_though_the_older_one_is_in_pieces(toy, older, younger) -> None:
    both = [below(younger, "2000-01-01", 0.3), below("c", "2011-01-01", 0.7)]
    toy.load([(older, {"parents": both})])

    toy.load([(younger, {"parents": [below(older, "2011-01-01")]})], full=False)

    assert toy.session.rows(CUT) == [(younger, older)]


def test_a_cut_is_healed_when_its_cycle_is_broken(toy) -> None:
    links = [("a", "b", "2000-01-01"), ("b", "c", "2001-01-01"), ("c", "a", "2002-01-01")]
    toy.load([(child, {"parents": [below(parent, since)]}) for child, parent, since in links])
    assert toy.session.rows(CUT) == [("c", "a")]

    toy.load([("a", {"parents": [], "correction": "never was"})], full=False)

    assert toy.session.rows(CUT) == []


def test_a_company_merged_with_its_parent_is_not_its_own_parent(toy) -> None:
    vat = {"identifiers": [["vat", "DE136695976"]]}
    toy.load([("a", vat | {"parents": [below("b", "2000-01-01")]}), ("b", vat)])

    assert toy.session.rows(CUT) == [("a", "a")]
