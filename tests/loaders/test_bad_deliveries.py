"""Bad deliveries of JSON systems: no good record is lost, no bad one loaded, none is silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.facts import quarantine
from graph.facts.run import Run

Load = Callable[..., Run]

SAMPLES: dict[str, dict[str, Any]] = {
    "contracts": {"@type": "Agreement", "id": "1", "agreementType": "master"},
    "catalogue": {"@type": "ProductOffering", "id": "1", "name": "Line"},
    "orders": {"@type": "ProductOrder", "id": "1", "category": "B2B"},
    "inventory": {"@type": "Service", "id": "1", "name": "LON-1"},
}
"""System -> a smallest record of it."""

every_system = pytest.mark.parametrize("system", sorted(SAMPLES))


def _lines(system: str, count: int) -> list[bytes]:
    return [json.dumps({**SAMPLES[system], "id": f"R-{n}"}).encode() for n in range(count)]


@every_system
def test_half_a_file_loads_its_whole_records_and_ends_nothing(
    load: Load, tmp_path: Path, system: str
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(_lines(system, 4)))
    load(system, path, full=True)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 - 9])

    run = load(system, path, full=True)

    assert (run.status, run.unchanged, run.closed, run.absent) == ("PARTIAL", 1, 0, 0)
    assert "not JSON" in run.reason


@every_system
def test_a_truncated_list_loads_nothing_of_that_file_and_all_of_the_others(
    load: Load, tmp_path: Path, system: str
) -> None:
    first, second = _lines(system, 2)
    (tmp_path / "a.json").write_bytes(b"[" + first + b",")
    (tmp_path / "b.json").write_bytes(second)

    run = load(system, tmp_path)

    assert (run.status, run.loaded) == ("PARTIAL", 1)
    assert "a.json" in run.reason


@every_system
def test_another_encoding_is_refused_and_said(load: Load, tmp_path: Path, system: str) -> None:
    path = tmp_path / "records.json"
    path.write_bytes(json.dumps({**SAMPLES[system], "name": "Zürich"}).encode("utf-16"))

    run = load(system, path)

    assert (run.status, run.loaded) == ("PARTIAL", 0)
    assert "records.json" in run.reason


@every_system
def test_an_unknown_field_is_reported_and_the_record_loaded(
    load: Load, tmp_path: Path, system: str
) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps({**SAMPLES[system], "favouriteColour": "blue"}))

    run = load(system, path)

    assert (run.status, run.loaded) == ("COMPLETE", 1)
    assert len([one for one in run.warnings if "favouriteColour" in one]) == 1


@every_system
def test_a_record_that_comes_twice_with_other_content_waits_for_an_answer(
    load: Load, batches: BatchSession, tmp_path: Path, system: str
) -> None:
    path = tmp_path / "records.jsonl"
    once = SAMPLES[system]
    twice = {**once, "description": "another", "lastUpdate": "2026-01-01"}
    path.write_text("\n".join(json.dumps(one) for one in (once, once, twice)))

    run = load(system, path, full=True)

    assert (run.status, run.read, run.loaded, run.duplicate, run.rejected) == (
        "PARTIAL",
        3,
        1,
        1,
        1,
    )
    (waiting,) = quarantine.items(batches)
    assert "comes twice with different content" in waiting.reason


@every_system
def test_a_resource_that_the_system_does_not_deliver_waits_without_its_values(
    load: Load, batches: BatchSession, tmp_path: Path, system: str
) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps({"@type": "Spaceship", "id": "9", "secret": "open sesame"}))

    load(system, path)

    (waiting,) = quarantine.items(batches)
    assert waiting.reason.startswith("no known resource")
