"""What hostile statements are tried on, and what became of them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neo4j import Driver

from graph.connection import BatchSession
from graph.errors import RuleStopped, StatementError
from graph.sandbox import Limits, Sandbox
from graph.statement import Statement, parse_statement
from rules.engine.safety.sandbox import examined, hints

LIMITS = Limits(seconds=1.0, rows=2_000, values=20_000)
PATH = Path("rules/theme/hostile.cypher")
NOBODY = "http://127.0.0.1:9/"
WHAT_THERE_IS = (
    "MATCH (it) RETURN count(it), sum(size(keys(it)))",
    "MATCH ()-[fact]->() RETURN count(fact), sum(size(keys(fact)))",
    "MATCH (it) UNWIND labels(it) AS label RETURN label, count(*) AS n ORDER BY label",
    "SHOW INDEXES YIELD name RETURN name ORDER BY name",
    "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name",
    "SHOW USERS YIELD user RETURN user ORDER BY user",
)


@dataclass
class Listener:
    """An address that counts who calls."""

    address: str
    calls: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Stop:
    """What stopped a statement: which gate, where, why, what to write; how long it ran."""

    by: str
    where: str
    reason: str
    mend: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Hostility:
    """What there was before and after all hostile statements, and what stopped each."""

    before: list[list[Any]]
    stops: dict[str, Stop | None]
    after: list[list[Any]]
    calls: int


@contextmanager
def listening() -> Iterator[Listener]:
    """An address that counts who calls, until the end."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(f"http://127.0.0.1:{server.getsockname()[1]}/")

        def accept() -> None:
            while True:
                try:
                    found.calls.append(server.accept()[1])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield found


def fill(session: BatchSession) -> None:
    """Forty nodes that are all related to each other, and three thousand sites."""
    session.run("UNWIND range(1, 40) AS n CREATE (:Dense {n: n})")
    session.run("MATCH (a:Dense), (b:Dense) WHERE a <> b CREATE (a)-[:NEAR]->(b)")
    session.run(
        "UNWIND range(1, 3000) AS n CREATE (:Site {id: toString(n), n: n, name: 'site ' + n})"
    )


def there_is(driver: Driver) -> list[list[Any]]:
    """All that a statement could have changed: nodes, properties, labels, schema, users."""
    with driver.session() as session:
        return [[list(row) for row in session.run(asked).values()] for asked in WHAT_THERE_IS]


def statement_of(case: dict[str, Any], address: str = NOBODY) -> Statement:
    """The statement of a case, with its sentence in line 1."""
    cypher = case["cypher"].replace("$listener", address)
    if "repeat" in case:
        cypher = cypher.replace("@", case["repeat"][0] * case["repeat"][1])
    return parse_statement(f"// Tried. One row per thing.\n{cypher}", PATH)


def stop_of(case: dict[str, Any], address: str, planner: Sandbox, sandbox: Sandbox) -> Stop | None:
    """What stops a statement on the way that every author's statement goes."""
    try:
        statement = statement_of(case, address)
    except StatementError as error:
        return Stop("form", error.where, error.what, error.remedy)
    try:
        faults = examined(statement, planner)
    except StatementError as error:
        return Stop("server", error.where, error.what, error.remedy)
    if faults:
        by = "text" if hints(statement) else "plan"
        return Stop(by, faults[0].where, faults[0].reason, faults[0].mend)
    began = time.monotonic()
    try:
        sandbox.rows(statement)
    except (RuleStopped, StatementError) as error:
        by = error.limit if isinstance(error, RuleStopped) else "server"
        return Stop(by, error.where, error.what, error.remedy, time.monotonic() - began)
    return None
