"""Writes docs/queries.md: every named question, what it takes and what its rows hold."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from graph.errors import UsageError
from graph.settings import ROOT
from graph.statement import Statement, read_statement

FOLDER = Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "queries.md"
HEAD = """# Named questions

This page is written by `python -m queries.document` from `queries/`; change the files there. Each
question is a `.cypher` file that runs as it stands in Neo4j Browser (give its parameters with
`:param`), and an async function of the same name beside it. They only read.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def check() -> bool:
    """Whether the page is as the files would write it."""
    return PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()


def _lines() -> Iterator[str]:
    yield HEAD
    for subject in sorted({path.parent for path in FOLDER.glob("*/*.cypher")}):
        module = importlib.import_module(f"queries.{subject.name}")
        yield f"## {subject.name}\n"
        yield f"{(module.__doc__ or '').strip()}\n"
        for path in sorted(subject.glob("*.cypher")):
            yield from _question(read_statement(path))


def _question(statement: Statement) -> Iterator[str]:
    subject = statement.path.parent.name
    module = importlib.import_module(f"queries.{subject}.{statement.name}")
    function = getattr(module, statement.name)
    yield f"### {statement.name}\n"
    yield f"{statement.sentence}\n"
    yield f"- asked with {_parameters(function)}"
    yield f"- gives {', '.join(f'`{column}`' for column in statement.columns)}"
    yield f"- [Cypher](../queries/{subject}/{statement.name}.cypher)\n"


def _parameters(function: object) -> str:
    given = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    return ", ".join(
        f"`{one.name}`"
        + ("" if one.default is inspect.Parameter.empty else f" (else {_default(one.default)})")
        for one in given
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    )


def _default(value: object) -> str:
    return "now, or all" if value is None else f"`{value}`"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is current; the exit code says it too."""
    if arguments not in ([], ["--check"]):
        raise UsageError("unknown arguments", remedy="python -m queries.document [--check]")
    if arguments:
        return 0 if check() else 1
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
