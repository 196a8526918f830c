"""The commands that ask: search, tree, entity, why, changes, reconcile."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from graph.connection import ReadSession
from graph.errors import NotFound
from graph.terminal import AsJson, console, day_of, emit, say, settings_of_process
from queries import reconcile_cli, signal_cli
from queries.account_cli import EXAMPLES as ACCOUNT_EXAMPLES
from queries.account_cli import account
from queries.entity.entity import Entity
from queries.entity.find import Match, matches, the_one
from queries.hierarchy.changes import Change
from queries.hierarchy.changes import changes as changes_of
from queries.hierarchy.in_scope import DEPTH
from queries.terminal.changes_told import show_changes
from queries.terminal.conversation import converse, evidence_store, moment_of
from queries.terminal.family import as_plain, gather_family
from queries.terminal.portrait import show_profile
from queries.terminal.profile import Profile, profile
from queries.terminal.tree import DRAWN, PLAIN, Family, drawing, headline
from queries.terminal.why import Asked, company_asked, prove, show_proof
from queries.view import View

What = Annotated[
    str, typer.Argument(help="A company: its id, reference, LEI or other number, or its name.")
]
ViewOption = Annotated[View, typer.Option(help="Which hierarchy.")]


def add_commands(app: typer.Typer) -> None:
    """Put the asking commands on the command line."""
    app.command(epilog="Examples: ./footprint search NAME | ./footprint search LEI")(search)
    app.command(epilog=TREE_EXAMPLES)(tree)
    app.command(epilog=ENTITY_EXAMPLES)(entity)
    app.command(epilog=ACCOUNT_EXAMPLES)(account)
    app.command(epilog=WHY_EXAMPLES)(why)
    app.command(epilog=CHANGES_EXAMPLES)(changes)
    reconcile_cli.add_command(app)
    signal_cli.add_commands(app)


TREE_EXAMPLES = (
    "Examples: ./footprint tree NAME | ./footprint tree LEI "
    "--view legal --as-of 2025-06-30 --known-at 2026-06-30 | "
    "./footprint tree NAME --all --json"
)
ENTITY_EXAMPLES = "Examples: ./footprint entity NAME | ./footprint entity LEI --json"
WHY_EXAMPLES = (
    "Examples: ./footprint why NAME | "
    "./footprint why NAME parent --ids | "
    "./footprint why 1b4e28ba-2fa1-51d2-883f-0016d3cca427 (the id of a fact)"
)
CHANGES_EXAMPLES = (
    "Examples: ./footprint changes NAME --from 2025-12-31 --to 2026-11-15 | what "
    "was learnt in June of one day: --from 2025-01-01 --to 2025-01-01 --known-from 2025-06-01 "
    "--known-to 2025-06-30"
)


def search(
    text: Annotated[str, typer.Argument(help="A name, whole or its beginning, or a number.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find companies by name, with its faults, or by any number exactly."""

    async def question(graph: ReadSession) -> list[Match]:
        return await matches(graph, text, limit=limit)

    found = converse(question)
    if as_json:
        emit([asdict(match) for match in found], True)
    elif found:
        console.print(_found_table(found))
        say(f"next: ./footprint tree '{found[0].name or found[0].entity_id}'")
    else:
        raise NotFound(
            f"nothing is called like {text!r}", remedy="./footprint sources says what is loaded"
        )


