"""One child process serves every command of a folder, outlives them, and survives being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from neo4j import GraphDatabase

from graph.engine import Server, find_server, open_server, stop_server
from graph.engine.home import home_of
from graph.progress import LineProgress
from graph.settings import ROOT, Settings, read_settings

# A process of a minute never earns back the time that Java's second compiler takes.
BRIEF = "-XX:TieredStopAtLevel=1"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation of its own, whose database is a child process whatever NEO4J_URI says."""
    settings = read_settings(
        env_file=None,
        state_dir=tmp_path_factory.mktemp("state"),
        neo4j_uri=None,
        heap="512m",
        page_cache="64m",
        start_timeout=300.0,
        java_flags=BRIEF,
    )
    yield settings
    stop_server(settings, progress=LineProgress())


def footprint(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """A command of that installation, running."""
    environment = {name: value for name, value in os.environ.items() if "NEO4J" not in name}
    environment |= {
        "FOOTPRINT_STATE_DIR": str(settings.state_dir),
        "FOOTPRINT_HEAP": settings.heap,
        "FOOTPRINT_JAVA_FLAGS": settings.java_flags,
        "FOOTPRINT_PAGE_CACHE": settings.page_cache,
        "FOOTPRINT_START_TIMEOUT": str(settings.start_timeout),
    }
    return subprocess.Popen(
        [str(ROOT / "footprint"), *arguments, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd="/",
    )


def result(command: subprocess.Popen[str]) -> dict[str, Any]:
    printed, told = command.communicate(timeout=600)
    assert command.returncode == 0, told
    value: dict[str, Any] = json.loads(printed)
    return value


def ask(server: Server, statement: str) -> list[list[Any]]:
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        records, _, _ = driver.execute_query(statement)
        return [list(record.values()) for record in records]


@pytest.mark.timeout(900)
def test_two_commands_at_once_share_one_process_that_outlives_them(local: Settings) -> None:
    first, second = footprint(local, "db", "start"), footprint(local, "db", "start")
    one, other = result(first), result(second)

    assert one["pid"] == other["pid"]
    assert psutil.pid_exists(one["pid"])
    assert os.getsid(one["pid"]) != os.getsid(0)
    assert result(footprint(local, "db", "status"))["running"] is True


@pytest.mark.timeout(900)
def test_a_killed_process_is_started_again_with_its_data(local: Settings) -> None:
    before = open_server(local)
    ask(before, "CREATE (:Kept {name: 'before the fall'})")
    os.kill(before.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(before.pid)] if psutil.pid_exists(before.pid) else [])
    assert find_server(local) is None

    after = open_server(local)

    assert after.pid != before.pid
    assert (after.uri, after.password) == (before.uri, before.password)
    assert ask(after, "MATCH (kept:Kept) RETURN kept.name AS name") == [["before the fall"]]


@pytest.mark.timeout(900)
def test_the_process_listens_on_loopback_only_and_reaches_nothing(local: Settings) -> None:
    server = open_server(local)
    addresses = {
        connection.laddr.ip
        for connection in psutil.Process(server.pid).net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses <= {"127.0.0.1", "::ffff:127.0.0.1"}

    for source in (f"http://127.0.0.1:{server.browser.split(':')[2].split('/')[0]}/", "file:///x"):
        with pytest.raises(Exception, match=r"(?i)blocked|disabled|not allowed|cannot load|forbid"):
            ask(server, f"LOAD CSV FROM '{source}' AS line RETURN line")


@pytest.mark.timeout(900)
def test_a_reset_deletes_the_data_and_nothing_else(local: Settings) -> None:
    open_server(local)
    evidence = Path(local.state_dir) / "evidence" / "kept.parquet"
    evidence.parent.mkdir()
    evidence.write_text("evidence")

    result(footprint(local, "db", "reset", "--yes"))

    assert find_server(local) is None
    assert not home_of(local).folder.exists()
    assert evidence.exists()
