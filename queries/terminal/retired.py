"""Ids that a company once had, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from graph.layout import Row, heading, show_rows
from queries.entity.aliases import Alias
from queries.terminal.words import minute


def show_aliases(aliases: Sequence[Alias]) -> None:
    """Print which ids now lead to a company, and why."""
    if not aliases:
        return
    heading("merged into it")
    rows = [
        Row((one.reference or one.alias_id, minute(one.retired_at)), [one.reason or "no reason"])
        for one in aliases
    ]
    show_rows(rows, wide=0, notes_under=0)
