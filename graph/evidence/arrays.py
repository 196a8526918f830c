"""Arrays kept beside the evidence: caches, which may go at any time."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt

from graph.evidence.store import EvidenceStore

Array = npt.NDArray[np.uint64]


def write_array(store: EvidenceStore, name: str, array: Array, *, instead_of: str) -> None:
    """Keep an array in one step; older ones that fit the pattern go."""
    path = f"{store.root}/{name}"
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    with store.explained(path):
        store.filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
        store.write_whole(path, buffer.getvalue())
        for older in store.filesystem.glob(f"{store.root}/{instead_of}"):
            if not path.endswith(str(older).rpartition("/")[2]):
                store.filesystem.rm_file(older)


def read_array(store: EvidenceStore, name: str) -> Array | None:
    """An array kept here; None when it is not there or cannot be read."""
    try:
        with store.filesystem.open(f"{store.root}/{name}", "rb") as file:
            return np.load(file, allow_pickle=False)  # type: ignore[no-any-return]
    except (OSError, ValueError, EOFError):
        return None
