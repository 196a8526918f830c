"""The demo in a terminal: loads, the largest customer, its month, disagreements, what to ask."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rich.text import Text

from api.demo import Demo
from api.demo_rules_told import show_demo_signals
from graph.layout import heading
from graph.terminal import console, say
from loaders.carrier.systems.crm_emea import RENAMED, SYSTEM
from queries.entity.find import words_of
from queries.terminal.changes_told import show_changes_by_kind
from queries.terminal.ledger_told import show_ledger
from queries.terminal.reconciled_told import show_worklist
from queries.terminal.tree import DRAWN, PLAIN, drawing, headline
from queries.terminal.words import many

FINDINGS = 5
"""Findings of the worklist that are shown."""
CHANGES = 4
"""Changes shown of each kind."""
ALIGNED = 58
"""Columns of a command before what it answers."""


def show_demo(found: Demo) -> None:
    """Print everything, in the order in which a person asks."""
    heading(f"What was loaded, from {found.first} to {found.last}")
    show_ledger(found.loads, found.freshness)
    heading("The largest customer")
    for line in headline(found.family):
        console.print(line)
    plain = not console.encoding.lower().startswith("utf")
    console.print(drawing(found.family, PLAIN if plain else DRAWN))
    heading("What changed in it, and why")
    if found.changes:
        show_changes_by_kind(found.changes, shown=CHANGES)
    else:
        console.print("  nothing")
    heading("What does not agree between inventory, billing and contracts")
    today = found.reconciled
    show_worklist(
        today.on, today.base, today.findings, today.cleared, before=today.before, limit=FINDINGS
    )
    _show_quarantine(found)
    show_demo_signals(found)
    heading("Ask next")
    for command, told in _next(found):
        console.print(
            Text.assemble(f"  {command:<{ALIGNED}}", (f"  # {told}", "dim")), soft_wrap=True
        )


def _next(found: Demo) -> Iterator[tuple[str, str]]:
    """Commands that work on this graph, and what each one answers."""
    name, first, last = shlex.quote(found.called), found.first, found.last
    days = f"--from {first} --to {last} --known-from {first}"
    word = words_of(found.family.root.name or found.called)[0]
    yield f"./footprint account {name}", "the whole of this customer in text"
    yield f"./footprint tree {name} --as-of {first}", "the tree as it stood on the first day"
    yield f"./footprint tree {name} --business --all", "every company, with services and money"
    yield f"./footprint why {shlex.quote(found.witness)}", "the record, file and line of all of it"
    yield f"./footprint changes {name} {days}", "all that changed, with its reasons"
    yield f"./footprint search {word}", "by a name, whatever its accents and faults, or a number"
    yield f"./footprint reconcile --since {first}", "what is new and what has cleared in the month"
    yield "./footprint signals list --limit 100", "everything that should be done, best first"
    if found.signals:
        yield f"./footprint signals explain {found.signals[0].signal_id[:8]}", "why, to the line"
    yield "./footprint signals runs", "how each rule ran, and what it was blind to"
    yield "./footprint sources --matrix", "who supplies which property, and who wins"
    yield "./footprint loads", "every load, with what became of it"
    yield "./footprint db browser", "the same graph in Neo4j Browser"


def _show_quarantine(found: Demo) -> None:
    """What was not understood, and for the change of schema how it is loaded after all."""
    waiting = {one.source_id: one.waiting for one in found.loads if one.waiting}
    if not waiting:
        return
    heading("What waits in quarantine")
    for source, number in waiting.items():
        console.print(Text(f"  {source}: {many(number, 'record')}"))
        console.print(Text(f"    ./footprint quarantine list {source}"))
    if SYSTEM in waiting:
        names = ", ".join(f"{now}: {before}" for before, now in RENAMED.items())
        say(
            f"  {SYSTEM} began to call its columns otherwise. Say so in a line of "
            f"loaders/{SYSTEM}/source.yaml:"
        )
        console.print(Text(f"    renamed: {{{names}}}"), soft_wrap=True)
        say("  and what waits is loaded as if it had been so from the start:")
        console.print(Text(f"    ./footprint quarantine retry {SYSTEM}"))
