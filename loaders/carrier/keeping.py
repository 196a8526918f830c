"""A written carrier that is kept in a folder and used again while it is the right one."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.errors import SourceError
from graph.progress import Progress
from loaders.carrier.arriving import arrive
from loaders.carrier.config import Config
from loaders.carrier.generator import fingerprint
from loaders.carrier.observation import SYSTEMS
from loaders.carrier.truth.reading import Truth, has_carrier
from loaders.carrier.writer import write


def keep_carrier(config: Config, folder: Path, progress: Progress) -> bool:
    """Make a folder hold the carrier of this configuration and generator; whether it was written.

    It is written beside the folder and moved there when it is whole, so a killed run leaves none
    that is half. What another generator wrote there gives way.
    """
    if is_kept(config, folder):
        return False
    room = folder.with_name(f"{folder.name}.writing")
    try:
        shutil.rmtree(room, ignore_errors=True)
        with progress(f"writing the {config.size.name} carrier", unit="families") as task:
            write(config, room, tuple(SYSTEMS), task)
        arrive(config, room, tuple(SYSTEMS))
        shutil.rmtree(folder, ignore_errors=True)
        room.rename(folder)
    except OSError as error:
        raise SourceError(
            f"the carrier cannot be written: {error.strerror or error}",
            where=str(room),
            remedy="make room there (the demo takes 300 MB as files, 2 GB loaded), or name another "
            "place in FOOTPRINT_STATE_DIR; then do the same again",
        ) from error
    return True


def is_kept(config: Config, folder: Path) -> bool:
    """Whether a folder holds the carrier of this configuration, by this generator, whole."""
    if not has_carrier(folder):
        return False
    told = Truth(folder).told
    return (told["generator"], told["size"], told["seed"], told["systems_written"]) == (
        fingerprint(),
        config.size.name,
        config.seed,
        list(SYSTEMS),
    )
