"""What is written: the same bytes for a seed, and every delivery where and when it belongs."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
from pathlib import Path

import orjson
import pytest

from graph.settings import ROOT
from loaders.carrier.arriving import LIST
from loaders.carrier.config import config_of
from loaders.carrier.writer import shares
from loaders.source import Delivery, RawRecord, find_source


def _write(out: Path, hash_seed: str) -> Path:

    entry = [str(ROOT / "footprint"), "carrier", "write", "--size", "tiny", "--out", str(out)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(entry, check=True, capture_output=True, env=environment, cwd=ROOT)
    return out


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("carrier") / "one", "1")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = _write(tmp_path / "two", "12345")
    found = _hashes(written)
    assert len(found) > 300
    assert _hashes(again) == found


def test_each_day_lists_its_deliveries_and_has_them(written: Path) -> None:
    for day in range(31):
        folder = written / f"day-{day:02d}"
        listed = orjson.loads((folder / LIST).read_bytes())
        names = {one["path"] for one in listed}
        assert {path.name for path in folder.iterdir() if path.is_dir()} == names
        assert len(names) == len(listed)


def test_the_outage_is_silent_and_made_up_for(written: Path) -> None:
    silent = [
        day for day in range(31) if not (written / f"day-{day:02d}" / "billing_apac").exists()
    ]
    assert silent == [17, 18, 19]
    told = json.loads((written / "truth" / "carrier.json").read_text())["deliveries"]
    assert {
        "system": "billing_apac",
        "made_on": 20,
        "arrives_on": 20,
        "dirt": "outage_ends",
    } in told


def test_a_late_delivery_arrives_beside_the_next_day_s(written: Path) -> None:
    assert not (written / "day-06" / "contracts").exists()
    listed = orjson.loads((written / "day-07" / LIST).read_bytes())
    found = [(one["path"], one["as_of"]) for one in listed if one["system"] == "contracts"]
    assert found == [("contracts.late-from-day-06", "2026-10-07"), ("contracts", "2026-10-08")]


def test_a_repeated_delivery_is_the_same_bytes_again(written: Path) -> None:
    first = _hashes(written / "day-20" / "tickets")
    assert _hashes(written / "day-21" / "tickets.again-from-day-20") == first


def test_a_cut_delivery_comes_again_whole(written: Path) -> None:
    cut = _hashes(written / "day-09" / "billing_emea")
    whole = _hashes(written / "day-10" / "billing_emea.again-from-day-09")
    assert set(cut) == set(whole)
    assert sum(cut[name] != whole[name] for name in cut) == 1


def test_a_delta_holds_a_record_once(written: Path) -> None:
    for day in range(1, 31):
        for path in (written / f"day-{day:02d}").glob("territories/coverage-*.csv"):
            with path.open(newline="") as file:
                ids = [row["coverage_id"] for row in csv.DictReader(file)]
            assert len(ids) == len(set(ids))


def test_the_loader_reads_what_territories_writes(written: Path) -> None:
    source = find_source("territories")
    delivery = Delivery(written / "day-00" / "territories")
    records = [one for one in source.extract(delivery) if isinstance(one, RawRecord)]
    claims = [source.transform(one) for one in records]
    assert {one.record_type for one in records} == {"team", "seller", "territory", "coverage"}
    assert [unknown for one in claims for unknown in one.unknown] == []


def test_the_parts_share_all_clusters_evenly() -> None:
    config = config_of("demo")
    parts = shares(config)
    assert sorted(number for part in parts for number in part) == list(range(1, 41))
    sizes = [sum(config.entities_of(number) for number in part) for part in parts]
    assert max(sizes) < 1.3 * min(sizes)


def test_sizes_are_what_they_say() -> None:
    sums = {
        name: sum(config_of(name).entities_of(number) + config_of(name).size.around
                  for number in range(1, config_of(name).size.clusters + 1))
        for name in ("demo", "large")
    }  # fmt: skip
    assert 5_000 < sums["demo"] < 6_500
    assert 0.95e6 < sums["large"] < 1.15e6
