"""What happens to deliveries on the way: late, repeated, cut, a page short; and their list."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from loaders.carrier.config import Config
from loaders.carrier.seeing.deliveries import Planned, deliveries
from loaders.carrier.writer import made_in
from loaders.carrier.writing import count_pages

LIST = "deliveries.json"
"""Beside the deliveries of a day: what there is to load, in order."""


def arrive(config: Config, out: Path, systems: Sequence[str]) -> None:
    """Move, copy and damage what was made, and write the list of each day."""
    days: dict[int, list[dict[str, Any]]] = {day: [] for day in range(config.last_day + 1)}
    for system in systems:
        planned = deliveries(config, system)
        for one in planned:
            count_pages(made_in(out, one))
        for one in reversed(planned):
            _travel(out, one)
        for one in planned:
            if one.day <= config.last_day:
                days[one.day].append(_listed(config, one))
    for day, listed in days.items():
        folder = out / f"day-{day:02d}"
        folder.mkdir(parents=True, exist_ok=True)
        text = orjson.dumps(listed, option=orjson.OPT_INDENT_2) + b"\n"
        (folder / LIST).write_bytes(text)


def _listed(config: Config, one: Planned) -> dict[str, Any]:
    return {
        "system": one.system,
        "path": path_of(one),
        "as_of": config.day(one.of),
        "full": one.full,
        "schema": one.schema,
    }


def path_of(one: Planned) -> str:
    """The folder of a delivery below its day."""
    if one.dirt == "late_file":
        return f"{one.system}.late-from-day-{one.of:02d}"
    if one.dirt in ("repeated_file", "file_whole"):
        return f"{one.system}.again-from-day-{one.of:02d}"
    return one.system


def _travel(out: Path, one: Planned) -> None:
    made, there = made_in(out, one), out / f"day-{one.day:02d}" / path_of(one)
    if one.dirt == "late_file":
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, there)
    elif one.dirt in ("repeated_file", "file_whole"):
        shutil.copytree(made, there)
    elif one.dirt == "file_cut":
        _cut(made)
    elif one.dirt == "page_missing":
        _lose_page(made)


def _cut(folder: Path) -> None:
    """The largest file ends in its middle."""
    largest = max(sorted(folder.iterdir()), key=lambda path: path.stat().st_size)
    data = largest.read_bytes()
    largest.write_bytes(data[: len(data) * 6 // 10])


def _lose_page(folder: Path) -> None:
    """One file of many is gone: the second of those whose kind has most."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        kinds.setdefault(path.name.rsplit("-", 2)[0], []).append(path)
    most = max(kinds.values(), key=len)
    most[min(1, len(most) - 1)].unlink()
