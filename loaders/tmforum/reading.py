"""A resource's fields as TM Forum writes them: references, periods, money and word lists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from graph.model.catalogue import LABELS
from loaders.audit import Fields
from loaders.dates import at, day
from loaders.money import currency, minor_units
from loaders.source import RawRecord
from loaders.tmforum.persons import ABOUT_PERSONS

Naming = Callable[[str, object], str]
"""How a source names things: kind of resource and id -> reference."""
_EVERYWHERE = ("id", "href", "@type", "@baseType", "@schemaLocation", "@schemalocation")
_OF_A_REFERENCE = frozenset({*_EVERYWHERE, "@referredType", "@referredtype", "name", "role"})
_OPEN_YEAR = "9999-"


@dataclass(frozen=True, slots=True)
class Referred:
    """A reference to another resource."""

    id: str
    type: str
    """What it refers to, in TM Forum's word and lower case; '' when it does not say."""
    role: str = ""
    name: str | None = None
    version: Mapping[str, Any] | None = None
    """The reference as it stands, for the fields that only some have."""


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open days: the first on which it holds, the first on which it holds no more."""

    start: date | None = None
    end: date | None = None


class Reading:
    """One resource under way: what is taken is mapped, and the rest is reported with its path."""

    def __init__(self, record: RawRecord, naming: Naming) -> None:
        self.native_id = record.native_id
        self._record = record
        self._naming = naming
        self._fields = Fields(record)
        self._inner: list[str] = []
        self.ignore(*_EVERYWHERE, *ABOUT_PERSONS)

    @property
    def id(self) -> str:
        """The id that is written on it; '' where only its place tells it from others."""
        return str(self._record.payload.get("id") or "").strip()

    def reference(self, kind: str, native_id: object = None) -> str:
        """The reference of the resource itself, or of another one by its id."""
        return self._naming(kind, self.native_id if native_id is None else native_id)

    def ref(self, label: str, kind: str, native_id: object) -> Ref:
        """Another resource that this one speaks of."""
        return ref(label, self.reference(kind, native_id))

    def text(self, name: str) -> str | None:
        """A field as text."""
        value = self._fields.take(name)
        return None if value is None else str(value).strip()

    def flag(self, name: str) -> bool | None:
        """A field that is true or false; anything else is refused."""
        value = self._fields.take(name)
        if value is None or isinstance(value, bool):
            return value
        raise RecordRejected(f"{value!r} is not true or false", where=name, remedy="ask the source")

    def on(self, name: str) -> date | None:
        """The day of a moment, as the source writes it."""
        return _open(self._fields.take(name), name)

    def end(self, name: str) -> date | None:
        """The first day on which something is no more, from the moment of its end."""
        return _end(self._fields.take(name), name)

    def at(self, name: str) -> datetime | None:
        """A moment in UTC."""
        return at(self._fields.take(name), field=name)

    def word(self, name: str, words: Collection[str], *, needed: bool = False) -> str | None:
        """A value of a closed list in the list's own spelling, whatever case the source uses."""
        value = self._fields.need(name) if needed else self._fields.take(name)
        return None if value is None else one_of(value, words, name)

    def part(self, name: str) -> dict[str, Any]:
        """A field that holds one object; empty when it is absent."""
        value = self._fields.take(name, {})
        return self._object(value, name)

    def parts(self, name: str) -> list[dict[str, Any]]:
        """A field that holds objects; earlier forms write a single one without the list."""
        value = self._fields.take(name, [])
        listed = value if isinstance(value, list) else [value]
        return [self._object(one, name) for one in listed if one]

    def inner(self, name: str) -> Iterator[Reading]:
        """The objects of a field, each to be read as strictly; one without an id has its place."""
        for place, part in enumerate(self.parts(name), 1):
            native_id = str(part.get("id") or place).strip()
            found = Reading(replace(self._record, native_id=native_id, payload=part), self._naming)
            yield found
            for path in found.report(Claims()).unknown:
                self.unmapped(f"{name}.{path}")

    def characteristics(self, name: str) -> dict[str, Any]:
        """Name, folded, and first value of the characteristics in a field; their names are free."""
        found: dict[str, Any] = {}
        for one in self.parts(name):
            given = one.get("productSpecCharacteristicValue") or [one]
            first = given[0] if isinstance(given, list) else given
            value = first.get("value") if isinstance(first, dict) else None
            if one.get("name") and value not in (None, "", [], {}):
                found[str(one["name"]).replace("_", "").replace(" ", "").casefold()] = value
        return found

    def traits(self, name: str, words: Mapping[str, str]) -> dict[str, Any]:
        """The characteristics of a field that are known, by the model's names; the rest is free."""
        given = self.characteristics(name)
        known = {name.replace("_", ""): name for name in words}
        found = {known[name]: value for name, value in given.items() if name in known}
        return {name: typed(value, words[name], name) for name, value in found.items()}

    def number(self, name: str, *, share: bool = False) -> float | None:
        """A number, or a share from 0 to 1; anything else is refused."""
        value = self._fields.take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise RecordRejected(f"{value!r} is no amount", where=name, remedy="ask the source")
        if share and value > 1:
            raise RecordRejected(
                f"{value!r} is no share", where=name, remedy="shares run from 0 to 1"
            )
        return float(value)

    def whole(self, name: str) -> int | None:
        """A whole number that is not negative; anything else is refused."""
        value = self.number(name)
        if value is not None and value != int(value):
            raise RecordRejected(f"{value} is not whole", where=name, remedy="ask the source")
        return None if value is None else int(value)

    def period(self, *names: str) -> Period:
        """The first of these fields that holds a TimePeriod."""
        found = Period()
        for name in names:
            value = self.part(name)
            if value and found == Period():
                found = period(value, name)
        return found

    def money(self, name: str) -> tuple[int | None, str | None]:
        """An amount in minor units and its currency."""
        return money(self.part(name), name)

    def referred(self, name: str) -> Referred | None:
        """The one resource that a field refers to."""
        return next(self.all_referred(name), None)

    def all_referred(self, name: str, *also: str) -> Iterator[Referred]:
        """The resources that a field refers to; other fields than `also` in it are reported."""
        for given in self.parts(name):
            inner = next((given[key] for key in _NESTED if isinstance(given.get(key), dict)), given)
            for key in inner:
                if key not in _OF_A_REFERENCE and key not in also:
                    self.unmapped(f"{name}.{key}")
            if inner.get("id") not in (None, ""):
                said = inner.get("@referredType") or inner.get("@type") or ""
                role = given.get("role") or inner.get("role") or ""
                called = inner.get("name") or given.get("name")
                yield Referred(
                    str(inner["id"]), str(said).lower(), str(role).casefold(), called, inner
                )

    def ignore(self, *names: str) -> None:
        """Leave these fields out by name."""
        self._fields.ignore(*names)

    def unmapped(self, path: str) -> None:
        """Report a field inside of another that is not understood."""
        if path not in self._inner:
            self._inner.append(path)

    def report(self, claims: Claims) -> Claims:
        """The claims with the names of what was neither mapped nor ignored."""
        self._fields.report(claims)
        claims.unknown += self._inner
        return claims

    def _object(self, value: object, name: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        raise RecordRejected(
            f"{name} holds a {type(value).__name__} where an object is due",
            where=name,
            remedy="ask the source for the form of the standard",
        )


_NESTED = ("partyOrPartyRole", "entity", "place", "product", "service")
"""Where v5 puts the reference beside its role."""


def typed_as(label: str, names: str) -> dict[str, str]:
    """The model's type of each of these properties."""
    return {name: LABELS[label].properties[name].type for name in names.split()}


def stated(names: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any]:
    """All these properties: what is absent is taken back."""
    return {name: given.get(name) for name in names}


_TYPES = {"string": (str,), "boolean": (bool,), "float": (int, float), "integer": (int,)}


def typed(value: Any, kind: str, field: str) -> Any:
    """A characteristic's value in the model's type; RecordRejected for one that has another."""
    if kind == "date":
        return day(value, field=field)
    right: tuple[type, ...] = _TYPES[kind]
    if not isinstance(value, right) or (isinstance(value, bool) and kind != "boolean"):
        raise RecordRejected(f"{value!r} is no {kind}", where=field, remedy="ask the source")
    given: Any = value
    return float(given) if kind == "float" else given


def one_of(value: object, words: Collection[str], field: str) -> str:
    """The word of a closed list that is meant; RecordRejected for any other."""
    if isinstance(value, str) and value in words:
        return value
    asked = str(value).replace(" ", "").replace("_", "").casefold()
    for word in words:
        if word.replace("_", "").casefold() == asked:
            return word
    raise RecordRejected(
        f"{value!r} is not one of {', '.join(words)}",
        where=field,
        remedy="ask the source for the standard's word, or map this one",
    )


def period(value: Mapping[str, Any], field: str) -> Period:
    """A TimePeriod as half-open days; an end in the year 9999 is none."""
    start = _open(value.get("startDateTime"), f"{field}.startDateTime")
    end = _end(value.get("endDateTime"), f"{field}.endDateTime")
    return Period(start, end)


def money(value: Mapping[str, Any], field: str) -> tuple[int | None, str | None]:
    """A Money as minor units and currency (`unit` and `value`; some write `currency`, `amount`)."""
    amount = value.get("value", value.get("amount"))
    unit = value.get("unit") or value.get("currency")
    if amount is None and not unit:
        return None, None
    code = currency(unit, field=f"{field}.unit")
    return (None if amount is None else minor_units(amount, code, field=f"{field}.value")), code


def _open(value: object, field: str) -> date | None:
    return None if str(value or "").startswith(_OPEN_YEAR) else day(value, field=field)


def _end(value: object, field: str) -> date | None:
    """An end in the last minute of a day is the day after."""
    found = _open(value, field)
    return found + timedelta(days=1) if found and "T23:59" in str(value) else found
