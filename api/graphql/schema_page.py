"""Writes web/schema.graphql, all that a front end knows: `python -m api.graphql.schema_page`."""

from __future__ import annotations

import sys

from api.graphql.schema import build_schema, printed
from graph.settings import ROOT

PAGE = ROOT / "web" / "schema.graphql"


def stale() -> bool:
    """Whether the page is not what the types say."""
    return not PAGE.exists() or PAGE.read_text(encoding="utf-8") != printed(build_schema())


def main() -> int:
    """Write the page; with `--check` only say whether it is stale."""
    if "--check" in sys.argv:
        if stale():
            sys.stderr.write("web/schema.graphql is stale -> python -m api.graphql.schema_page\n")
        return 1 if stale() else 0
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(printed(build_schema()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
