"""Which systems each account's picture stands on."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from graph.connection import Statements
from graph.projection.derived import Key
from graph.statement import read_statement

HERE = Path(__file__).parent
SUPPLIERS = read_statement(HERE / "suppliers.cypher").text
ACCOUNTS = read_statement(HERE / "accounts.cypher").text


def suppliers(session: Statements, accounts: Collection[str] | None = None) -> dict[Key, tuple[()]]:
    """(system, account), for every system with a record of something of the account's family."""
    if accounts is None:
        accounts = [id for (id,) in session.rows(ACCOUNTS)]
    rows = session.rows(SUPPLIERS, account_ids=sorted(accounts))
    return {(source, account): () for account, source in rows}
