"""Natural persons: counted, and nothing of them kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from loaders.source import Extracted, Ignored, RawRecord, Unreadable

Row = dict[str, Any]


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("individual-person-with-significant-control", "individual"),
        ("individual-beneficial-owner", "individual"),
        ("super-secure-person-with-significant-control", "super_secure"),
        ("super-secure-beneficial-owner", "super_secure"),
        ("totals#persons-of-significant-control-snapshot", "totals"),
    ],
)
def test_natural_persons_and_totals_are_counted_and_nothing_else(
    extracted: Callable[..., list[Extracted]], control: Callable[..., Row], kind: str, counted: str
) -> None:
    (item,) = extracted(control(kind=kind, name="Jane Doe"))

    assert isinstance(item, Ignored)
    assert item.record_type == counted


def test_of_a_kind_that_is_not_known_nothing_is_kept(
    extracted: Callable[..., list[Extracted]], control: Callable[..., Row]
) -> None:
    (item,) = extracted(control(kind="new-kind", name="Jane Doe"))

    assert isinstance(item, Unreadable)
    assert item.text == ""
    assert item.reason == (
        "kind 'new-kind' is not known, and may be a natural person: nothing of it is kept"
    )


def test_names_of_persons_beside_a_company_never_reach_evidence(
    extracted: Callable[..., list[Extracted]],
    control: Callable[..., Row],
    company: Callable[..., Row],
) -> None:
    rows = extracted(
        company(), control(address={"care_of": "Jane Doe"}, linked_psc_name="Jane Doe")
    )

    assert len(rows) == 2
    assert not [row for row in rows if isinstance(row, RawRecord) and "Doe" in str(row.payload)]
