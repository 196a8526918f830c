"""Launches the local database's process detached from the command, and ends it."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Sequence

import psutil

from graph.engine import crash
from graph.engine.home import Home

# A shell stays as the process's parent, so that the exit code is known after any later crash.
SUPERVISE = """
console=$1; code=$2; shift 2
{ "$@" >"$console" 2>&1 </dev/null 3>&- & echo $! >&3; exec 3>&-; wait $!; echo $? >"$code"; } \
  3>&1 >/dev/null 2>&1 </dev/null &
"""


def launch(arguments: Sequence[str], home: Home) -> int:
    """Starts a process that outlives the command and its terminal; its number."""
    home.exit_file.unlink(missing_ok=True)
    started = subprocess.run(
        ["/bin/sh", "-c", SUPERVISE, "sh", str(home.console), str(home.exit_file), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        cwd=home.folder,
        start_new_session=True,
        check=True,
        text=True,
    )
    return int(started.stdout)


def born(pid: int, home: Home) -> float:
    """When a process was created, which tells it from a later one of the same number."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        raise crash.explain(home) from None


def end(pid: int, patience: float) -> None:
    """Asks a process to end, and kills it when it does not within `patience` seconds."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.terminate()
        try:
            process.wait(patience)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(patience)
