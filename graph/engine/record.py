"""What is written down about the local database's process, and whether it still runs."""

from __future__ import annotations

import json
import socket
from dataclasses import asdict, dataclass

import psutil

from graph.engine.home import LOOPBACK, Home, replace_text


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
