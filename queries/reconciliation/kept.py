"""Worklists as they were found, kept beside the evidence: one file of JSON lines a day.

Links and properties of the graph say how things are now, not how they were: what was on the
worklist of an earlier day is known only from what was kept (docs/decisions/0008).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import TypeAdapter

from graph.evidence import EvidenceStore
from queries.reconciliation.finding import Finding

FOLDER = "reconciliation"
_FINDING = TypeAdapter(Finding)


def keep(store: EvidenceStore, on: date, findings: Iterable[Finding]) -> None:
    """Keep the findings of a day; an earlier run of the same day gives way."""
    folder = f"{store.root}/{FOLDER}"
    with store.explained(folder):
        store.filesystem.makedirs(folder, exist_ok=True)
        lines = (_FINDING.dump_json(one) + b"\n" for one in findings)
        store.write_whole(f"{folder}/{on}.jsonl", b"".join(lines))


def kept_before(store: EvidenceStore, day: date) -> date | None:
    """The newest day before this one whose worklist was kept."""
    days = [date.fromisoformat(name) for name in _names(store)]
    return max((one for one in days if one < day), default=None)


def kept(store: EvidenceStore, on: date) -> list[Finding]:
    """The findings of a day as they were kept."""
    path = f"{store.root}/{FOLDER}/{on}.jsonl"
    with store.explained(path):
        lines = store.filesystem.cat_file(path).splitlines()
    return [_FINDING.validate_json(line) for line in lines]


def _names(store: EvidenceStore) -> list[str]:
    paths = store.filesystem.glob(f"{store.root}/{FOLDER}/*.jsonl")
    return [str(path).rsplit("/", 1)[-1].removesuffix(".jsonl") for path in paths]
