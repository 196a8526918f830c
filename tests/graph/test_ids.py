"""Ids are UUIDv5 by the book, and never by chance."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from graph.ids import (
    NAMESPACE,
    fact_id,
    node_id,
    record_key,
    reference_rank,
    text_uuid5,
    version_id,
)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_the_fast_uuid5_is_the_standard_one(name) -> None:
    assert text_uuid5(name) == str(uuid.uuid5(NAMESPACE, name))


def test_ids_are_the_same_on_every_machine() -> None:
    assert node_id("lei:5493001KJTIIGC8Y1R12") == str(
        uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_DNS, "footprint.invalid"), "lei:5493001KJTIIGC8Y1R12")
    )


def test_a_qualifier_and_a_direction_tell_facts_apart() -> None:
    key = record_key("toy", "company", "1")
    found = {
        fact_id(key, "PARENT_IN", "a", "b", "legal"),
        fact_id(key, "PARENT_IN", "a", "b", "billing"),
        fact_id(key, "PARENT_IN", "b", "a", "legal"),
        fact_id(key, "OWNS", "a", "b", "legal"),
    }

    assert len(found) == 4


def test_a_version_is_named_by_its_moment_in_utc() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=9)))

    assert version_id("key", elsewhere) == "key/20260102T030405.678000Z"


def test_a_lei_founds_before_a_register_before_a_tax_number_before_a_source() -> None:
    references = ["crm:company:1", "duns:1", "vat:1", "registry:RA1:1", "lei:1"]

    assert sorted(references, key=reference_rank) == references[::-1]
