"""`./footprint serve` as a process of its own, on the database of the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from graph.engine import Server
from graph.settings import ROOT


@dataclass(frozen=True, slots=True)
class Served:
    """The process, where it answers, and what it tells."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def told(self) -> str:
        """All that it wrote so far."""
        return self.log.read_text(encoding="utf-8")


@contextmanager
def served(server: Server, folder: Path, **more: str) -> Iterator[Served]:
    """The application from the moment in which it answers; `more` are settings."""
    port = free_port()
    given = {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
        "FOOTPRINT_STATE_DIR": str(folder),
        "FOOTPRINT_API_PORT": str(port),
    }
    command = [sys.executable, "-m", "api.command_line", "serve"]
    log = folder / "served.log"
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd=ROOT, env=os.environ | given | more, stderr=told,
                         stdout=subprocess.PIPE) as process,
    ):  # fmt: skip
        found = Served(f"http://127.0.0.1:{port}", process, log)
        try:
            _wait_for(found)
            yield found
        finally:
            process.terminate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(found: Served) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{found.address}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            assert found.process.poll() is None, found.told
        time.sleep(0.1)
    raise AssertionError(f"it does not answer\n{found.told}")
