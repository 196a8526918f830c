"""What is written down about the local database's process, and whether it still runs."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from dataclasses import asdict, dataclass

import psutil

from graph.engine.home import LOOPBACK, Home, replace_text

# Seconds until a process that has ended must have left its exit code.
SETTLE = 2.0


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """One started process: a number alone may be another process's by now, so also its birth."""

    pid: int
    created: float
    bolt_port: int
    http_port: int

    @property
    def uri(self) -> str:
        """Bolt address of the process."""
        return f"bolt://{LOOPBACK}:{self.bolt_port}"

    def listens(self) -> bool:
        """Whether somebody accepts connections on its Bolt port."""
        try:
            with socket.create_connection((LOOPBACK, self.bolt_port), 1.0):
                return True
        except OSError:
            return False


def read_record(home: Home) -> ChildRecord | None:
    """The last started process; None if there was none or the record is damaged."""
    try:
        return ChildRecord(**json.loads(home.record_file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write_record(home: Home, record: ChildRecord) -> None:
    """Keeps the record for the next command."""
    replace_text(home.record_file, json.dumps(asdict(record)) + "\n")


def alive(record: ChildRecord) -> bool:
    """Whether the recorded process itself still runs."""
    try:
        process = psutil.Process(record.pid)
        return (
            abs(process.create_time() - record.created) < 1.0
            and process.status() != psutil.STATUS_ZOMBIE
        )
    except psutil.Error:
        return False


def exit_code(home: Home) -> int | None:
    """How the last process ended, if it ended by itself; None after an orderly stop."""
    with contextlib.suppress(OSError, ValueError):
        return int(home.exit_file.read_text())
    return None


def await_exit_code(home: Home) -> int | None:
    """How a process ended that was seen to end just now."""
    deadline = time.monotonic() + SETTLE
    while (code := exit_code(home)) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return code


def forget_exit(home: Home) -> None:
    """Drops the exit code of a process that was stopped on purpose."""
    await_exit_code(home)
    home.exit_file.unlink(missing_ok=True)
