"""Values as CRMs write them: ids of two lengths, booleans in any case, amounts."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from loaders.audit import Fields
from loaders.crm.headers import snake
from loaders.crm.ignored import PACKAGES
from loaders.crm.telling import Naming
from loaders.money import currency, minor_units
from loaders.source import RawRecord

CURRENCY_OPTION = "--option currency"
"""Key under which extract puts the currency that the user gave, beside the row's own fields."""

MEANT = ("_fivetran_start", "_fivetran_end", "sbqq_quote_c")
"""Columns of packages that are mapped all the same."""

_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def record_id(value: str) -> str:
    """A Salesforce id in its 18 characters; reports show 15, in which only the case differs.

    The last three spell which of the first fifteen are capitals, five bits each
    (https://help.salesforce.com/s/articleView?id=000383751).
    """
    if not re.fullmatch(r"[0-9A-Za-z]{15}", value):
        return value
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place in range(5) if value[start + place].isupper())
        suffix += _SUFFIX[bits]
    return value + suffix


def linked_id(fields: Fields, name: str) -> str | None:
    """The id of another record, in its long form."""
    value = fields.take(name)
    return record_id(str(value)) if value else None


class Row(Fields):
    """A row's fields, and how its CRM names things."""

    def __init__(self, record: RawRecord, naming: Naming) -> None:
        super().__init__(record)
        self.reference = naming

    def ref(self, label: str, kind: str, native_id: str) -> Ref:
        """Another thing of the same CRM."""
        return ref(label, self.reference(kind, native_id))


def read(record: RawRecord, naming: Naming) -> Row:
    """The record's fields by their names in snake case, without those of installed packages."""
    named = {
        key if key == CURRENCY_OPTION else snake(key): value
        for key, value in record.payload.items()
    }
    for name in [name for name in named if name.startswith(PACKAGES) and name not in MEANT]:
        del named[name]
    renamed = RawRecord(record.record_type, record.native_id, named, record.file, record.line)
    return Row(renamed, naming)


def truth(value: Any, field: str) -> bool:
    """A boolean in any case, false when absent; RecordRejected for anything else."""
    text = str(value or "false").lower()
    if text not in ("true", "false", "1", "0"):
        raise RecordRejected(
            f"{value!r} is neither true nor false", where=field, remedy="ask the CRM's owner"
        )
    return text in ("true", "1")


def percentage(fields: Fields, claims: Claims, name: str) -> float | None:
    """A percentage as a share, 0 to 1; reported, and left out, when it is none."""
    value = fields.take(name)
    try:
        share = Decimal(str(value)) / 100
        if 0 <= share <= 1:
            return float(share)
    except InvalidOperation:
        pass
    if value is not None:
        claims.unknown.append(f"{name} (no percentage)")
    return None


def money(fields: Fields, claims: Claims, name: str) -> tuple[int | None, str | None]:
    """An amount in minor units and its currency; reported, not guessed, where no currency is told.

    The row's own currency wins over the one the user gave for the whole export.
    """
    amount = fields.take(name)
    given = fields.take(CURRENCY_OPTION)
    code = fields.take("currency_iso_code", given)
    if amount is None:
        return None, currency(code, field="currency_iso_code") if code else None
    if code is None:
        claims.unknown.append(f"{name} (its currency is not told: give --option currency=EUR)")
        return None, None
    code = currency(code, field="currency_iso_code")
    return minor_units(amount, code, field=name), code
