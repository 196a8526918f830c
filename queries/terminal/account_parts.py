"""Each part of one customer in full, under the systems that say it and the day they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.layout import Row, heading, show_rows
from queries.account.account_glance import AccountGlance
from queries.account.coverage import Person
from queries.account.figure import Figure
from queries.account.opportunities import Opportunity
from queries.account.orders import Order
from queries.account.outlook import Promise
from queries.account.tickets import Ticket
from queries.terminal.account_told import count, percent
from queries.terminal.milestone_told import agreement_of, kind_told, money_of
from queries.terminal.money_told import UNKNOWN, apart, rates_told, short_figure, whole_amount
from queries.terminal.words import many

SHOWN = 8
"""Lines of a list before the rest is counted."""


def show_parts(found: AccountGlance, *, whole: bool = False) -> None:
    """Print every part of a customer; lists in full if `whole`."""
    limit = None if whole else SHOWN
    _services(found)
    _billing(found)
    _health(found, limit)
    _milestones(found, limit)
    _pipeline(found, limit)
    _sellers(found, limit)


def provenance(*figures: Figure) -> str:
    """Who says it, and for which day: `from inventory, network as of 2026-10-04`."""
    days: dict[str, set[str]] = {}
    for figure in figures:
        if figure.source_ids:
            said = f"as of {figure.as_of}" if figure.as_of else "never loaded whole"
            days.setdefault(said, set()).update(figure.source_ids)
    if not days:
        return "no source says anything of it"
    return "from " + "; ".join(f"{', '.join(sorted(days[day]))} {day}" for day in sorted(days))


def _services(found: AccountGlance) -> None:
    part = found.services
    heading("services", provenance(part.in_service))
    rows = [
        Row(("in service", count(part.in_service))),
        Row(("by product", _counts(part.by_family))),
        Row(("by country", _counts(part.by_country))),
        Row(("by state", _counts(part.by_state))),
        Row(("running as", _counts(part.by_operating_status))),
    ]
    rows += [Row(("not begun", f"{part.ahead:,}"))] if part.ahead else []
    rows += (
        [Row(("ceased", f"{part.ceased:,} still on a contract or a bill"))] if part.ceased else []
    )
    show_rows(rows, wide=1)


def _billing(found: AccountGlance) -> None:
    part, base = found.billing, found.base_currency
    heading("billing", provenance(part.billed, part.overdue, part.open))
    rows = [
        Row((f"{one.month:%B %Y}", _money(one.billed.amount, one.billed.unconverted, base)))
        for one in part.months[-4:]
    ]
    since = f", the oldest due on {part.overdue_since}" if part.overdue_since else ""
    rows += [
        Row(("not yet due", short_figure(part.open))),
        Row(("overdue", short_figure(part.overdue) + since)),
        Row(("disputed", short_figure(part.disputed))),
        Row(("credited", short_figure(part.credited))),
    ]
    rows += [Row(("rates", rates_told(part.rates, base)))] if part.rates else []
    show_rows(rows, wide=1)


def _money(amount: int, left: Mapping[str, int], base: str) -> str:
    told = whole_amount(amount, base)
    return f"{told} and {apart(left)} without a rate" if left else told


def _health(found: AccountGlance, limit: int | None) -> None:
    part = found.health
    heading("service health", provenance(part.availability, part.open_tickets, part.troubled))
    value = part.availability.value
    month = f" in {part.month:%B %Y}" if part.month else ""
    promised = f", promised {percent(part.target, 3)}" if part.target is not None else ""
    told = UNKNOWN if value is None else f"{percent(value, 3)}{month}{promised}"
    total = count(found.services.in_service)
    before = f"; in the months before {', '.join(map(str, part.missed_before))}"
    missed = many(part.missed.value, "service") + (before if part.missed_before else "")
    minutes = f", {part.outage_minutes:,} minutes" if part.outage_minutes else ""
    rows = [
        Row(("availability", told)),
        Row(("measured", f"{part.measured:,} of {total} services")),
        Row(
            (
                "below promise",
                missed,
            ),
            [", ".join(part.worst)] if part.worst else [],
        ),
        Row(("not well", many(part.troubled.value, "service")), _named(part.troubled_names, limit)),
        Row(("outages", f"{count(part.outages)} in 90 days{minutes}")),
        Row(("tickets open", count(part.open_tickets))),
    ]
    show_rows(rows, wide=1)
    _list([_ticket(one) for one in part.tickets if one.is_open], limit, wide=2)


def _ticket(one: Ticket) -> Row:
    what = ", ".join(part for part in (one.root_cause, one.service) if part)
    severity = f"severity {one.severity}" if one.severity else "no severity"
    return Row((one.opened_at[:10], severity, what, many(one.service_count, "service")))


def _milestones(found: AccountGlance, limit: int | None) -> None:
    part = found.milestones
    heading("milestones", provenance(part.due, *(one.met for one in part.commitments)))
    _list(
        [
            Row((str(one.on), kind_told(one.kind), agreement_of(one), money_of(one)))
            for one in [*part.past, *part.milestones]
        ],
        limit,
        wide=2,
    )
    _list([_promise(one) for one in part.commitments], limit, wide=1)


def _promise(one: Promise) -> Row:
    promised = one.commitment
    met = UNKNOWN if one.met.value is None else percent(one.met.value)
    amount = whole_amount(promised.amount, promised.currency or "")
    told = f"{amount} from {promised.period_from} to {promised.period_to}"
    return Row(
        (
            promised.kind or "commitment",
            told,
            f"met {met}",
            f"{percent(one.elapsed)} of its time over",
        ),
        one.met.quality,
    )


def _pipeline(found: AccountGlance, limit: int | None) -> None:
    part = found.pipeline
    heading("pipeline", provenance(part.amount, part.quotes, part.orders))
    rows = [Row(("opportunities", f"{count(part.open)}: {_counts(part.by_stage)}"))]
    rows += [Row(("past their day", f"{part.late:,}"))] if part.late else []
    waiting = f", {part.quotes_waiting:,} not approved" if part.quotes_waiting else ""
    rows += [
        Row(("quoted", f"{count(part.quotes)}{waiting}")),
        Row(
            (
                "orders",
                f"{count(part.orders)} in flight, {part.blocked:,} blocked, "
                f"{part.orders_late:,} late",
            )
        ),
    ]
    show_rows(rows, wide=1)
    _list([_opportunity(one) for one in part.opportunities], limit, wide=2)
    _list([_order(one) for one in part.in_flight], limit, wide=2)


def _opportunity(one: Opportunity) -> Row:
    amount = whole_amount(one.amount, one.currency or "")
    chance = "" if one.probability is None else percent(one.probability)
    what = ", ".join(part for part in (one.kind, one.stage, one.competitor) if part)
    quote = f"quote {one.quote} {one.quote_state}" if one.quote else ""
    return Row((str(one.close_on or "?"), amount, what, chance, quote))


def _order(one: Order) -> Row:
    blocked = f"blocked by {one.blocker} since {one.blocked_since}" if one.blocker else ""
    late = "late" if one.is_late else ""
    what = ", ".join(part for part in (one.stage or one.status, blocked, late) if part)
    number = one.reference.rpartition(":")[2]
    return Row((str(one.committed_on or "?"), f"order {number}", what))


def _sellers(found: AccountGlance, limit: int | None) -> None:
    part = found.coverage
    heading("sellers", provenance(part.covered))
    _list([_person(one) for one in part.people], limit, wide=1)


def _person(one: Person) -> Row:
    accounts = "the account" if one.accounts == 1 else many(one.accounts, "account")
    companies = many(one.companies, "company", "companies") if one.companies else ""
    covers = ", ".join(part for part in (accounts if one.accounts else "", companies) if part)
    begins = f"from {one.since}" if one.is_ahead else ""
    roles = ", ".join((*one.roles, *one.teams))
    return Row(
        (
            one.name,
            ", ".join(part for part in (roles, begins) if part),
            covers,
            ", ".join(one.source_ids),
        )
    )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name or '?'} {number:,}" for name, number in counts.items()) or "-"


def _named(names: Sequence[str], limit: int | None) -> list[str]:
    shown = list(names)[:limit]
    more = [f"and {len(names) - len(shown):,} more"] if len(names) > len(shown) else []
    return [", ".join(shown + more)] if shown else []


def _list(rows: Sequence[Row], limit: int | None, *, wide: int) -> None:
    """Print a list after its block, and how much of it is left out."""
    if not rows:
        return
    shown = list(rows)[:limit]
    show_rows(shown, wide=wide)
    if len(rows) > len(shown):
        show_rows([Row((f"… {len(rows) - len(shown):,} more (--all)",))], wide=0)
