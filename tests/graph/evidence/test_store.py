"""Evidence: on disk before it is used, one file a run at the end, never more than was committed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import EvidenceError
from graph.evidence import Entry, EvidenceStore


def entry(number: int) -> Entry:
    return Entry(
        "version",
        "company",
        f"n{number}",
        f"key-{number}",
        f"{number:064x}",
        "2026-01-01T00:00:00Z",
        "x.csv",
        number,
        b'{"name":"\xc3\xa9"}',
    )


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(str(tmp_path / "evidence"))


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "evidence" / "toy" / "run").iterdir())


def test_what_is_appended_comes_back_in_order_and_by_position(store) -> None:
    writer = store.writer("toy", "run")
    positions = writer.append([entry(1), entry(2)]) + writer.append([entry(3)])

    assert positions == ["toy/run#0", "toy/run#1", "toy/run#2"]
    expected = [replace(entry(number), row=number - 1) for number in (1, 2, 3)]
    assert list(store.entries("toy", "run")) == expected
    assert [store.entry(position) for position in positions] == expected


def test_nothing_appended_leaves_no_part(store, tmp_path) -> None:
    assert store.writer("toy", "run").append([]) == []
    assert files(tmp_path) == []


def test_a_run_that_ended_is_one_file_without_what_was_not_committed(store, tmp_path) -> None:
    writer = store.writer("toy", "run")
    for number in range(0, 9, 3):
        writer.append([entry(number), entry(number + 1), entry(number + 2)])

    store.compact("toy", "run", 4)

    assert files(tmp_path) == ["evidence.parquet"]
    assert [one.native_id for one in store.entries("toy", "run")] == ["n0", "n1", "n2", "n3"]
    assert store.entry("toy/run#3").native_id == "n3"
    store.compact("toy", "run", 4)
    assert store.rows("toy", "run") == 4


def test_a_part_that_was_cut_off_while_it_was_written_is_no_part(store, tmp_path) -> None:
    store.writer("toy", "run").append([entry(0)])
    (tmp_path / "evidence/toy/run/part-000000000001.parquet.new").write_bytes(b"PAR1 half")

    assert [one.native_id for one in store.entries("toy", "run")] == ["n0"]
    store.compact("toy", "run", 1)
    assert store.rows("toy", "run") == 1


def test_parts_left_beside_the_whole_file_are_not_read_twice(store, tmp_path) -> None:
    writer = store.writer("toy", "run")
    writer.append([entry(0)])
    part = tmp_path / "evidence/toy/run/part-000000000000.parquet"
    content = part.read_bytes()
    store.compact("toy", "run", 1)
    part.write_bytes(content)  # killed between making the whole and removing its parts

    assert [one.native_id for one in store.entries("toy", "run")] == ["n0"]


def test_missing_and_damaged_evidence_is_named(store, tmp_path) -> None:
    store.writer("toy", "run").append([entry(0)])
    with pytest.raises(EvidenceError) as missing:
        store.entry("toy/run#7")
    assert missing.value.where == "toy/run#7"

    part = tmp_path / "evidence/toy/run/part-000000000000.parquet"
    part.write_bytes(part.read_bytes()[:-20])
    with pytest.raises(EvidenceError, match="unreadable"):
        list(store.entries("toy", "run"))


def test_manifests_come_oldest_first(store) -> None:
    for run, moment in (("b", "2026-01-02T00:00:00Z"), ("a", "2026-01-03T00:00:00Z")):
        store.write_manifest({"source": "toy", "id": run, "moment": moment})

    assert [manifest["id"] for manifest in store.manifests()] == ["b", "a"]
    assert store.has_manifest("toy", "a")
    assert not store.has_manifest("toy", "c")


def test_a_disk_that_refuses_is_an_error_with_a_remedy(store, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.evidence.store.pq.write_table", full)
    with pytest.raises(EvidenceError) as error:
        store.writer("toy", "run").append([entry(0)])

    assert error.value.what == "the evidence store failed: No space left on device"
    assert "free space" in error.value.remedy