def tree(
    what: What,
    view: ViewOption = View.legal,
    as_of: Annotated[str | None, typer.Option(help="Day to show; today if not given.")] = None,
    known_at: Annotated[
        str | None, typer.Option(help="Moment (UTC) whose knowledge to show; now if not given.")
    ] = None,
    depth: Annotated[int, typer.Option(min=0, max=DEPTH, help="Levels below it.")] = DEPTH,
    whole: Annotated[bool, typer.Option("--all", help="Fold nothing.")] = False,
    planned: Annotated[bool, typer.Option("--planned", help="Show what is announced too.")] = False,
    with_business: Annotated[
        bool, typer.Option("--business", help="Show services and money of every branch.")
    ] = False,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Draw with plain letters.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the family below a company, today or as it was, as known now or then."""
    day, moment = day_of(as_of, "--as-of"), moment_of(known_at, "--known-at")

    async def question(graph: ReadSession) -> Family:
        root = await the_one(graph, what)
        return await gather_family(
            graph,
            root.entity_id,
            view=view.value,
            valid_on=day,
            known_at=moment,
            depth=depth,
            with_planned=planned,
            whole=whole or depth < DEPTH,
            base=settings_of_process().base_currency if with_business else None,
        )

    family = converse(question)
    if as_json:
        emit(as_plain(family), True)
        return
    for line in headline(family):
        console.print(line)
    console.print()
    plain = ascii_only or not console.encoding.lower().startswith("utf")
    console.print(drawing(family, PLAIN if plain else DRAWN))
    console.print()
    name = family.root.name or family.root.entity_id
    say(f"next: ./footprint why '{name}' | ./footprint tree '{name}' --as-of {_year_before(day)}")


def entity(what: What, as_json: AsJson = False) -> None:
    """Show everything of one company, with the source of every value."""

    async def question(graph: ReadSession) -> Profile:
        return await profile(graph, (await the_one(graph, what)).entity_id)

    found = converse(question)
    if as_json:
        emit(asdict(found), True)
    else:
        show_profile(found)


def why(
    what: Annotated[str, typer.Argument(help="A company, or the id of a fact.")],
    property: Annotated[
        str | None,
        typer.Argument(help="One property, kind of fact or fact: name, parent, 96111e5b ..."),
    ] = None,
    ids: Annotated[bool, typer.Option("--ids", help="Show ids and records of facts too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what proves a company's values and facts, down to the source's own fields."""

    async def question(graph: ReadSession) -> tuple[Asked, Entity | None]:
        asked = await prove(graph, evidence_store(), what, property)
        return asked, await company_asked(graph, asked)

    asked, company = converse(question)
    if as_json:
        emit(asdict(asked), True)
    else:
        show_proof(asked, company, ids=ids)


def changes(
    what: What,
    from_day: Annotated[str, typer.Option("--from", help="The earlier day.")],
    to_day: Annotated[str, typer.Option("--to", help="The later day.")],
    view: ViewOption = View.legal,
    known_from: Annotated[
        str | None, typer.Option(help="Moment whose knowledge counts for the earlier day.")
    ] = None,
    known_to: Annotated[
        str | None, typer.Option(help="Moment whose knowledge counts for the later day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed in a family between two days, or in what was known of it."""
    begin, end = day_of(from_day, "--from"), day_of(to_day, "--to")
    first, last = moment_of(known_from, "--known-from"), moment_of(known_to, "--known-to")

    async def question(graph: ReadSession) -> list[Change]:
        root = await the_one(graph, what)
        return await changes_of(
            graph,
            root_id=root.entity_id,
            from_on=begin,  # type: ignore[arg-type]  # given, so understood
            to_on=end,  # type: ignore[arg-type]
            view=view.value,
            known_from=first,
            known_to=last,
        )

    found = converse(question)
    if as_json:
        emit([asdict(change) for change in found], True)
    elif found:
        show_changes(found)
        say("next: ./footprint why COMPANY tells what proves one of these (--json has the ids)")
    else:
        emit(f"nothing changed between {from_day} and {to_day}", False)


def _found_table(found: list[Match]) -> Table:
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("name", overflow="fold")
    for title in ("where", "status", "children", "reference"):
        grid.add_column(title, no_wrap=title != "reference", overflow="fold")
    for match in found:
        name = Text(match.name or match.entity_id)
        if match.matched != match.name:
            name.append(f" ({match.by}: {match.matched})", style="dim")
        children = "" if match.child_count is None else f"{match.child_count:,}"
        status = (match.status or "-").lower()
        reference = match.reference or match.entity_id
        grid.add_row(name, match.jurisdiction or "-", status, children, Text(reference))
    return grid


def _year_before(day: date | None) -> date:
    """The day a year before the one shown, which is today when none is given."""
    return (day or datetime.now(UTC).date()) - timedelta(days=365)
