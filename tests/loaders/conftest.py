"""Deliveries of a toy source, a day apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.evidence import EvidenceStore
from graph.facts import quarantine
from graph.facts.run import Run
from loaders.sync import Order, sync
from tests.graph.facts.conftest import ToySource

Records = list[tuple[str, dict[str, Any]]]
CURRENT = """
MATCH (record:SourceRecord) WHERE record.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN record.native_id
"""


@dataclass
class Loads:
    """Toy deliveries, a day apart."""

    session: Any
    evidence: EvidenceStore
    now: datetime = datetime.fromisoformat("2026-01-01T12:00:00+00:00")
    source: dict[str, Any] = field(default_factory=dict)

    def __call__(self, records: Records | ToySource, **order: Any) -> Run:
        self.now += timedelta(days=1)
        source = records if isinstance(records, ToySource) else ToySource(records, **self.source)
        order = {"full": True, "as_of": self.now.date()} | order
        return sync(source, Order(Path("toy"), now=self.now, **order), self.session, self.evidence)

    def current(self) -> set[str]:
        return {row[0] for row in self.session.rows(CURRENT)}

    def waiting(self) -> list[tuple[str, str]]:
        return [(item.native_id, item.reason) for item in quarantine.items(self.session)]


@pytest.fixture
def loads(batches: BatchSession, evidence: EvidenceStore) -> Loads:
    return Loads(batches, evidence)
