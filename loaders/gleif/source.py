"""How GLEIF's files are read and what their records mean; see the README for its traps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from graph.errors import SourceError
from graph.facts.claims import Claims
from loaders import identifiers
from loaders.files import files_of
from loaders.gleif import api, cdf_csv, cdf_xml, level1, level2, lists
from loaders.gleif.content import PATTERNS, Content, content_of
from loaders.gleif.fields import Record
from loaders.gleif.moments import moment
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source

FUNDS = frozenset({"IS_FUND-MANAGED_BY", "IS_SUBFUND_OF", "IS_FEEDER_TO"})

_MAPPED: dict[str, Callable[[Claims, Record], Claims]] = {
    "lei_record": level1.company,
    "relationship_record": level2.relationship,
    "reporting_exception": level2.exception,
}
_OTHER_NUMBERS = ("bic", "mic", "opencorporates", "qcc", "spglobal")


class Gleif(Source):
    """The golden copy, its deltas, the API's saved answers, and GLEIF's reference lists."""

    name = "gleif"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """The records of a file or a folder, lists and companies first; funds' ties left out."""
        files = [(content_of(path), path) for path in self.files(delivery.path)]
        files.sort(key=lambda pair: (pair[0].order, pair[1].name))
        readable = [pair for pair in files if pair[0].form != "refused"]
        for content, path in readable:
            announced, read = delivery.expected, 0
            for item in _items(content, path, delivery):
                read += 1
                yield _left_out(item)
            if delivery.expected == announced:
                delivery.expect(read)
        for record_type in {content.record_type for content, _ in readable if content.record_type}:
            delivery.cover(record_type)
        refused = [(content.refused, path) for content, path in files if content.form == "refused"]
        if refused:
            what = "; ".join(f"{path.name} holds {why}" for why, path in refused)
            raise SourceError(
                what,
                where=str(delivery.path),
                remedy="give the golden copy or the API's own answers; the rest was read",
            )

    def files(self, path: Path) -> list[Path]:
        """The files of a delivery that GLEIF has published."""
        return files_of(path, *PATTERNS)

    def transform(self, record: RawRecord) -> Claims:
        """What one record says."""
        claims = Claims()
        if record.record_type == "elf_code":
            return lists.legal_form(claims, record)
        if record.record_type == "registration_authority":
            return lists.registration_authority(claims, record)
        attributes = record.payload.get("attributes")
        fields = record.payload if attributes is None else api.renamed(attributes)
        others = {}
        if attributes is not None:
            others = {name: fields.pop(name) for name in list(fields) if _is_number(name)}
        read = Record(fields)
        changed = fields.get("Extension.Deletion.DeletedAt") or fields.get(
            "Registration.LastUpdateDate"
        )
        when = moment(changed)
        claims.happened_on = date.fromisoformat(when[:10]) if when else None
        _MAPPED[record.record_type](claims, read)
        for name, value in others.items():
            identifiers.state(claims, claims.nodes[0].ref, name.partition(".")[0], value)
        claims.unknown += sorted(read.unknown)
        return claims


def _items(content: Content, path: Path, delivery: Delivery) -> Iterator[Extracted]:
    if content.form == "xml":
        return cdf_xml.records(path, content.record_type, delivery)
    if content.form == "csv":
        return cdf_csv.records(path, content.record_type)
    if content.form == "api":
        return api.answers(path, delivery)
    return lists.records(path, content.record_type)


def _left_out(item: Extracted) -> Extracted:
    if isinstance(item, RawRecord) and item.record_type == "relationship_record":
        kind = item.native_id.split("|")[1]
        if kind in FUNDS:
            return Ignored(kind, "funds are neither owned nor consolidated by this")
    return item


def _is_number(name: str) -> bool:
    return name.partition(".")[0] in _OTHER_NUMBERS
