"""Which records a run has met, compared with a plain dictionary."""

from __future__ import annotations

import hashlib
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from graph.facts.seen import Seen
from graph.ids import record_key


def keys(*names: object) -> list[str]:
    return [record_key("toy", "company", str(name)) for name in names]


def hashes(*contents: object) -> list[str]:
    return [hashlib.sha256(str(content).encode()).hexdigest() for content in contents]


BATCHES = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), max_size=12), max_size=12
)


@given(BATCHES)
def test_verdicts_are_those_of_a_dictionary(batches) -> None:
    seen, met = Seen(), {}
    for batch in batches:
        expected = []
        for name, content in batch:
            expected.append(0 if name not in met else 1 if met[name] == content else 2)
            met.setdefault(name, content)

        found = seen.meet(
            keys(*(name for name, _ in batch)), hashes(*(content for _, content in batch))
        )

        assert found == expected
    assert seen.count == len(met)
    assert seen.absent_of(keys(*range(35))) == [name not in met for name in range(35)]


def test_of_three_contents_in_one_batch_each_is_compared_with_the_first() -> None:
    assert Seen().meet(keys(1, 1, 1, 1), hashes("a", "b", "b", "a")) == [0, 2, 2, 1]


def test_nothing_seen_means_all_absent() -> None:
    seen = Seen()

    assert seen.meet([], []) == []
    assert seen.absent_of(keys(1, 2)) == [True, True]


def test_fifty_thousand_records_fit_in_two_megabytes() -> None:
    known, mark = keys(*range(50_000)), hashes("same")[0]
    seen = Seen()
    tracemalloc.start()
    for start in range(0, 50_000, 5_000):
        seen.meet(known[start : start + 5_000], [mark] * 5_000)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seen.count == 50_000
    assert held < 2_000_000
