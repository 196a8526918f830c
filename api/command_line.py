"""The one command line: `./footprint`, assembled from the folders' own cli.py."""

from __future__ import annotations

import importlib
import importlib.util
import platform
import tomllib
from importlib.metadata import version as installed_version

import typer

from graph.cli import app as database
from graph.engine.artifacts import VERSION as NEO4J_VERSION
from graph.errors import FootprintError
from graph.settings import ROOT
from graph.terminal import INTERRUPTED, UNEXPECTED, AsJson, emit, run

# Folders that bring commands of their own; each has `add_commands(app)` in its cli.py.
CONTRIBUTORS = ("loaders.cli", "queries.cli", "rules.cli", "api.cli")


def exit_codes() -> dict[int, str]:
    """Every exit code and what it means, from the errors themselves."""
    codes = {0: "all went well", 1: "a failure that has no code of its own"}
    for kind in FootprintError.__subclasses__():
        sentence = (kind.__doc__ or "").splitlines()[0].rstrip(".")
        known = codes.get(kind.exit_code)
        codes[kind.exit_code] = f"{known}, or: {sentence}" if known else sentence
    codes[UNEXPECTED] = "A fault of Footprint itself"
    codes[INTERRUPTED] = "Interrupted"
    return dict(sorted(codes.items()))


def build() -> typer.Typer:
    """The whole command line."""
    codes = "\n\n".join(f"{code}: {meaning}." for code, meaning in exit_codes().items())
    app = typer.Typer(
        name="footprint",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        help="Account intelligence on a Neo4j graph: who owns whom, what they buy, "
        "what is about to happen.",
        epilog=f"Exit codes\n\n{codes}\n\nEvery command takes --json; results go to stdout, "
        "progress and errors to stderr. FOOTPRINT_DEBUG=1 shows tracebacks.",
    )
    app.add_typer(database, name="db")
    app.command(epilog="Example: ./footprint version --json")(version)
    for name in CONTRIBUTORS:
        if _exists(name):
            importlib.import_module(name).add_commands(app)
    return app


def version(as_json: AsJson = False) -> None:
    """Show the versions of Footprint and of what it stands on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    versions = {
        "footprint": project["version"],
        "local_neo4j": NEO4J_VERSION,
        "driver": installed_version("neo4j"),
        "python": platform.python_version(),
    }
    emit(versions, as_json)


def _exists(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def main() -> None:
    """Runs `./footprint`."""
    run(build())


if __name__ == "__main__":
    main()
