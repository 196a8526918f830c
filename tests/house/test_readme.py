"""README keeps its word: its commands exist, and its picture is what the demo draws."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console

from api.command_line import build
from api.demo import ROOT_NAME
from graph.connection import open_reads
from graph.engine import Server
from graph.facts.run import Run
from graph.settings import ROOT
from loaders.demo.deliveries import write_deliveries
from queries.entity.find import the_one
from queries.terminal.family import gather_family
from queries.terminal.tree import DRAWN, drawing, headline

NOW = datetime(2026, 11, 22, tzinfo=UTC)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_in_readme_exists() -> None:
    command = typer.main.get_command(build())
    named = set(re.findall(r"\./footprint ([a-z]+(?: [a-z]+)?)", README))
    for words in named:
        first, *rest = shlex.split(words)
        found = command.commands.get(first)  # type: ignore[attr-defined]
        assert found is not None, f"./footprint {first}"
        if rest and hasattr(found, "commands"):
            assert rest[0] in found.commands, f"./footprint {words}"


def test_every_make_target_in_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


async def test_the_tree_in_readme_is_what_the_demo_draws(
    load: Callable[..., Run], empty_graph: Server, tmp_path: Path
) -> None:
    runs = [
        load(source, path, as_of=day.isoformat(), now=NOW, full=True, scope="demo")
        for source, path, day in write_deliveries(tmp_path / "deliveries")
    ]

    async with open_reads(empty_graph) as graph:
        root = await the_one(graph, ROOT_NAME)
        family = await gather_family(
            graph, root.entity_id, view="legal", valid_on=None, known_at=None
        )

    assert [(run.status, run.adds_up) for run in runs] == [
        ("COMPLETE", True),
        ("COMPLETE", True),
        ("PARTIAL", True),
    ]
    assert _picture() == _drawn(family)


def _picture() -> list[str]:
    inside = README.split("<!-- tree -->")[1].split("<!-- /tree -->")[0]
    return [line.removeprefix("    ").rstrip() for line in inside.strip("\n").splitlines() if line]


def _drawn(family: object) -> list[str]:
    console = Console(file=io.StringIO(), width=80, no_color=True)
    for line in headline(family):  # type: ignore[arg-type]
        console.print(line)
    console.print(drawing(family, DRAWN))  # type: ignore[arg-type]
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return [line.rstrip() for line in text.splitlines() if line.strip()]
