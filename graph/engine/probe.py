"""Asks a server whether it answers, and whether it is a Neo4j that this program can use."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from neo4j import Auth, Driver, GraphDatabase
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    UnsupportedServerProduct,
)

from graph.errors import EngineIncompatible, EngineUnavailable, LoginRefused, SettingsError

REMEDY_GIVEN = "check NEO4J_URI and that the server runs; unset it to use the local database"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says about itself."""

    version: str
    edition: str


def driver_for(uri: str, auth: tuple[str, str] | None, *, connect_timeout: float) -> Driver:
    """A driver for short questions; SettingsError when the address is not one."""
    try:
        return GraphDatabase.driver(
            uri,
            auth=Auth("basic", *auth) if auth else None,
            connection_timeout=connect_timeout,
            connection_acquisition_timeout=connect_timeout * 2,
            max_transaction_retry_time=0,
        )
    except (ConfigurationError, ValueError) as error:
        raise SettingsError(
            f"{uri!r} is not the address of a Neo4j server: {_first_line(error)}",
            where="NEO4J_URI",
            remedy="write it like bolt://host:7687 or neo4j+s://host",
        ) from None


def ask(uri: str, auth: tuple[str, str] | None, database: str, *, connect_timeout: float) -> Answer:
    """What the server at `uri` is; raises the EngineError that explains why it cannot be used."""
    with driver_for(uri, auth, connect_timeout=connect_timeout) as driver:
        try:
            agent = driver.get_server_info().agent
            records, _, _ = driver.execute_query("RETURN 1 AS one", database_=database)
            answer = _identity(driver, agent, database)
        except AuthError as error:
            raise LoginRefused(
                f"the server refuses name or password: {_first_line(error)}",
                where=uri,
                remedy="check NEO4J_USERNAME and NEO4J_PASSWORD",
            ) from None
        except UnsupportedServerProduct:
            raise EngineIncompatible(
                "what listens there does not speak Bolt, or only a version that is too old",
                where=uri,
                remedy="is this the HTTP port? Bolt is usually 7687, and Footprint needs Neo4j 5",
            ) from None
        except ServiceUnavailable as error:
            raise _unreachable(uri, error, connect_timeout) from None
        except (DriverError, Neo4jError, OSError) as error:
            raise _refused(uri, database, error) from None
    if not records:
        raise EngineIncompatible("the server answered RETURN 1 with nothing", where=uri)
    return answer


def _identity(driver: Driver, agent: str, database: str) -> Answer:
    """The kernel's version and edition; only Neo4j itself has `dbms.components`."""
    try:
        records, _, _ = driver.execute_query(
            "CALL dbms.components() YIELD name, versions, edition RETURN name, versions, edition",
            database_=database,
        )
    except ClientError:
        raise EngineIncompatible(
            f"the server calls itself {agent or 'nothing'} and is not Neo4j",
            remedy="Footprint needs Neo4j 5; other databases that speak Bolt are not supported",
        ) from None
    for name, versions, edition in records:
        if name == "Neo4j Kernel" and versions:
            return Answer(str(versions[0]), str(edition))
    raise EngineIncompatible(f"the server calls itself {agent} and names no Neo4j kernel")


def require_supported(answer: Answer, uri: str) -> None:
    """Raises EngineIncompatible unless the server is a Neo4j 5."""
    if answer.version.split(".")[0] == "5":
        return
    raise EngineIncompatible(
        f"the server is Neo4j {answer.version}, and Footprint needs Neo4j 5 (5.26 LTS)",
        where=uri,
        remedy="point NEO4J_URI at a Neo4j 5, or unset it to use the local database",
    )


def _unreachable(uri: str, error: Exception, timeout: float) -> EngineUnavailable:
    """Tells a closed port from a server that speaks something else."""
    if _accepts(uri, timeout):
        return EngineUnavailable(
            f"something listens there but does not speak Bolt ({_first_line(error)})",
            where=uri,
            remedy="is this the HTTP port? Bolt is usually 7687. " + REMEDY_GIVEN,
        )
    return EngineUnavailable(
        f"nothing answers ({_first_line(error)})", where=uri, remedy=REMEDY_GIVEN
    )


def _refused(uri: str, database: str, error: Exception) -> EngineUnavailable:
    code = getattr(error, "code", None) or ""
    if "DatabaseNotFound" in code:
        return EngineUnavailable(
            f"the server has no database {database!r}",
            where=uri,
            remedy="correct NEO4J_DATABASE, or create that database",
        )
    return EngineUnavailable(
        f"the server cannot be used: {_first_line(error)}", where=uri, remedy=REMEDY_GIVEN
    )


def _accepts(uri: str, timeout: float) -> bool:
    address = urlsplit(uri)
    try:
        port = address.port or 7687
        with socket.create_connection((address.hostname or "", port), min(timeout, 3.0)):
            return True
    except (OSError, ValueError):
        return False


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
