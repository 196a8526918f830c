"""The examples of docs/graphql.md, run as they stand, and its table of limits."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from api.app import COST_PER_SECOND
from api.graphql.budget import SECONDS
from api.graphql.document import AD_HOC, Limits
from api.http import body
from graph.access.audit import entries
from graph.connection import BatchSession
from graph.engine import Server
from graph.settings import ROOT
from tests.api.served import served
from tests.node import run_node
from tests.queries.conftest import Register, register
from tests.queries.register import company

__all__ = ["register"]

PAGE = (ROOT / "docs" / "graphql.md").read_text(encoding="utf-8")
EXAMPLES: dict[str, str] = dict(re.findall(r"```(\w+)\n(.+?)```", PAGE, re.DOTALL))
SIGNAL = "7480fe7a-93d1-5b0c-8f2e-6d5a41c09b37"
ADDRESS = "http://127.0.0.1:8420"


def test_the_examples_say_what_they_say(
    register: Register, batches: BatchSession, empty_graph: Server, tmp_path: Path
) -> None:
    register(company("Acme"))
    batches.run("CREATE (:Signal {id: $id, rule: 'a_rule', state: 'open'})", id=SIGNAL)
    with served(empty_graph, tmp_path) as api:
        here = {name: text.replace(ADDRESS, api.address) for name, text in EXAMPLES.items()}
        script = tmp_path / "example.mjs"
        script.write_text(here["javascript"], encoding="utf-8")
        (named,) = curl(here["sh"])["data"]["search"]
        decided = [curl(here["bash"]) for _ in range(2)]
        python = subprocess.run(
            [sys.executable, "-c", here["python"]], capture_output=True, text=True, check=False
        )
        javascript = run_node(script, folder=ROOT)

    assert sorted(EXAMPLES) == ["bash", "javascript", "python", "sh"]
    assert (named["name"], named["lei"]) == ("Acme", None)
    assert [one["data"]["actOnSignal"] for one in decided] == [
        {"signalId": SIGNAL, "state": "actioned"}
    ] * 2
    assert [one.purpose for one in entries(batches)] == ["weekly review"]
    assert (python.stdout, python.stderr) == ("Acme\n", "")
    assert javascript == "Acme\n304\n"


def curl(command: str) -> dict[str, Any]:
    """What curl would be answered; it need not be on the machine."""
    program, address, *options = shlex.split(command.replace("\\\n", " "))
    given = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ") for name, value in given if name == "-H")
    (sent,) = (value for name, value in given if name == "-d")
    assert (program, len(given)) == ("curl", len(headers) + 1)
    return dict(json.loads(httpx.post(address, content=sent, headers=headers, timeout=60).content))


def test_its_table_has_the_limits_that_hold() -> None:
    ours, theirs = Limits(), AD_HOC
    shared = f"{ours.depth}, {ours.aliases}, {ours.roots}, {ours.selections:,}"
    rate, size = f"{COST_PER_SECOND:,.0f}", f"{body.MOST_BYTES:,} bytes, within {body.SECONDS:g} s"
    rows = [
        f"| {ours.tokens:,}, {ours.comments} | {theirs.tokens:,}, {theirs.comments} |",
        f"| {shared} | the same |",
        f"| {ours.nodes:,} | {theirs.nodes:,} |",
        f"| {ours.cost:,} | {theirs.cost:,} |",
        f"| {rate} a second, {COST_PER_SECOND * SECONDS:,.0f} at once | the same |",
        f"| {size} | the same |",
    ]

    assert [row for row in rows if row not in PAGE] == []
    assert (ours.depth, ours.aliases, ours.roots) == (theirs.depth, theirs.aliases, theirs.roots)
