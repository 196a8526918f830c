"""One customer in text: first what a seller reads in thirty seconds, then each part in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.text import Text

from graph.layout import Row, show_rows
from graph.terminal import console
from queries.account.account_glance import AccountGlance
from queries.account.figure import Figure
from queries.account.health import Health
from queries.account.posture import Posture
from queries.terminal.milestone_told import milestone_line
from queries.terminal.money_told import UNKNOWN, short_amount, short_figure
from queries.terminal.words import many

FEW = 3


def show_summary(found: AccountGlance) -> None:
    """Print who the customer is and one line for each part."""
    root = found.root
    title = Text(root.name or root.reference or root.entity_id, style="bold")
    tier = ", ".join(sorted({one.tier for one in found.accounts if one.tier}))
    title.append("  ".join(["", *(part for part in (root.jurisdiction, tier) if part)]), style="")
    console.print(title)
    console.print(Text(_tree(found)))
    console.print(Text(_day(found)))
    console.print()
    show_rows([Row((name, line)) for name, line in summary(found)], wide=1, indent=0)


def summary(found: AccountGlance) -> list[tuple[str, str]]:
    """The parts of a customer in a line each, and what is not known."""
    lines = [
        ("services", _services(found)),
        ("billing", _billing(found.billing)),
        ("health", _health(found.health)),
        ("next", _next(found)),
        ("pipeline", _pipeline(found)),
        ("sellers", _sellers(found)),
    ]
    missing = list(dict.fromkeys(unknown(found)))
    return lines + [("not known" if place == 0 else "", said) for place, said in enumerate(missing)]


def unknown(found: AccountGlance) -> Iterable[str]:
    """What is not known, of the whole and of each part, and which sources it is for."""
    parts = (
        found.services,
        found.billing,
        found.health,
        found.milestones,
        found.pipeline,
        found.coverage,
    )
    for source in figures_of(found):
        yield from source.quality
    yield from found.unknown
    for part in parts:
        yield from part.unknown


def figures_of(found: AccountGlance) -> list[Figure]:
    """The figures of the summary."""
    return [
        found.companies,
        found.services.in_service,
        found.billing.billed,
        found.billing.overdue,
        found.health.availability,
        found.health.open_tickets,
        found.milestones.due,
        found.pipeline.amount,
        found.pipeline.orders,
        found.coverage.covered,
    ]


def count(figure: Figure) -> str:
    """A count, or that it is unknown."""
    return UNKNOWN if figure.value is None else f"{figure.value:,.0f}"


def some(counts: Mapping[str, int], few: int = FEW, nothing: str = "?") -> str:
    """The first of many counts: `84 internet, 70 ip_vpn and 5 others`."""
    told = [f"{number:,} {name or nothing}" for name, number in counts.items()]
    left = sum(list(counts.values())[few:])
    more = f", {left:,} other" if left else ""
    return ", ".join(told[:few]) + more


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 in percent."""
    return f"{share * 100:.{digits}f}%"


def _tree(found: AccountGlance) -> str:
    companies = int(found.companies.value or 0)
    where = many(len(found.countries), "country", "countries")
    size = f"{many(companies, 'company', 'companies')} in {where}"
    accounts = ", ".join(sorted({one.source_id for one in found.accounts if one.source_id}))
    sold = f"; {many(len(found.accounts), 'account')} ({accounts})" if accounts else ""
    top = f"; below {found.above}" if found.above else "; nothing above it"
    return size + sold + top


def _day(found: AccountGlance) -> str:
    fresh = sum(not one.is_stale for one in found.freshness)
    stale = [
        f"{one.source_id} ({one.as_of or 'never whole'})" for one in found.freshness if one.is_stale
    ]
    newest = "" if found.is_day_given else ", the newest day that a source speaks of"
    told = f"as of {found.day}{newest}; {fresh:,} of {len(found.freshness):,} sources fresh"
    return told + (f", stale: {', '.join(stale)}" if stale else "")


def _services(found: AccountGlance) -> str:
    part = found.services
    told = f"{count(part.in_service)} in service"
    if part.by_country:
        told += f" in {many(len(part.by_country), 'country', 'countries')}"
    return f"{told}: {some(part.by_family)}" if part.by_family else told


def _billing(part: Posture) -> str:
    if part.month is None:
        return UNKNOWN
    told = f"{short_figure(part.billed)} in {part.month:%B}"
    if part.trend is not None:
        told += f", {part.trend:+.1%} on the mean of 3 months before"
    if part.overdue.value:
        share = f" ({percent(part.overdue_share)} of what is owed)" if part.overdue_share else ""
        told += f"; {short_figure(part.overdue)} overdue{share}"
    else:
        told += "; nothing overdue"
    if part.disputed.value:
        told += f"; {short_figure(part.disputed)} disputed"
    return told


def _health(part: Health) -> str:
    if part.availability.value is None or part.month is None:
        told = "availability unknown"
    else:
        promised = f", promised {percent(part.target, 2)}" if part.target is not None else ""
        told = f"available {percent(part.availability.value, 2)} in {part.month:%B}{promised}"
        told += f"; {count(part.missed)} of {many(part.measured, 'service')} below"
    worst = f" (worst severity {min(part.open_by_severity)})" if part.open_by_severity else ""
    told += f"; {many(part.open_tickets.value, 'open ticket')}{worst}"
    return told + (f"; {count(part.troubled)} not running well" if part.troubled.value else "")


def _next(found: AccountGlance) -> str:
    part = found.milestones
    told = milestone_line(part.milestones[0]) if part.milestones else count(part.due)
    told = "no date within the horizon" if told == "0" else told
    for promise in part.commitments[:1]:
        met = promise.met.value
        share = UNKNOWN if met is None else percent(met)
        over = percent(promise.elapsed)
        told += f"; {promise.commitment.kind or 'commitment'} met {share}, {over} of its time over"
    lapsed = sum(one.line_count for one in part.past)
    return told + (f"; {many(lapsed, 'line')} out of contract" if lapsed else "")


def _pipeline(found: AccountGlance) -> str:
    part = found.pipeline
    told = many(part.open.value, "opportunity", "opportunities")
    if part.open.value:
        weighted = short_amount(part.weighted.value, part.weighted.unit)
        told += f", {short_figure(part.amount)} ({weighted} by chance)"
    told += f"; {many(part.orders.value, 'order')} in flight"
    told += f", {part.blocked:,} blocked" if part.blocked else ""
    return told + (f", {part.orders_late:,} late" if part.orders_late else "")


def _sellers(found: AccountGlance) -> str:
    now = [one for one in found.coverage.people if not one.is_ahead]
    whole = [one.name for one in now if one.accounts]
    others = len(now) - len(whole)
    told = f"{', '.join(whole[:FEW])} for the account" if whole else "nobody for the whole"
    size = many(found.companies.value, "company", "companies")
    covered = f"{count(found.coverage.covered)} of {size} with their own"
    return f"{told}; {many(others, 'other')}; {covered}"
