"""A thing is named by its one home, by a whole reference, or by the system that mentions it."""

from __future__ import annotations

import pytest

from loaders.references import across, is_whole


@pytest.mark.parametrize(
    ("kind", "native_id", "reference"),
    [
        ("product", "P-17", "inventory:product:P-17"),
        ("geographic_site", " 5 ", "inventory:site:5"),
        ("customer", "4711", "contracts:customer:4711"),
        ("customer", "crm_emea:customer:4711", "crm_emea:customer:4711"),
        ("organization", "lei:5493001KJTIIGC8Y1R12", "lei:5493001KJTIIGC8Y1R12"),
        ("product", "urn:uuid:17", "inventory:product:urn:uuid:17"),
        ("product", "LON:1", "inventory:product:LON:1"),
    ],
)
def test_a_mention_means_its_home_itself_or_the_systems_own(
    kind: str, native_id: str, reference: str
) -> None:
    assert across("contracts", kind, native_id) == reference


def test_an_empty_end_is_no_reference() -> None:
    assert not is_whole("crm_emea:customer:")
