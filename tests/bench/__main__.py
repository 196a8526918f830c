"""`make bench`: one table of ratios, measured in one run on one server.

python tests/bench                       everything, at full size
python tests/bench first_load tree       by name
python tests/bench --size 20000 --json   smaller, for programs
python tests/bench sweep --loaded DIR    rules on the loaded installation of that state folder
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from asking import search, tree  # noqa: E402
from attacking import attacks  # noqa: E402
from changing import changes  # noqa: E402
from loading import first_load, linear, load_again, load_delta, neomodel_bulk  # noqa: E402
from measure import Bench, Result  # noqa: E402
from neo4j import GraphDatabase  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402
from ruling import explain, rules_beside_bare, sweep  # noqa: E402
from sandboxing import beside_hostile_rules  # noqa: E402
from serving import hierarchy_over_http  # noqa: E402

from graph.connection import open_batches  # noqa: E402
from graph.engine import open_server, stop_server  # noqa: E402
from graph.progress import LineProgress  # noqa: E402
from graph.schema import ensure_schema  # noqa: E402
from graph.settings import read_settings  # noqa: E402

BENCHES = {
    work.__name__: work
    for work in (
        first_load,
        load_again,
        load_delta,
        linear,
        neomodel_bulk,
        tree,
        search,
        hierarchy_over_http,
        attacks,
        beside_hostile_rules,
        changes,
        sweep,
        rules_beside_bare,
        explain,
    )
}


def main() -> int:
    """Run the benchmarks asked for; 0 when every goal was held, 1 when not."""
    arguments = _arguments()
    settings = read_settings(state_dir=ROOT / ".footprint" / "bench")
    server = open_server(settings, progress=LineProgress())
    results: list[Result] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        GraphDatabase.driver(server.uri, auth=server.auth) as driver,
    ):
        with open_batches(server) as session:
            ensure_schema(session)
        bench = Bench(server, settings, driver, Path(folder), arguments.size, arguments.loaded)
        for name in arguments.names or BENCHES:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)  # noqa: T201
            for result in BENCHES[name](bench):
                results.append(result)
                print(f"  {result.what}: {sentence(result)}", file=sys.stderr, flush=True)  # noqa: T201
        bench.wipe()
    stop_server(settings)
    if arguments.json:
        print(json.dumps([result.as_dict() for result in results], indent=2))  # noqa: T201
    else:
        Console().print(table(results))
    return 0 if all(result.held for result in results) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(BENCHES)}")
    parser.add_argument("--size", type=int, default=200_000, help="entities (default 200000)")
    parser.add_argument(
        "--loaded",
        type=Path,
        metavar="DIR",
        help="state folder of a loaded carrier, for sweep, rules_beside_bare and explain:\n"
        "rules are run on it; without it the tiny carrier is loaded and kept",
    )
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in BENCHES]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    return arguments


def sentence(result: Result) -> str:
    """The figure, its peer and the ratio."""
    beside = (
        f" against {result.beside:,.2f} ({result.peer}), {result.ratio:.2f}x"
        if result.beside
        else ""
    )
    return f"{result.figure:,.2f} {result.unit}{beside}, goal {result.goal:g}"


def table(results: list[Result]) -> Table:
    """What, figure, peer or limit, ratio, goal, held."""
    grid = Table(title="Footprint beside the bare engine and its peers")
    for name in ("what", "figure", "beside", "ratio", "goal", "held", "note"):
        grid.add_column(name, justify="left" if name in ("what", "held", "note") else "right")
    for result in results:
        sign = "≤" if result.better == "lower" else "≥"
        grid.add_row(
            result.what,
            f"{result.figure:,.2f} {result.unit}",
            f"{result.beside:,.2f} {result.peer}" if result.beside else result.peer,
            f"{result.ratio:.2f}" if result.beside else "",
            f"{sign} {result.goal:g}",
            "[green]yes[/green]" if result.held else "[red]no[/red]",
            result.note,
        )
    return grid


if __name__ == "__main__":
    sys.exit(main())
