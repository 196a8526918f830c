"""What the tests of feeds and of webhooks share: a log that they write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.connection import BatchSession
from graph.facts.outbox import append_rows
from tests.api.feeds.log import MOMENT


@pytest.fixture
def tell(batches: BatchSession) -> Callable[..., None]:
    """Append events in one transaction."""

    def tell(*rows: list[str], moment: str = MOMENT) -> None:
        batches.write(lambda tx: append_rows(tx, list(rows), moment=moment, run="test"))

    return tell
