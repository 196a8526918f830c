"""Writes the truth of each cluster as it is made; TRUTH.md says what every column means."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import orjson

from loaders.carrier.config import SINGLE, Config
from loaders.carrier.generator import fingerprint
from loaders.carrier.observation import SYSTEMS, Seen
from loaders.carrier.seeing.deliveries import deliveries
from loaders.carrier.seeing.mistakes import Label
from loaders.carrier.seeing.versions import Version
from loaders.carrier.truth.naming import named
from loaders.carrier.truth.rules import blind_days
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.party import Entity

COLUMNS = {
    "identity": ("system", "record_type", "native_id", "key", "entity"),
    "entities": ("entity", "name", "language", "latin", "valid_from", "valid_to", "country",
                 "category", "lei", "register", "number", "created_on", "ended_on"),
    "tree": ("child", "parent", "view", "share", "controlling", "branch", "valid_from", "valid_to",
             "known_from", "planned_from", "withdrawn_on"),
    "dirt": ("dirt", "system", "record_type", "native_id", "key", "property", "said", "truth",
             "corrected_on"),
    "right": ("system", "record_type", "property", "records", "wrong"),
}  # fmt: skip
"""The tables of the truth and their columns."""

OF_ENTITY = {
    "entity": lambda thing: thing.key,
    "tenant": lambda thing: thing.key,
    "account": lambda thing: thing.root,
    "billing_account": lambda thing: thing.entity,
    "agreement": lambda thing: thing.entity,
    "service": lambda thing: thing.entity,
}
"""Kinds of record that are about a company -> the key of that company."""


class TruthFiles:
    """The truth of one part, being written."""

    def __init__(self, config: Config, folder: Path, part: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.config, self.folder, self.part = config, folder, part
        self.files: list[IO[Any]] = []
        self.rows = {name: self._table(name, header) for name, header in COLUMNS.items()}
        self.events = self._lines("events")
        self.signals = self._lines("signals")
        self.seen: Counter[tuple[str, str]] = Counter()
        self.wrong: Counter[tuple[str, str, str]] = Counter()

    def __enter__(self) -> TruthFiles:
        """Writing begins."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Count who was right, and close."""
        for (system, record_type, name), wrong in sorted(self.wrong.items()):
            records = self.seen[system, record_type]
            self.rows["right"]((system, record_type, name, records, wrong))
        for file in self.files:
            file.close()

    def watch(self, system: str, found: Iterable[Version]) -> Iterator[Version]:
        """Hands on what is written, and notes which record is which thing."""
        last = ""
        for version in found:
            seen = version[1]
            if seen.native_id != last:
                last = seen.native_id
                self.seen[system, seen.kind] += 1
                self._identity(system, seen)
            yield version

    def shared(self, systems: Sequence[str]) -> None:
        """What happens to deliveries as a whole."""
        told = [
            {"system": one.system, "made_on": one.of, "arrives_on": one.day, "dirt": one.dirt}
            for system in SYSTEMS
            for one in deliveries(self.config, system)
            if one.dirt
        ]
        value = {
            "size": self.config.size.name,
            "seed": self.config.seed,
            "generator": fingerprint(),
            "day_zero": self.config.day_zero,
            "last_day": self.config.last_day,
            "systems_written": list(systems),
            "rates": dict(self.config.rates),
            "single": dict(SINGLE),
            "deliveries": told,
        }
        path = self.folder / "carrier.json"
        path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")

    def cluster(self, made: Cluster, labels: list[Label]) -> None:
        """Write the truth of one cluster."""
        for entity in made.entities.values():
            self._entity(entity)
        for link in made.parents:
            known = max(link.begins, link.planned_from or date.min)
            self.rows["tree"](
                (link.child, link.parent, link.view, link.share, int(link.controlling),
                 int(link.is_branch), link.begins, link.ends, _known(made, link.basis, known),
                 link.planned_from or "", link.withdrawn_on or "")
            )  # fmt: skip
        for label in labels:
            self.wrong[label.system, label.kind, label.property] += 1
            self.rows["dirt"](
                (label.dirt, label.system, label.kind, label.native_id, label.key, label.property,
                 label.said, label.truth, label.corrected_on or "")
            )  # fmt: skip
        for happening in made.happenings:
            self._line(self.events, {
                "key": happening.key, "kind": happening.kind, "type": happening.type,
                "group": happening.group, "announced_on": happening.announced_on,
                "effective_on": happening.effective_on, "completed_on": happening.completed_on,
                "withdrawn_on": happening.withdrawn_on, "roles": dict(happening.roles),
                "learned": dict(happening.learned), "false_alarm": happening.is_false_alarm,
                "note": happening.note,
            })  # fmt: skip
        for plant in made.plants:
            self._line(self.signals, {
                "rule": plant.rule, "identity": named(made, plant.identity), "case": plant.case,
                "opens_on": plant.opens_on, "clears_on": plant.clears_on,
                "blind_days": blind_days(self.config, plant, made),
            })  # fmt: skip

    def _entity(self, entity: Entity) -> None:
        steps = entity.names.steps
        ends = [begins for begins, _ in steps[1:]] + [entity.ended_on]
        for (begins, name), until in zip(steps, ends, strict=True):
            self.rows["entities"](
                (entity.key, name.legal, name.language, name.latin, begins, until, entity.country,
                 entity.category, entity.lei, entity.register, entity.number, entity.created_on,
                 entity.ended_on)
            )  # fmt: skip

    def _identity(self, system: str, seen: Seen) -> None:
        entity = OF_ENTITY.get(seen.kind)
        if entity is not None:
            native = seen.thing.lei if seen.kind == "entity" else seen.native_id
            row = (system, seen.kind, native, seen.thing.key, entity(seen.thing))
            self.rows["identity"](row)

    def _table(self, name: str, header: Sequence[str]) -> Any:
        file = (self.folder / f"{name}-{self.part:02d}.csv").open(
            "w", newline="", encoding="utf-8", buffering=1 << 16
        )
        self.files.append(file)
        write = csv.writer(file, lineterminator="\n").writerow
        write(header)
        return write

    def _lines(self, name: str) -> IO[bytes]:
        file = (self.folder / f"{name}-{self.part:02d}.jsonl").open("wb", buffering=1 << 16)
        self.files.append(file)
        return file

    def _line(self, file: IO[bytes], value: dict[str, Any]) -> None:
        file.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_SORT_KEYS))


def _known(made: Cluster, basis: str, begins: date) -> date:
    """The first day on which any system tells of a link that a happening began."""
    for happening in made.happenings:
        if basis and happening.key == basis and happening.learned:
            return min(happening.learned.values())
    return begins
