"""The server that this installation uses, whoever started it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Server:
    """A Neo4j that answers: where it is, how to log in, what it is."""

    uri: str
    """Bolt address."""
    username: str
    password: str = field(repr=False)
    database: str
    kind: Literal["given", "child"]
    """`given` by NEO4J_URI, or our own `child` process."""
    version: str
    """Neo4j's own version, like 5.26.31."""
    edition: str
    """`community` or `enterprise`."""
    browser: str = ""
    """Address of Neo4j Browser, where there is one."""
    pid: int = 0
    """Process of the child; 0 for a given server."""
    seconds_to_start: float = 0.0
    """How long this call waited for it to answer; 0 when it ran already."""

    @property
    def auth(self) -> tuple[str, str]:
        """Name and password, as the driver takes them."""
        return self.username, self.password

    @property
    def sentence(self) -> str:
        """The server as a person reads it in a log."""
        origin = f"child process {self.pid}" if self.kind == "child" else "given by NEO4J_URI"
        return f"Neo4j {self.version} {self.edition} at {self.uri} ({origin})"
