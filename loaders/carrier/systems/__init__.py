"""One module for each system that can be written; the folder is the registry."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import cast

from loaders.carrier.observation import SYSTEMS
from loaders.carrier.writing import Writer

FOLDER = Path(__file__).resolve().parent


def written_systems() -> tuple[str, ...]:
    """The systems whose writer exists, in the order of `SYSTEMS`."""
    return tuple(name for name in SYSTEMS if (FOLDER / f"{name}.py").exists())


def writer_of(system: str) -> Writer:
    """The module of a system: its `export` begins one part of one day's delivery."""
    return cast(Writer, importlib.import_module(f"loaders.carrier.systems.{system}"))
