"""A worklist in lines: the totals by kind, each finding with what the sides say, what cleared."""

from __future__ import annotations

from datetime import date

from rich.table import Table
from rich.text import Text

from graph.plural import counted
from graph.terminal import console, say
from queries.reconciliation.compared import Cleared
from queries.reconciliation.finding import Finding, Side, told
from queries.reconciliation.kinds import KINDS
from queries.reconciliation.worklist import Total, totals


def show_worklist(
    on: date,
    base: str,
    findings: list[Finding],
    cleared: list[Cleared],
    *,
    before: date | None,
    limit: int,
) -> None:
    """Print totals, the first findings and what has cleared since the worklist before."""
    console.print(headline(on, base, findings))
    if before is None:
        say("no worklist of an earlier day was kept: from now on this one is compared with")
    else:
        say(changed(findings, cleared, before))
    console.print(_totals(base, totals(findings)))
    for number, one in enumerate(findings[:limit], start=1):
        console.print()
        for line in finding_told(number, one, base):
            console.print(line, soft_wrap=True)
    if len(findings) > limit:
        more, every = len(findings) - limit, f"./footprint reconcile --limit {len(findings)}"
        say(f"\n{more:,} more: {every} shows all, --kind one kind")
    if cleared:
        console.print(Text(f"\ncleared since {before}", style="bold"))
    for gone in cleared[:limit]:
        console.print(cleared_told(gone), soft_wrap=True)


def headline(on: date, base: str, findings: list[Finding]) -> Text:
    """How much there is: `On 2026-10-04: 14 findings, 2 not sure; EUR 12,340.00 ...`."""
    unsure = sum(not one.is_sure for one in findings)
    at_stake = told(sum(one.twelve_months for one in findings), base)
    doubt = f", {unsure:,} not sure" if unsure else ""
    count = counted(len(findings), "finding")
    return Text(f"On {on}: {count}{doubt}; {at_stake} at stake in twelve months", style="bold")


def changed(findings: list[Finding], cleared: list[Cleared], before: date) -> str:
    """What moved since the worklist before: `since 2026-10-03: 2 new, 12 stay, 1 cleared`."""
    new = sum(one.change == "new" for one in findings)
    return f"since {before}: {new} new, {len(findings) - new} stay, {len(cleared)} cleared"


def finding_told(number: int, one: Finding, base: str) -> list[Text]:
    """A finding in a few lines: what it is, what is at stake, what each side says."""
    head = Text(f"{number:>3}  ")
    head.append(KINDS[one.kind], style="bold")
    head.append(f": {one.name or one.subject_id}")
    head.append(f", {one.customer}" if one.customer else "")
    if one.since_on:
        head.append(f", since {one.since_on}")
    head.append(f"  [{one.change}]" if one.change == "new" else "", style="green")
    lines = [head, Text(f"     {money_told(one, base)}")]
    lines += [Text(f"     {side_told(side)}", style="dim") for side in one.sides]
    lines += [Text(f"     not sure: {doubt}", style="yellow") for doubt in one.doubts]
    return lines


def money_told(one: Finding, base: str) -> str:
    """What is at stake, in the base currency with the rate and its day."""
    every = " a month" if one.monthly else ""
    own = " and ".join(told(amount, code) for code, amount in one.money.parts.items())
    notes = [
        f"1 {worth.currency} = {worth.rate:.6g} {base} of {worth.on}" for worth in one.money.rates
    ]
    notes += [f"no rate of {code}: not converted" for code in one.money.unconverted]
    if not notes:
        return own + every if own else "no amount known"
    if one.money.rates:
        own = f"{told(one.money.amount, base)}{every} = {own}"
    return f"{own}{'' if one.money.rates else every} ({', '.join(notes)})"


def side_told(side: Side) -> str:
    """`billing: no charge ever (billing_emea, as of 2026-10-04)`."""
    which = " or ".join(side.source_ids) or "no source"
    if side.record_type:
        which += f" {side.record_type} {side.native_id}"
    where = f", {side.file}:{side.line}" if side.file else ""
    age = f", as of {side.as_of}" if side.as_of else ""
    if side.age_days:
        age += f", {counted(side.age_days, 'day')} old"
    return f"{side.side}: {side.says} ({which}{where}{age})"


def cleared_told(gone: Cleared) -> Text:
    """One that has cleared, and why."""
    one = gone.finding
    line = Text(f"     {KINDS[one.kind]}: {one.name or one.subject_id}")
    line.append(f", {one.customer}" if one.customer else "")
    line.append(f": {gone.why}", style="green")
    return line


def _totals(base: str, rows: list[Total]) -> Table:
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("kind", "findings", "not sure", f"{base} in 12 months", "not converted"):
        grid.add_column(title, justify="left" if title == "kind" else "right", overflow="fold")
    for row in rows:
        kept = ", ".join(told(amount, code) for code, amount in row.unconverted.items())
        grid.add_row(
            row.kind,
            f"{row.findings:,}",
            f"{row.unsure:,}" if row.unsure else "-",
            told(row.twelve_months, base).removeprefix(f"{base} "),
            kept or "-",
        )
    return grid
