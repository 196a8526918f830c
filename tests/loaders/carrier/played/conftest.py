"""The tiny carrier played for its thirty days into one graph, once for all tests of this folder.

None of them may ask for an empty graph: it would be empty for the others too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

import loaders.source
from graph.connection import BatchSession, open_batches
from graph.engine import Server
from graph.evidence import EvidenceStore
from graph.facts.run import Run
from graph.progress import silent
from graph.schema import ensure_schema
from graph.settings import Settings
from loaders.carrier.arriving import arrive
from loaders.carrier.config import Config
from loaders.carrier.observation import SYSTEMS
from loaders.carrier.play import Played, play
from loaders.carrier.systems.crm_emea import RENAMED
from loaders.carrier.writer import write
from loaders.cli import add_commands
from loaders.retry import retry_quarantined
from loaders.workplace import Workplace
from tests.commands import Command, point_at, runner, write_at_width

RETRIED_AT = datetime(2026, 10, 31, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Month:
    """Thirty days in a graph."""

    folder: Path
    place: Workplace
    deliveries: list[Played]

    @property
    def session(self) -> BatchSession:
        return self.place.session


@pytest.fixture(scope="session")
def carrier_folder(tiny: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny carrier as files."""
    out = tmp_path_factory.mktemp("carrier")
    with silent("writing") as task:
        write(tiny, out, tuple(SYSTEMS), task)
    arrive(tiny, out, tuple(SYSTEMS))
    return out


@pytest.fixture(scope="session")
def month(
    carrier_folder: Path,
    emptied: Callable[[], Server],
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Month]:
    """The thirty days loaded, with a mapping that does not know the new schema of day 12."""
    evidence = EvidenceStore(str(tmp_path_factory.mktemp("evidence")))
    with open_batches(emptied()) as session:
        ensure_schema(session)
        place = Workplace(settings, session, evidence, RETRIED_AT)
        yield Month(carrier_folder, place, list(play(carrier_folder, range(31), place)))


@pytest.fixture(scope="session")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Callable[[pytest.MonkeyPatch], None]:
    """Extend the mapping as a person does: the new names of columns go into source.yaml."""
    folder = tmp_path_factory.mktemp("loaders")
    for path in loaders.source.FOLDER.glob("*/source.yaml"):
        (folder / path.parent.name).mkdir()
        shutil.copy(path, folder / path.parent.name)
    told = folder / "crm_emea" / "source.yaml"
    renamed = {now: before for before, now in RENAMED.items()}
    told.write_text(told.read_text() + yaml.safe_dump({"renamed": renamed}))
    return lambda patch: patch.setattr(loaders.source, "FOLDER", folder)


@pytest.fixture(scope="session")
def retried(month: Month, extended: Callable[[pytest.MonkeyPatch], None]) -> list[Run]:
    """What waited in quarantine tried again with the extended mapping."""
    place = month.place
    with pytest.MonkeyPatch.context() as patch:
        extended(patch)
        source = loaders.source.find_source("crm_emea")
        return retry_quarantined(source, place.session, place.evidence, now=RETRIED_AT)


@pytest.fixture
def footprint(
    month: Month,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Run a command on this graph: `footprint("carrier", "check")`."""
    write_at_width(200, monkeypatch)
    point_at(server, monkeypatch, FOOTPRINT_EVIDENCE=month.place.evidence.address)
    return runner(capsys, add_commands)
