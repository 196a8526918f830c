"""Which kind of file this is, told by its header; and columns by one name whatever their case."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graph.errors import SourceError
from loaders.files import opened_text


class Kind(NamedTuple):
    """A kind of file: its record type, the columns that tell it, the columns that are its id."""

    record_type: str
    told_by: tuple[str, ...]
    id: tuple[str, ...]


KINDS = (
    Kind("data_dictionary", ("accounts", "sales_teams"), ()),
    Kind("named_product", ("product", "series", "sales_price"), ("product",)),
    Kind("sales_agent", ("sales_agent", "manager", "regional_office"), ("sales_agent",)),
    Kind("named_account", ("account", "subsidiary_of"), ("account",)),
    Kind("named_opportunity", ("opportunity_id", "deal_stage", "account"), ("opportunity_id",)),
    Kind(
        "opportunity_history",
        ("id", "stage_name", "_fivetran_start", "_fivetran_end"),
        ("id", "_fivetran_start"),
    ),
    Kind(
        "account_history",
        ("id", "name", "parent_id", "_fivetran_start", "_fivetran_end"),
        ("id", "_fivetran_start"),
    ),
    Kind("opportunity_line_item", ("id", "opportunity_id", "product_2_id"), ("id",)),
    Kind("opportunity", ("id", "account_id", "stage_name", "close_date"), ("id",)),
    Kind("order", ("id", "account_id", "effective_date", "status"), ("id",)),
    Kind("account", ("id", "name", "parent_id"), ("id",)),
    Kind("user", ("id", "name", "username"), ("id",)),
    Kind("product", ("id", "name", "product_code", "is_active"), ("id",)),
)
"""In the order in which they are tried, the narrower before the wider."""

READ_ORDER = ("product", "named_product", "user", "sales_agent", "account", "named_account")
"""What is read first: a parent, an offering or a seller before what points to it."""


_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(column: str) -> str:
    """A column as exports write it in snake case: ParentId and parent_id are one column.

    `Product2Id` is `product_2_id` and `Vat_Number__c` is `vat_number_c`, as warehouses write them.
    """
    text = re.sub(r"__c$", "_c", column.strip())
    if text.startswith("_"):
        return text.lower()
    return _WORDS.sub("_", text).lower()


def header_of(path: Path) -> list[str]:
    """The columns of a CSV file, as they are written there."""
    with opened_text(path) as text:
        return [name.strip() for name in next(csv.reader(text), [])]


def kind_of(path: Path) -> Kind:
    """The kind of a file; SourceError, with what its header has, when it is none that we know."""
    header = header_of(path)
    columns = {snake(name) for name in header}
    for kind in KINDS:
        if columns.issuperset(kind.told_by):
            return kind
    near = min(KINDS, key=lambda kind: len(set(kind.told_by) - columns))
    lacking = ", ".join(name for name in near.told_by if name not in columns)
    raise SourceError(
        f"no export that is known has this header: {', '.join(header[:8])} ...; the nearest, "
        f"{near.record_type}, needs {lacking} too",
        where=f"{path}:1",
        remedy="the CRM changed its columns: export them again, or mend loaders/crm/headers.py",
    )


def in_reading_order(files: Iterable[tuple[Path, Kind]]) -> list[tuple[Path, Kind]]:
    """Files so that what is pointed to comes first, then by name."""
    ranks = {name: rank for rank, name in enumerate(READ_ORDER)}
    return sorted(files, key=lambda file: (ranks.get(file[1].record_type, 99), file[0]))
