"""The contract of a source: a folder with source.yaml (what it is) and source.py (how to read it).

`extract` yields raw records with their native ids; `transform` maps one of them to nodes and
facts, or rejects it with a reason. Neither holds Cypher, and only `extract` may touch a file.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import ValidationError, field_validator

from graph.errors import SourceError, UsageError
from graph.facts.claims import Claims
from graph.facts.run import SourceSystem
from graph.model.catalogue import LABELS
from graph.model.holdings import HOLDINGS
from graph.strict import Strict

FOLDER = Path(__file__).resolve().parent


@dataclass(slots=True)
class RawRecord:
    """One record as the source gives it; its payload is kept as evidence, byte for byte."""

    record_type: str
    native_id: str
    payload: dict[str, Any]
    file: str = ""
    line: int = 0
    happened_at: str | None = None
    """ISO moment (with zone) at which the source says that this version came to be."""


@dataclass(slots=True)
class Unreadable:
    """A piece of a source that is no record: it goes to quarantine, the rest goes on."""

    record_type: str
    native_id: str
    text: str
    reason: str
    remedy: str
    file: str = ""
    line: int = 0


@dataclass(slots=True)
class Ignored:
    """A record left out by name: counted, and nothing kept."""

    record_type: str
    reason: str


Extracted = RawRecord | Unreadable | Ignored


@dataclass(slots=True)
class Delivery:
    """What extract learns about the delivery as a whole while it reads."""

    path: Path
    covered: set[str] = field(default_factory=set)
    """Record types that were read to their end: only these may close anything."""
    expected: int | None = None
    """How many records the delivery says it holds."""
    full: bool | None = None
    """What the delivery says of itself: everything, a delta, or (None) nothing."""
    watermark: str = ""
    options: dict[str, str] = field(default_factory=dict)
    """What the user gave with --option name=value."""

    def cover(self, record_type: str) -> None:
        """Say that all records of this type were read."""
        self.covered.add(record_type)

    def expect(self, records: int) -> None:
        """Add to the number of records that the delivery announces."""
        self.expected = (self.expected or 0) + records


class RecordsExpected(Strict):
    """How many records of a type a healthy delivery holds."""

    min: int = 0
    max: int | None = None


class Expectations(Strict):
    """What a healthy full delivery looks like; nothing is closed unless it holds."""

    records: dict[str, RecordsExpected] = {}
    """By record type."""
    fill_rate: dict[str, dict[str, float]] = {}
    """By label and property: the least share of described nodes that have it."""


class SourceSpec(Strict):
    """source.yaml: what the source is, who publishes it, what a healthy delivery looks like."""

    title: str
    publisher: str
    licence: str
    holds: tuple[str, ...]
    """What rules find fresh or stale by it, in the words of graph/model/holdings.py."""
    url: str = ""
    owner: str = ""
    region: str = ""
    frequency: str = ""
    freshness_sla: str
    """ISO 8601 duration."""
    precedence: int = 50
    """Whose value is shown where sources differ: the lowest number."""
    precedence_of: dict[str, int] = {}
    """`Label.property` -> the number for that property alone."""
    time_zone: str = "UTC"
    """IANA zone of the moments that the source writes without one."""
    renamed: dict[str, str] = {}
    """After a change of schema: a column as the source calls it -> as the mapping knows it."""
    scope: str
    """What a full delivery covers, in a sentence."""
    record_types: dict[str, str]
    """Name -> one sentence."""
    ignores: dict[str, str] = {}
    """Record types left out by name -> why."""
    expect: Expectations = Expectations()
    batch_bytes: int = 6_000_000
    """How much of it one transaction may hold; less where a short record says many things."""
    stall_seconds: float = 300.0
    """How long extract may go without a record before the delivery counts as broken."""

    @field_validator("precedence_of")
    @classmethod
    def _is_in_the_model(cls, exceptions: dict[str, int]) -> dict[str, int]:
        for path in exceptions:
            label, _, name = path.partition(".")
            if label not in LABELS or name not in LABELS[label].properties:
                raise ValueError(f"the model has no property {path!r}; docs/model.md lists them")
        return exceptions

    @field_validator("holds")
    @classmethod
    def _is_a_holding(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in HOLDINGS:
                raise ValueError(f"{name!r} is none of {', '.join(HOLDINGS)}")
        return names

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is no time zone of the IANA list") from error


class Source(ABC):
    """One source: extract and transform; everything else is the same for all."""

    name: str
    """The folder's name, and the `system` of its records."""

    def __init__(self, spec: SourceSpec) -> None:
        self.spec = spec

    @abstractmethod
    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield the delivery's records in constant memory; SourceError when it cannot be read."""

    @abstractmethod
    def transform(self, record: RawRecord) -> Claims:
        """Map one raw record; RecordRejected when it cannot be understood."""

    @property
    def zone(self) -> ZoneInfo:
        """Zone of the moments that the source writes without one."""
        return ZoneInfo(self.spec.time_zone)

    def system(self) -> SourceSystem:
        """The source as the graph knows it."""
        return SourceSystem(
            id=self.name,
            name=self.spec.title,
            owner=self.spec.owner or self.spec.publisher,
            holds=self.spec.holds,
            region=self.spec.region,
            freshness_sla=self.spec.freshness_sla,
            precedence=self.spec.precedence,
            precedence_of=self.spec.precedence_of,
        )


def source_names() -> list[str]:
    """All sources there are: the folders with a source.yaml."""
    return sorted(path.parent.name for path in FOLDER.glob("*/source.yaml"))


def read_spec(folder: Path) -> SourceSpec:
    """A folder's source.yaml."""
    path = folder / "source.yaml"
    try:
        return SourceSpec.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise SourceError(
            f"source.yaml does not say what it must: {error}",
            where=str(path),
            remedy="see loaders/README.md",
        ) from error


def with_ignores_of(spec: SourceSpec, name: str) -> SourceSpec:
    """A source.yaml that leaves out by name what another one does too, of the same format."""
    return spec.model_copy(update={"ignores": {**read_spec(FOLDER / name).ignores, **spec.ignores}})


def find_source(name: str) -> Source:
    """The source of that name."""
    if name not in source_names():
        raise UsageError(
            f"there is no source {name!r}", remedy=f"one of: {', '.join(source_names())}"
        )
    module = importlib.import_module(f"loaders.{name}.source")
    for candidate in vars(module).values():
        if (
            isinstance(candidate, type)
            and issubclass(candidate, Source)
            and candidate.__module__ == module.__name__
            and getattr(candidate, "name", None) == name
        ):
            return candidate(read_spec(FOLDER / name))
    raise SourceError(
        f"loaders/{name}/source.py has no Source named {name!r}", remedy="see loaders/README.md"
    )
