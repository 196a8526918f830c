"""`./footprint serve` as a person runs it: it says where it is, answers, and stops cleanly."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx

from graph.engine import Server
from tests.api.served import served


def test_it_says_where_it_is_answers_and_stops_cleanly(empty_graph: Server, tmp_path: Path) -> None:
    with served(empty_graph, tmp_path) as api:
        answer = httpx.post(f"{api.address}/graphql", json={"query": "{ sources { id } }"})
        api.process.send_signal(signal.SIGINT)
        out, _ = api.process.communicate(timeout=60)

    assert answer.json()["data"] == {"sources": []}
    assert (api.process.returncode, out) == (0, b"")
    assert f"GraphQL        {api.address}/graphql" in api.told
    assert '"path": "/graphql", "status": 200' in api.told
    assert "stopped; the database goes on" in api.told
    assert "Traceback" not in api.told
