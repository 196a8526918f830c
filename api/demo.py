"""What the demo looks at once its days are loaded: loads, the largest customer, disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from graph.connection import ReadSession
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from loaders.carrier.truth.reading import Truth
from queries.entity.find import matches
from queries.hierarchy.changes import Change, changes
from queries.hierarchy.largest_families import LargestFamily, largest_families
from queries.load.freshness import Freshness, freshness
from queries.load.ledger import Delivered, ledger
from queries.reconciliation.settled import Settled, settled
from queries.reconciliation.worklist import totals
from queries.signal.rule_runs import RuleRun, rule_runs
from queries.signal.signals import SHOWN, Signal, signals
from queries.terminal.family import as_plain, gather_family
from queries.terminal.tree import Family

SCREEN = 34
"""Companies of the tree before deeper branches are folded, so that it fits a screen."""
TELLING = ("moved", "renamed", "added", "ended", "planned")
"""Changes that are worth asking why, of a company that is still there."""


@dataclass(slots=True)
class Demo:
    """What is shown of a loaded carrier."""

    first: date
    last: date
    """First and last day of the deliveries."""
    loads: list[Delivered]
    freshness: list[Freshness]
    family: Family
    called: str
    """By which words the commands find the company at the top: its name if no other bears it."""
    witness: str
    """The same for a company of which something changed, else again the one at the top."""
    changes: list[Change]
    """Of the family from the first day to the last, and of what was known on each."""
    reconciled: Settled
    signals: list[Signal]
    """What sellers should do on the last day, best first, then what yields to something else."""
    runs: list[RuleRun]


async def demo(graph: ReadSession, folder: Path, evidence: EvidenceStore, *, base: str) -> Demo:
    """What the graph says of the carrier in a folder, with money in the base currency."""
    truth = Truth(folder)
    first, last = truth.day(0), truth.day(truth.told["last_day"])
    root = largest(await largest_families(graph, valid_on=last))
    changed = await changes(
        graph,
        root_id=root.root_id,
        from_on=first,
        to_on=last,
        known_from=_night(first),
        known_to=_night(last),
    )
    called = await _called(graph, root.name, root.root_id)
    witness = next((one for one in changed if one.kind in TELLING and one.source), None)
    return Demo(
        first=first,
        last=last,
        loads=await ledger(graph, valid_on=last),
        freshness=await freshness(graph, valid_on=last),
        family=await gather_family(
            graph,
            root.root_id,
            view="legal",
            valid_on=last,
            known_at=None,
            long=SCREEN,
            base=base,
        ),
        called=called,
        witness=await _called(graph, witness.name, witness.entity_id) if witness else called,
        changes=changed,
        reconciled=await settled(graph, evidence, base=base),
        signals=await signals(graph, states=(*SHOWN, "candidate", "inhibited")),
        runs=await rule_runs(graph),
    )


def largest(families: Sequence[LargestFamily]) -> LargestFamily:
    """The largest family that has a customer in it; NotFound when none has."""
    found = next((one for one in families if one.customer_count), None)
    if found is None:
        raise NotFound("no company is a customer", remedy="./footprint loads tells what was loaded")
    return found


def as_plain_demo(found: Demo) -> dict[str, Any]:
    """The same for programs."""
    today = found.reconciled
    return {
        "first": found.first,
        "last": found.last,
        "loads": [asdict(one) for one in found.loads],
        "freshness": [asdict(one) for one in found.freshness],
        "family": as_plain(found.family),
        "changes": [asdict(one) for one in found.changes],
        "reconciled": {
            "on": today.on,
            "base": today.base,
            "compared_with": today.before,
            "totals": [asdict(one) for one in totals(today.findings)],
            "findings": [asdict(one) for one in today.findings],
            "cleared": [asdict(one) for one in today.cleared],
        },
        "signals": [asdict(one) for one in found.signals],
        "runs": [asdict(one) for one in found.runs],
    }


def _night(day: date) -> datetime:
    """The moment by which all that came on a day was loaded."""
    return datetime.combine(day + timedelta(days=1), time.min, UTC)


async def _called(graph: ReadSession, name: str | None, entity_id: str) -> str:
    """A company's name when asking for it finds just this one, else its id."""
    found = await matches(graph, name, limit=2) if name else []
    alone = [one.entity_id for one in found if one.name == name] == [entity_id]
    return name if name and alone else entity_id
