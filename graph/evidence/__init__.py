"""The evidence store: what every source said, kept as it was said, outside the graph."""

from graph.evidence.arrays import read_array, write_array
from graph.evidence.store import Entry, EvidenceStore, EvidenceWriter, KeptEvidence

__all__ = ["Entry", "EvidenceStore", "EvidenceWriter", "KeptEvidence", "read_array", "write_array"]
