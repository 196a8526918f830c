"""Which systems each account's picture stands on."""

from __future__ import annotations

from pathlib import Path

from graph.connection import Statements
from graph.projection.derived import Key
from graph.statement import read_statement

SUPPLIERS = read_statement(Path(__file__).parent / "suppliers.cypher").text


def suppliers(session: Statements) -> dict[Key, tuple[()]]:
    """(system, account), for every system with a record of something of the account's family."""
    return {(source, account): () for account, source in session.rows(SUPPLIERS)}
