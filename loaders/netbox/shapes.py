"""The two shapes NetBox is delivered in: a Django export and pages of its REST API."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders.audit import Fields
from loaders.identifiers import own
from loaders.source import RawRecord

_EVERYWHERE = (
    "cable",
    "cable_end",
    "cable_peers",
    "comments",
    "created",
    "description",
    "display",
    "display_url",
    "id",
    "last_updated",
    "link_peers",
    "mark_connected",
    "owner",
    "slug",
    "tags",
    "url",
)
"""What NetBox keeps on every object, and what the REST API adds to it."""

_FREE_TEXT = frozenset({"comments", "noc_contact", "admin_contact"})


def is_django(payload: Mapping[str, Any]) -> bool:
    """Whether this is one record of `manage.py dumpdata`."""
    return isinstance(payload.get("model"), str) and isinstance(payload.get("fields"), dict)


def is_page(payload: Mapping[str, Any]) -> bool:
    """Whether this is one page of a REST listing."""
    return isinstance(payload.get("results"), list) and isinstance(payload.get("count"), int)


def model_of(payload: Mapping[str, Any], known: Collection[str]) -> str:
    """The Django model of a record, by its own name or by the address of a REST object."""
    if is_django(payload):
        return str(payload["model"]).lower()
    steps = [step for step in urlsplit(str(payload.get("url") or "")).path.split("/") if step]
    if len(steps) < 3 or "api" not in steps:
        return ""
    application, collection = steps[-3], steps[-2].replace("-", "")
    singulars = [
        collection.removesuffix("ies") + "y" if collection.endswith("ies") else "",
        collection.removesuffix("s"),
        collection.removesuffix("es"),
    ]
    named = [f"{application}.{singular}" for singular in singulars if singular]
    return next((name for name in named if name in known), named[0] if named else "")


def id_of(payload: Mapping[str, Any]) -> str:
    """The primary key, which both shapes share."""
    key = payload.get("pk") if is_django(payload) else payload.get("id")
    return "" if key is None else str(key)


def without_free_text(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The object without what people write at will: passwords and names of persons end up there."""
    kept = {name: value for name, value in fields_of(payload).items() if name not in _FREE_TEXT}
    return {**payload, "fields": kept} if is_django(payload) else kept


def fields_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object's own fields."""
    inner = payload.get("fields")
    return inner if is_django(payload) and isinstance(inner, dict) else payload


class Reading:
    """One NetBox object under way, whatever its shape; what is left at the end is reported."""

    def __init__(self, record: RawRecord, system: str) -> None:
        self.system = system
        self.native_id = record.native_id
        self.slug = fields_of(record.payload).get("slug")
        self.last_updated = fields_of(record.payload).get("last_updated")
        given = dict(fields_of(record.payload))
        custom = given.pop("custom_fields", None) or given.pop("custom_field_data", None)
        flat = {name: _flat(value) for name, value in given.items()}
        flat["custom_field_data"] = custom
        self._fields = Fields(
            RawRecord(record.record_type, record.native_id, flat, record.file, record.line)
        )
        derived = [name for name in flat if name.endswith("_count") or name.startswith("_")]
        self._fields.ignore(*_EVERYWHERE, *derived)
        self._inner: list[str] = []

    def reference(self, kind: str, key: str | None = None) -> str:
        """The reference of the object itself, or of another one by its key."""
        return own(self.system, kind, self.native_id if key is None else key)

    def ref(self, label: str, kind: str, key: str) -> Ref:
        """Another object that this one points to."""
        return ref(label, self.reference(kind, key))

    def text(self, name: str) -> str | None:
        """A field as text."""
        value = self._fields.take(name)
        return None if value is None else str(value).strip()

    def need(self, name: str) -> str:
        """A field as text; the record is rejected without it."""
        return str(self._fields.need(name)).strip()

    def key(self, name: str) -> str | None:
        """The primary key of the object that a field points to."""
        value = self._fields.take(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return None if value is None else str(value)
        if isinstance(value, str) and value.isdigit():
            return value
        raise RecordRejected(
            f"{name} points to {value!r}, which is no primary key",
            where=name,
            remedy="export without natural keys (dumpdata without --natural-foreign)",
        )

    def kbps(self, name: str) -> float | None:
        """A rate in kbit/s as Mbit/s."""
        value = self._fields.take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise RecordRejected(
                f"{value!r} is no rate in kbit/s", where=name, remedy="mend it in NetBox"
            )
        return value / 1000

    def degrees(self, name: str) -> float | None:
        """A latitude or longitude, a number or a decimal as text."""
        value = self._fields.take(name)
        if value in (None, ""):
            return None
        try:
            return float(value)
        except (TypeError, ValueError) as error:
            raise RecordRejected(
                f"{value!r} is no number of degrees", where=name, remedy="mend it in NetBox"
            ) from error

    def custom(self, *names: str) -> dict[str, Any]:
        """The custom fields of these names that are filled; the others are reported."""
        given = self._fields.take("custom_field_data", {})
        filled = {name: value for name, value in given.items() if value not in (None, "", [], {})}
        self._inner += [f"custom_field_data.{name}" for name in filled if name not in names]
        return {name: value for name, value in filled.items() if name in names}

    def ignore(self, *names: str) -> None:
        """Leave these fields out by name."""
        self._fields.ignore(*names)

    def report(self, claims: Claims) -> Claims:
        """The claims with the names of what was neither mapped nor ignored."""
        self._fields.report(claims)
        claims.unknown += self._inner
        return claims


def _flat(value: Any) -> Any:
    """A nested object as its key, a choice as its value: as a Django export writes both."""
    if isinstance(value, dict):
        if "id" in value:
            return value["id"]
        if set(value) == {"value", "label"}:
            return value["value"]
    return value
