"""What the branches of a customer's tree have and pay, each with all that is below it."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from graph.connection import ReadSession
from graph.ids import node_id
from queries.hierarchy.largest_families import LargestFamily, largest_families
from queries.terminal.family import as_plain, gather_family
from queries.terminal.tree import PLAIN, Family, drawing, headline
from tests.queries.account.conftest import Tell
from tests.queries.account.customer import agreement

DAY = date(2026, 10, 6)


async def family(graph: ReadSession, day: date | None = DAY) -> Family:
    return await gather_family(
        graph,
        node_id("company:Top"),
        view="commercial",
        valid_on=day,
        known_at=None,
        base="EUR",
    )


def drawn(found: Family) -> list[str]:
    console = Console(file=io.StringIO(), width=80, no_color=True)
    console.print(drawing(found, PLAIN))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return [line.rstrip() for line in text.splitlines()]


async def test_a_service_of_two_companies_counts_once_above_them(
    customer: None, tell: Tell, graph: ReadSession
) -> None:
    tell("paper", agreement("A2", "B2", ("S1", {"ends_on": "2028-01-01"})))

    assert drawn(await family(graph)) == [
        "                       services  EUR/month",
        "Top        DE  active         3     1,200+",
        "`- Mid     FR  active         3     1,200+",
        "   `- Low  GB  active         2       200+",
    ]


async def test_what_the_figures_are_is_said_with_what_has_no_rate(
    customer: None, graph: ReadSession
) -> None:
    told = [line.plain for line in headline(await family(graph))]

    assert told[-1] == (
        "services in service on 2026-10-06; EUR billed in September 2026 without tax; "
        "+: beside AED 7 without a rate; with all below"
    )


async def test_programs_get_the_parts_too(customer: None, graph: ReadSession) -> None:
    companies = as_plain(await family(graph))["companies"]
    found = {one["name"]: (one["services"], one["billed"]["parts"]) for one in companies}

    assert found == {
        "Top": (3, {"AED": 700, "EUR": 100_000, "USD": 25_000}),
        "Mid": (3, {"AED": 700, "EUR": 100_000, "USD": 25_000}),
        "Low": (1, {"AED": 700, "USD": 25_000}),
    }


async def test_without_a_day_the_newest_counts_that_a_source_speaks_of(
    customer: None, graph: ReadSession
) -> None:
    found = await family(graph, None)

    assert found.rollup is not None
    assert (found.rollup.on, found.rollup.month) == (DAY, date(2026, 9, 1))


async def test_families_are_ranked_by_their_companies(customer: None, graph: ReadSession) -> None:
    found = await largest_families(graph, valid_on=DAY, view="commercial", limit=1)

    assert found == [LargestFamily(node_id("company:Top"), "Top", "DE", None, 3, 2)]
    assert [
        (one.name, one.company_count)
        for one in await largest_families(graph, valid_on=DAY, view="legal")
    ][0] == ("Top", 2)
