"""Every type of event is registered, documented, and described by a schema that does not change."""

from __future__ import annotations

import hashlib

import orjson

from api.feeds.registry import FEEDS, PAGE, SCHEMAS, kinds, page
from queries.feed import living_signals
from rules.engine.life.lifecycle import LIVING
from rules.engine.life.news import type_of

FROZEN = {
    "hierarchy.v1": "572bf5a7b6ce0ec6",
    "merged.v1": "5fc180e72d79918c",
    "signal.v1": "61a03e7925fdafe6",
    "source.v1": "c0ffaa377680dccb",
    "subject.v1": "b610a4b3a83d6d49",
    "webhook.v1": "c83c639ad1cdfd08",
}
"""A payload of another shape is another version: a new file, a new type, and this line stays."""


def test_a_schema_that_was_published_stays_as_it_is() -> None:
    found = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(SCHEMAS.glob("*.json"))
    }
    assert found == FROZEN


def test_every_type_has_a_schema_and_every_schema_a_type() -> None:
    assert {kind.schema for kind in kinds().values()} == {
        one.stem for one in SCHEMAS.glob("*.json")
    }


def test_every_property_of_a_payload_is_described() -> None:
    for path in SCHEMAS.glob("*.json"):
        schema = orjson.loads(path.read_bytes())
        assert all(one["description"] for one in schema["properties"].values())


def test_every_step_of_a_signal_is_a_registered_type() -> None:
    states = [*sorted(LIVING), "closed", "cleared", "retracted"]
    types = {type_of(before, after) for before in [None, *states] for after in states}
    assert types <= kinds().keys()


def test_signals_live_in_the_same_states_for_rules_and_for_snapshots() -> None:
    assert set(living_signals.LIVING) == LIVING


def test_every_type_is_in_a_feed() -> None:
    assert all(one.startswith(FEEDS["all"].prefixes) for one in kinds())


def test_the_catalogue_is_what_the_registry_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m api.feeds.registry"
