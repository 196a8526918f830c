"""Which kind of file this is, told by its header; and columns by one name whatever their case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from loaders.tables import Table, table_of

KINDS = (
    Table("data_dictionary", ("accounts", "sales_teams"), ()),
    Table("named_product", ("product", "series", "sales_price"), ("product",)),
    Table("sales_agent", ("sales_agent", "manager", "regional_office"), ("sales_agent",)),
    Table("named_account", ("account", "subsidiary_of"), ("account",)),
    Table("named_opportunity", ("opportunity_id", "deal_stage", "account"), ("opportunity_id",)),
    Table(
        "opportunity_history",
        ("id", "stage_name", "_fivetran_start", "_fivetran_end"),
        ("id", "_fivetran_start"),
    ),
    Table("opportunity_history", ("id", "opportunity_id", "stage_name", "created_date"), ("id",)),
    Table(
        "account_history",
        ("id", "name", "parent_id", "_fivetran_start", "_fivetran_end"),
        ("id", "_fivetran_start"),
    ),
    Table("opportunity_line_item", ("id", "opportunity_id", "product_2_id"), ("id",)),
    Table("opportunity", ("id", "account_id", "stage_name", "close_date"), ("id",)),
    Table("order", ("id", "account_id", "effective_date", "status"), ("id",)),
    Table("account", ("id", "name", "parent_id"), ("id",)),
    Table("user", ("id", "name", "username"), ("id",)),
    Table("product", ("id", "name", "product_code", "is_active"), ("id",)),
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


def kind_of(path: Path) -> Table:
    """The kind of a file; SourceError, with what its header has, when it is none that we know."""
    return table_of(path, KINDS, mapping="loaders/crm/headers.py", column=snake)


def in_reading_order(files: Iterable[tuple[Path, Table]]) -> list[tuple[Path, Table]]:
    """Files so that what is pointed to comes first, then by name."""
    ranks = {name: rank for rank, name in enumerate(READ_ORDER)}
    return sorted(files, key=lambda file: (ranks.get(file[1].record_type, 99), file[0]))
