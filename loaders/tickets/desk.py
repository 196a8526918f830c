"""The service desk's export: which table is which, and its rows without the people in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from graph.errors import SourceError
from graph.facts.claims import Claims
from loaders.files import csv_records
from loaders.source import Delivery, Extracted, RawRecord
from loaders.tables import Table, TableSource
from loaders.tickets import complaint
from loaders.tickets.history import SOLVED_AT, Solutions

HISTORY = Table("ticket_field_history", ("field_name", "ticket_id", "updated", "value"), ())


class Desk(TableSource):
    """The tables of a Zendesk export, of which the tickets are kept."""

    name = "tickets"
    changed_at = "updated_at"
    tables = (
        Table("ticket", ("id", "status", "created_at", "updated_at", "priority"), ("id",)),
        HISTORY,
        Table("ticket_comment", ("body", "ticket_id"), ()),
        Table("ticket_tag", ("tag", "ticket_id"), ()),
        Table("ticket_form_history", ("end_user_visible", "display_name"), ()),
        Table("ticket_schedule", ("ticket_id", "schedule_id"), ()),
        Table("ticket_sla_policy", ("ticket_id", "sla_policy_id"), ()),
        Table("sla_policy_metric_history", ("sla_policy_id", "metric"), ()),
        Table("schedule_holiday", ("schedule_id", "start_date", "end_date"), ()),
        Table("schedule", ("start_time_utc", "end_time_utc"), ()),
        Table("daylight_time", ("daylight_offset",), ()),
        Table("time_zone", ("standard_offset", "time_zone"), ()),
        Table("brand", ("brand_url", "subdomain"), ()),
        Table("domain_name", ("domain_name", "organization_id"), ()),
        Table("organization_tag", ("organization_id", "tag"), ()),
        Table("organization", ("shared_tickets", "name"), ()),
        Table("user_tag", ("user_id", "tag"), ()),
        Table("user", ("email", "role", "locale"), ()),
        Table("group", ("id", "name", "created_at", "updated_at", "url"), ()),
    )

    @property
    def mappings(self) -> Mapping[str, Callable[[RawRecord], Claims]]:
        """How a ticket is mapped; all other tables are left out by name."""
        return {"ticket": lambda record: complaint.ticket(record, self.zone)}

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield the rows without people; beside a ticket, what its history says of the solution."""
        solutions = Solutions()
        try:
            for table, path in self.files(delivery.path, []):
                if table == HISTORY:
                    with suppress(SourceError):  # named when it is read with the other tables
                        solutions.gather(row for _, row in csv_records(path, needs=table.told_by))
            for item in super().extract(delivery):
                yield _without_people(item, solutions) if isinstance(item, RawRecord) else item
        finally:
            solutions.close()


def _without_people(record: RawRecord, solutions: Solutions) -> RawRecord:
    """The ticket without what names people, with the moment of its solution."""
    kept = {
        name: value for name, value in record.payload.items() if name not in complaint.ABOUT_PERSONS
    }
    solved = solutions.of(record.native_id)
    return replace(record, payload={**kept, SOLVED_AT: solved} if solved else kept)
