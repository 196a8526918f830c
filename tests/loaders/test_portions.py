"""A batch is written in transactions of a bounded size, and its counts stay with its records."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from graph.evidence import Entry
from graph.facts.claims import Claims
from graph.facts.load import Batch
from loaders.mapping import portions, weight_of


def version(number: int, weight: int, previous: str) -> tuple[Entry, Claims, str]:
    claims = Claims()
    for place in range(weight):
        claims.node("LegalEntity", f"toy:company:{number}-{place}")
    return Entry("version", "company", str(number), f"key {number}"), claims, previous


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "before"])), max_size=12),
    st.integers(0, 4),
)
def test_every_record_is_in_one_part_and_the_counts_add_up(records, unchanged) -> None:
    versions = [version(place, *one) for place, one in enumerate(records)]
    rest = {"read": len(records) + unchanged, "unchanged": unchanged}
    batch = Batch(counts=dict(rest))
    whole = rest | Counter("changed" if previous else "loaded" for _, previous in records)
    parts = list(portions(batch, versions, 10))

    assert [one for part in parts for one in part.versions] == versions
    sums: Counter[str] = Counter()
    for part in parts:
        sums.update(part.counts)
        assert part.counts["read"] >= len(part.versions)
        weights = [weight_of(claims) for _, claims, _ in part.versions]
        assert sum(weights[:-1]) < 10
    assert {name: by for name, by in sums.items() if by} == {
        name: by for name, by in whole.items() if by
    }
