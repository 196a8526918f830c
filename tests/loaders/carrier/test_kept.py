"""A carrier in a folder is used again while it is the right one, and played on where it stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.errors import EvidenceError, SourceError
from graph.evidence import EvidenceStore
from graph.progress import silent
from graph.settings import Settings
from loaders.carrier import keeping, play
from loaders.carrier.arriving import arrive
from loaders.carrier.config import Config, config_of
from loaders.carrier.keeping import is_kept, keep_carrier
from loaders.carrier.truth.reading import Truth
from loaders.carrier.writer import write
from loaders.workplace import Workplace

Days = list[tuple[int, str, str, bool]]


@pytest.fixture
def one_system(tiny: Config, tmp_path: Path) -> Path:
    """The tiny carrier of which only the catalogue was written."""
    folder = tmp_path / "catalogue"
    with silent("writing") as task:
        write(tiny, folder, ("catalogue",), task)
    arrive(tiny, folder, ("catalogue",))
    return folder


def told(folder: Path, days: range, place: Workplace) -> Days:
    return [
        (one.day, one.system, one.status, one.was_loaded)
        for one in play.play(folder, days, place, show=silent)
    ]


@pytest.fixture
def place(batches: BatchSession, settings: Settings, evidence: EvidenceStore) -> Workplace:
    return Workplace(settings, batches, evidence, datetime(2026, 10, 1, tzinfo=UTC))


class TestKeeping:
    def test_a_carrier_is_written_once(self, tiny: Config, tmp_path: Path) -> None:
        folder = tmp_path / "tiny-1"

        assert [keep_carrier(tiny, folder, silent) for _ in range(2)] == [True, False]
        assert [one.name for one in tmp_path.iterdir()] == ["tiny-1"]
        assert not is_kept(config_of("tiny", 2), folder)

    def test_what_another_generator_wrote_is_written_anew(
        self, one_system: Path, tiny: Config, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not is_kept(tiny, one_system)

        assert keep_carrier(tiny, one_system, silent)
        assert is_kept(tiny, one_system)
        monkeypatch.setattr(keeping, "fingerprint", lambda: "another")
        assert not is_kept(tiny, one_system)

    def test_a_disk_without_room_leaves_nothing_that_looks_whole(
        self, tiny: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(config: Config, out: Path, *_: object) -> None:
            out.mkdir(parents=True)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(keeping, "write", full)

        with pytest.raises(SourceError, match="No space left.*make room there"):
            keep_carrier(tiny, tmp_path / "tiny-1", silent)
        assert not is_kept(tiny, tmp_path / "tiny-1")


class TestGoingOn:
    def test_what_was_loaded_is_left_out(self, one_system: Path, place: Workplace) -> None:
        first = told(one_system, range(2), place)
        again = told(one_system, range(3), place)

        assert first == [(day, "catalogue", "COMPLETE", False) for day in (0, 1)]
        assert again == [(day, "catalogue", "COMPLETE", day < 2) for day in (0, 1, 2)]

    def test_another_carrier_is_not_taken_for_the_one_that_was_loaded(
        self, one_system: Path, place: Workplace
    ) -> None:
        told(one_system, range(1), place)

        assert len(play.loaded(place.session, Truth(one_system).scope)) == 1
        assert play.loaded(place.session, "carrier tiny-1 another") == {}

    def test_a_fault_of_no_delivery_ends_it_and_it_goes_on_from_there(
        self, one_system: Path, place: Workplace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise EvidenceError("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(play, "sync", full)
            with pytest.raises(EvidenceError, match="the disk is full"):
                told(one_system, range(2), place)

        assert [one[3] for one in told(one_system, range(2), place)] == [False, False]
