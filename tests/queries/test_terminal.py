"""What a person sees: the drawing of a family, and commands from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from graph.connection import ReadSession
from queries.terminal.family import gather_family
from queries.terminal.tree import DRAWN, PLAIN, Family, Guides, drawing, headline
from tests.queries.conftest import Register
from tests.queries.register import company, entity_id, under


def drawn(family: Family, guides: Guides = DRAWN) -> list[str]:
    console = Console(file=StringIO(), width=80, color_system=None)
    for line in headline(family):
        console.print(line)
    console.print(drawing(family, guides))
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


async def gathered(graph: ReadSession, **asked: object) -> Family:
    given = {"view": "legal", "valid_on": None, "known_at": None} | asked
    return await gather_family(graph, entity_id("Alpha AG"), **given)  # type: ignore[arg-type]


async def test_a_family_is_drawn_with_all_that_is_to_be_known(
    graph: ReadSession, register: Register
) -> None:
    register(
        company("Alpha AG", country="DE", ultimate_exception="NATURAL_PERSONS"),
        company("Beta Ltd", under("Alpha AG", "2020-01-01", share=0.6), country="GB"),
        company(
            "Gamma SA", under("Beta Ltd", "2020-01-01"), under("Omega", "2021-01-01", share=0.4)
        ),
        company("Old Ltd", under("Alpha AG", "2020-01-01"), ended="2024-05-01", status="INACTIVE"),
        company("New Inc", under("Alpha AG", "2999-01-01", planned=True), country="US-DE"),
        company("Leaf", under("Stub", "2020-01-01")),
        company("Z", under("Alpha AG", "2020-01-01")),
    )

    assert drawn(await gathered(graph, with_planned=True), PLAIN) == [
        "Alpha AG  DE  toy:company:Alpha AG",
        "6 companies in 3 jurisdictions: 4 active, 1 former, 1 planned",
        "legal view, as of today, as now known",
        "nothing above it: people hold it, and no company (NATURAL_PERSONS)",
        "Alpha AG        DE     active",
        "|- Beta Ltd     GB     active    60%",
        "|  `- Gamma SA  -      active    also 40% under toy:company:Omega",
        "|- Z            -      active",
        "|- New Inc      US-DE  active    planned for 2999-01-01",
        "`- Old Ltd      -      inactive  ended 2024-05-01",
    ]


async def test_what_is_long_is_folded_and_counted(graph: ReadSession, register: Register) -> None:
    many = [
        company(f"C{number:02}", under("Alpha AG", "2020-01-01"), country=("GB", "FR")[number % 2])
        for number in range(30)
    ]
    ended = company("Gone", under("Alpha AG", "2020-01-01"), ended="2021-01-01")
    register(company("Alpha AG"), *many, ended)

    lines = drawn(await gathered(graph))
    assert [" ".join(line.split()) for line in lines[-2:]] == [
        "├─ C11 FR active",
        "└─ … 19 more in 2 jurisdictions (--all)",
    ]
    assert len(drawn(await gathered(graph, whole=True))) == 4 + 32


async def test_who_mentions_a_stub_is_said(graph: ReadSession, register: Register) -> None:
    register(company("B", under("Alpha AG", "2020-01-01")))

    assert [" ".join(line.split()) for line in drawn(await gathered(graph), PLAIN)[-2:]] == [
        "toy:company:Alpha AG - - mentioned by toy, not described",
        "`- B - active",
    ]


def test_commands_answer_in_json(
    footprint: Callable[..., tuple[int, str, str]], register: Register
) -> None:
    register(
        company("Alpha", country="DE"), company("B", under("Alpha", "2025-06-01")), on="2025-07-01"
    )

    code, out, _ = footprint("search", "alph", "--json")
    assert (code, [match["entity_id"] for match in json.loads(out)]) == (0, [entity_id("Alpha")])
    code, out, _ = footprint("tree", "Alpha", "--json")
    assert [one["name"] for one in json.loads(out)["companies"]] == ["Alpha", "B"]
    code, out, _ = footprint("entity", "B", "--json")
    assert json.loads(out)["parents"][0]["name"] == "Alpha"
    code, out, _ = footprint("why", "B", "parent", "--json")
    assert [fact["end"] for fact in json.loads(out)["proof"]["facts"]] == ["Alpha"]
    code, out, _ = footprint(
        "changes", "Alpha", "--from", "2025-01-01", "--to", "2026-01-01", "--json"
    )
    assert [one["kind"] for one in json.loads(out)] == ["added"]


def test_commands_speak_to_people(
    footprint: Callable[..., tuple[int, str, str]], register: Register
) -> None:
    register(
        company("Alpha", country="DE"), company("B", under("Alpha", "2025-06-01")), on="2025-07-01"
    )

    for command in (
        ("search", "alph"),
        ("tree", "Alpha", "--ascii"),
        ("entity", "Alpha"),
        ("why", "B"),
        ("changes", "Alpha", "--from", "2025-01-01", "--to", "2026-01-01"),
    ):
        code, out, err = footprint(*command)
        assert (code, command[0], "next: " in err) == (0, command[0], True)
        assert out.strip()


@pytest.mark.parametrize(
    ("command", "code", "what"),
    [
        (("tree", "nobody"), 8, "nothing has the id, number or name 'nobody'"),
        (("search", "nobody"), 8, "nothing is called like 'nobody'"),
        (("tree", "Alpha", "--as-of", "soon"), 2, "--as-of soon is not a day"),
        (("tree", "Alpha", "--known-at", "then"), 2, "--known-at then is not a moment"),
        (("tree", "Alpha", "--view", "odd"), 2, "odd"),
    ],
)
def test_errors_are_one_line(
    footprint: Callable[..., tuple[int, str, str]], command: tuple[str, ...], code: int, what: str
) -> None:
    told = footprint(*command)
    assert (told[0], told[1], told[2].count("\n")) == (code, "", 1)
    assert what in told[2]
