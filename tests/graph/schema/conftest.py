"""A graph whose history of migrations is empty, and its own history again afterwards."""

from collections.abc import Iterator

import pytest

from graph.connection import BatchSession

HISTORY = "MATCH (migration:Migration) RETURN migration {.*, applied_at: null} AS row"
RESTORE = """
UNWIND $rows AS row
CREATE (migration:Migration) SET migration = row, migration.applied_at = datetime()
"""


@pytest.fixture
def unmigrated(batches: BatchSession) -> Iterator[BatchSession]:
    """A session on a graph that remembers no migration; what tests call Thing goes afterwards."""
    history = [row for (row,) in batches.rows(HISTORY)]
    batches.run("MATCH (migration:Migration) DELETE migration")
    yield batches
    batches.run_alone("DROP CONSTRAINT thing_id IF EXISTS")
    batches.run_alone("DROP INDEX thing_colour IF EXISTS")
    batches.run("MATCH (node) DETACH DELETE node")
    batches.run(RESTORE, rows=history)
