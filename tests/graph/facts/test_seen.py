"""Which records a run has met, compared with a plain dictionary."""

from __future__ import annotations

import hashlib
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from graph.facts.seen import Seen, marks_of, marks_of_digests, numbers_of, numbers_of_digests
from graph.ids import record_digest, record_key


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
            numbers_of(keys(*(name for name, _ in batch))),
            marks_of(hashes(*(content for _, content in batch))),
        )

        assert found.tolist() == expected
    assert seen.count == len(met)
    assert seen.absent_of(keys(*range(35))) == [name not in met for name in range(35)]


def test_of_three_contents_in_one_batch_each_is_compared_with_the_first() -> None:
    found = Seen().meet(numbers_of(keys(1, 1, 1, 1)), marks_of(hashes("a", "b", "b", "a")))

    assert found.tolist() == [0, 2, 2, 1]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=12))
def test_digests_and_their_texts_give_the_same_numbers(names) -> None:
    digests = [record_digest("toy", "company", name) for name in names]
    contents = [hashlib.sha256(name.encode()).digest() for name in names]

    assert numbers_of_digests(digests).tolist() == numbers_of(keys(*names)).tolist()
    assert marks_of_digests(contents).tolist() == marks_of(hashes(*names)).tolist()


def test_nothing_seen_means_all_absent() -> None:
    seen = Seen()

    assert seen.meet(numbers_of([]), marks_of([])).tolist() == []
    assert seen.absent_of(keys(1, 2)) == [True, True]


def test_fifty_thousand_records_fit_in_two_megabytes() -> None:
    known, marks = numbers_of(keys(*range(50_000))), marks_of(hashes("same") * 5_000)
    seen = Seen()
    tracemalloc.start()
    for start in range(0, 50_000, 5_000):
        seen.meet(known[start : start + 5_000], marks)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seen.count == 50_000
    assert held < 2_000_000
