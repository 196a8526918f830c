"""Stops every local database of this folder: `python -m graph.engine.sweep`."""

from __future__ import annotations

from graph.engine.child import stop_child
from graph.progress import LineProgress
from graph.settings import read_settings


def main() -> None:
    """Stops the database of each state folder under ours, the tests' among them."""
    settings = read_settings()
    for record in sorted(settings.state_dir.rglob("neo4j/child.json")):
        one = settings.model_copy(update={"state_dir": record.parent.parent})
        stop_child(one, LineProgress())


if __name__ == "__main__":
    main()
