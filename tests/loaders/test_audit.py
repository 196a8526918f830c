"""What a run did not understand, and how well it filled what it described."""

from __future__ import annotations

from graph.facts.claims import Claims
from loaders.audit import Audit
from loaders.source import RawRecord


def described(**properties: str | None) -> Claims:
    claims = Claims()
    claims.node("LegalEntity", "lei:X", **properties)
    return claims


def test_a_record_that_is_silent_on_a_property_does_not_count_as_leaving_it_empty() -> None:
    audit = Audit({"LegalEntity": {"name": 0.9}})
    record = RawRecord("any", "1", {})

    audit.look_at(described(name="Alpha"), record)
    audit.look_at(described(parent_exception="NON_PUBLIC"), record)
    assert audit.too_empty() == []

    audit.look_at(described(name=None), record)
    assert audit.too_empty() == [
        "LegalEntity.name is filled in 1 of 2 nodes, at least 90% expected"
    ]


def test_an_unknown_field_is_reported_once_with_its_first_line() -> None:
    audit = Audit({})
    for line in (7, 8):
        claims = Claims(unknown=["colour"])
        audit.look_at(claims, RawRecord("car", str(line), {}, "cars.csv", line))

    assert audit.sentences() == [
        "field colour of car is not mapped: in 2 records, first at cars.csv:7; "
        "map it or ignore it by name"
    ]


def test_records_found_unchanged_count_as_filled_in_their_proportion() -> None:
    audit = Audit({"LegalEntity": {"name": 0.9}})

    audit.look_at(described(name=None), RawRecord("any", "1", {}))

    assert audit.too_empty(unchanged=9) == []
    assert audit.too_empty(unchanged=8) == [
        "LegalEntity.name is filled in 0 of 1 nodes, at least 90% expected"
    ]


def test_what_is_wrong_and_was_kept_is_told_in_its_own_words() -> None:
    audit = Audit({})
    for line in (7, 8):
        claims = Claims(odd=["the lines do not add up to the bill"])
        audit.look_at(claims, RawRecord("bill", str(line), {}, "bills.csv", line))

    assert audit.sentences() == [
        "bill: the lines do not add up to the bill: 2 times, first at bills.csv:7"
    ]
