"""A worklist against an earlier one: what is new, what stays, what has cleared and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph.connection import ReadSession
from queries.load.freshness import freshness
from queries.reconciliation.doubt import Sources
from queries.reconciliation.finding import Finding, told
from queries.reconciliation.standing import Standing, standing
from queries.reconciliation.worklist import Worklist, by_money


@dataclass(slots=True)
class Cleared:
    """A finding of the earlier worklist that is none any more."""

    finding: Finding
    why: str


async def compare(
    graph: ReadSession, today: Worklist, earlier: list[Finding]
) -> tuple[list[Finding], list[Cleared]]:
    """Today's findings marked as new or staying, and those of the earlier day that have cleared.

    What is gone while one of its sources cannot be relied on has not cleared: it stays, not sure.
    """
    before = {one.finding_id: one for one in earlier}
    now = {one.finding_id for one in today.findings}
    found = [_marked(one, before.get(one.finding_id)) for one in today.findings]
    sources = Sources(await freshness(graph), today.on)
    gone: list[Finding] = []
    for one in earlier:
        doubts = [] if one.finding_id in now else _doubts(one, sources)
        if doubts:
            found.append(replace(one, change="stays", doubts=doubts))
        elif one.finding_id not in now:
            gone.append(one)
    ids = sorted({one for each in gone for one in (each.subject_id, each.against_id) if one})
    stand = {one.subject_id: one for one in await standing(graph, subject_ids=ids, on=today.on)}
    kinds = {(one.subject_id, one.kind) for one in today.findings}
    return by_money(found), [Cleared(one, why(one, stand, kinds, today.on)) for one in gone]


def why(one: Finding, stand: Mapping[str, Standing], kinds: set[tuple[str, str]], on: date) -> str:
    """Why a finding is none any more, from how its subject stands now."""
    now = stand.get(one.subject_id)
    other = next((kind for subject, kind in sorted(kinds) if subject == one.subject_id), None)
    if now is None:
        return "it is gone from its source"
    other_now = stand.get(one.against_id or "")
    both = [each for each in (now, other_now) if each]
    reason = _REASONS.get(one.kind, _unsaid)
    said = next((text for text in (reason(each, on) for each in both) if text), "")
    if not said and other:
        return f"now {other.replace('_', ' ')}"
    return said or "corrected at its source: the systems agree"


def _marked(one: Finding, before: Finding | None) -> Finding:
    if before is None:
        return replace(one, change="new")
    return replace(one, change="stays", found_on=before.found_on)


def _doubts(one: Finding, sources: Sources) -> list[str]:
    said = [sources.doubt(source, side.side) for side in one.sides for source in side.source_ids]
    return [f"not confirmed: {doubt}" for doubt in dict.fromkeys(said) if doubt]


def _ended(now: Standing, on: date) -> str:
    return f"terminated on {now.ended_on}" if now.ended_on and now.ended_on <= on else ""


def _billed(now: Standing, on: date) -> str:
    if _ended(now, on):
        return _ended(now, on)
    if now.charged is None or now.currency is None:
        return ""
    return f"billed for {now.charged_for}: {told(now.charged, now.currency)}"


def _no_longer_billed(now: Standing, _: date) -> str:
    if now.state == "active":
        return "active again"
    return f"credited, or billed no more: last charged for {now.charged_for}"


def _agreed(now: Standing, on: date) -> str:
    if _ended(now, on):
        return _ended(now, on)
    if not now.is_governed:
        return ""
    return f"agreed until {now.agreed_until}" if now.agreed_until else "under an agreement"


def _described(now: Standing, _: date) -> str:
    return "billed and agreed no more" if now.is_stub else "the inventory has it now"


def _held(now: Standing, _: date) -> str:
    return "it has a customer now" if now.has_customer else f"the account is {now.state}"


def _as_agreed(_: Standing, __: date) -> str:
    return "charged as agreed"


def _unsaid(_: Standing, __: date) -> str:
    return ""


_REASONS: Mapping[str, Callable[[Standing, date], str]] = {
    "never_billed": _billed,
    "no_longer_billed": _billed,
    "billed_after_cease": _no_longer_billed,
    "billed_past_term": _agreed,
    "without_agreement": _agreed,
    "not_in_inventory": _described,
    "account_without_customer": _held,
    "twice_in_inventory": _ended,
    "billed_below_price": _as_agreed,
    "billed_above_price": _as_agreed,
}
