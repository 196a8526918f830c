"""The end of a load run: its evidence, its manifest, its node, and what the feed is told."""

from __future__ import annotations

from graph.connection import BatchSession, Transaction, as_text
from graph.evidence import EvidenceStore
from graph.facts.outbox import append_load
from graph.facts.run import Run, save_run

IS_FIRST = """
RETURN NOT EXISTS {
  MATCH (earlier:LoadRun {source: $run.source}) WHERE earlier.id <> $run.id AND earlier.loaded > 0
} AS is_first
"""


def end_run(session: BatchSession, evidence: EvidenceStore, run: Run) -> None:
    """Make the run's evidence one file, keep its manifest beside it, and its node in the graph.

    What a source's first run wrote was told by no events of its own: its end tells of it, however
    it ended.
    """
    evidence.compact(run.source, run.id, run.evidence_rows)
    evidence.write_manifest(run.properties())

    def work(transaction: Transaction) -> None:
        save_run(transaction, run)
        if run.loaded and transaction.run(IS_FIRST, run=run.properties()).single(strict=True)[0]:
            moment = str(as_text(run.moment))
            append_load(transaction, source=run.source, run=run.id, moment=moment)

    session.write(work)
