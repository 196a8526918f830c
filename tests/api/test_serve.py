"""`./footprint serve` as a person runs it: it says where it is, answers, and stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from graph.engine import Server
from graph.settings import ROOT


def test_it_says_where_it_is_answers_and_stops_cleanly(empty_graph: Server, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "NEO4J_URI": empty_graph.uri,
        "NEO4J_USERNAME": empty_graph.username,
        "NEO4J_PASSWORD": empty_graph.password,
        "NEO4J_DATABASE": empty_graph.database,
        "FOOTPRINT_STATE_DIR": str(tmp_path),
        "FOOTPRINT_API_PORT": str(port),
    }
    command = [sys.executable, "-m", "api.command_line", "serve"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | given, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health/ready", process)
            answer = httpx.post(
                f"http://127.0.0.1:{port}/graphql", json={"query": "{ sources { id } }"}
            )
        finally:
            process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=60)

    assert answer.json() == {"data": {"sources": []}}
    assert (process.returncode, out) == (0, b"")
    assert f"GraphQL        http://127.0.0.1:{port}/graphql".encode() in told
    assert b'"path": "/graphql", "status": 200' in told
    assert b"stopped; the database goes on" in told
    assert b"Traceback" not in told


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            assert process.poll() is None
        time.sleep(0.1)
    raise AssertionError("it does not answer")
