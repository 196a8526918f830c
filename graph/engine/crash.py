"""Explains why the local database did not come up, from its exit code and its last lines."""

from __future__ import annotations

import errno
from pathlib import Path

from graph.engine.home import Home
from graph.engine.record import await_exit_code
from graph.errors import EngineStartFailed

# Exit codes of Neo4j's bootloader.
MEANING = {
    1: "the server failed to start",
    2: "another process uses this store",
    3: "the configuration or the class path is wrong",
}
# A sentence of the log, and what to do about it.
REMEDIES = (
    ("No space left on device", "free disk space (a start needs about 300 MB) and start again"),
    ("OutOfMemoryError", "raise FOOTPRINT_HEAP (for example 2g) and start again"),
    ("Could not reserve enough space", "lower FOOTPRINT_HEAP to what this machine has"),
    ("Cannot allocate memory", "lower FOOTPRINT_HEAP or FOOTPRINT_PAGE_CACHE"),
    ("Invalid maximum heap size", "write FOOTPRINT_HEAP like 512m or 2g"),
    ("Address already in use", "start again: another program took the port meanwhile"),
    ("Unrecognized setting", "report this: Neo4j and our configuration do not fit"),
    ("invalid or corrupt", "delete the jars' folder (FOOTPRINT_ARTIFACT_CACHE) and start again"),
    ("store lock", "end the other process that uses this folder, then start again"),
    ("Unsupported store", "start over with ./footprint db reset and load the evidence again"),
)
TAIL_LINES = 12
# A shell reports a process that a signal ended as 128 and the signal's number.
SIGNALLED = 128


def explain(home: Home) -> EngineStartFailed:
    """The error for a process that ended, with its exit code's meaning and its last lines."""
    code = await_exit_code(home)
    lines = last_lines(home.console, 200)
    return EngineStartFailed(
        f"Neo4j did not come up: {meaning(code)}\n"
        + "\n".join(f"  | {line}" for line in telling(lines)),
        where=str(home.console),
        remedy=_remedy(lines, code),
    )


def meaning(code: int | None) -> str:
    """What an exit code says."""
    if code is None:
        return "it ended"
    if code > SIGNALLED:
        return f"it was killed by signal {code - SIGNALLED}"
    return MEANING.get(code, f"it ended with exit code {code}")


def too_slow(home: Home, timeout: float, reason: str) -> EngineStartFailed:
    """The error for a process that runs but does not answer."""
    return EngineStartFailed(
        f"Neo4j did not answer within {timeout:g} seconds: {reason}",
        where=str(home.console),
        remedy="raise FOOTPRINT_START_TIMEOUT if this machine is busy; else read that log",
    )


def cannot_write(home: Home, error: OSError) -> EngineStartFailed:
    """The error for a state folder that cannot be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return EngineStartFailed(
        f"the local database's files cannot be written: {error.strerror or error}",
        where=str(error.filename or home.folder),
        remedy="free disk space (a start needs about 300 MB)"
        if full
        else "make that folder writable, or set FOOTPRINT_STATE_DIR to another one",
    )


def last_lines(path: Path, count: int) -> list[str]:
    """The end of a log; empty if there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 64_000))
            return file.read().decode(errors="replace").splitlines()[-count:]
    except OSError:
        return []


def telling(lines: list[str]) -> list[str]:
    """The lines that say what went wrong: errors and causes first, else simply the last ones."""
    marked = [line for line in lines if "ERROR" in line or line.startswith(("Caused by", "Error"))]
    return (marked or [line for line in lines if line.strip()])[-TAIL_LINES:]


def _remedy(lines: list[str], code: int | None) -> str:
    text = "\n".join(lines)
    for sign, remedy in REMEDIES:
        if sign in text:
            return remedy
    if code == 2:
        return "end the other process that uses this folder, then start again"
    if code == SIGNALLED + 9:
        return "the system may have run out of memory: lower FOOTPRINT_HEAP, then start again"
    return "read that log; ./footprint db reset starts over with an empty database"
