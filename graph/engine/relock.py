"""Writes the lock of the local database's jars anew: `python -m graph.engine.relock`."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from jgo.maven import MavenContext

from graph.engine.artifacts import BROWSER, LOCK, ROOTS, Artifact
from graph.engine.download import PARALLEL, repository_address, sha256_of
from graph.progress import LineProgress

HEADER = "# The local database's jars: coordinate, sha256, bytes. Made by `make lock`.\n"


def resolve() -> list[str]:
    """The coordinates of every jar that Neo4j needs to run, and of Neo4j Browser."""
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder), timeout=60)
        roots = [context.create_dependency(coordinate) for coordinate in ROOTS]
        inputs, transitive = context.resolver.resolve(roots)
    jars = {dependency.artifact for dependency in inputs + transitive}
    named = {
        ":".join(filter(None, (jar.groupId, jar.artifactId, jar.version, jar.classifier)))
        for jar in jars
    }
    return sorted(named | {BROWSER})


def measure(coordinate: str) -> Artifact:
    """What the repository holds under a coordinate, measured by fetching it."""
    unknown = Artifact(coordinate, "", 0)
    with tempfile.NamedTemporaryFile() as file:
        response = requests.get(f"{repository_address()}/{unknown.path}", timeout=60)
        response.raise_for_status()
        file.write(response.content)
        file.flush()
        return Artifact(coordinate, sha256_of(Path(file.name)), len(response.content))


def main() -> None:
    """Resolves, measures and writes."""
    progress = LineProgress(sys.stderr)
    with progress("resolving Neo4j's dependencies (about a minute)"):
        coordinates = resolve()
    artifacts = []
    with progress("measuring", unit="jars") as task, ThreadPoolExecutor(PARALLEL) as pool:
        for artifact in pool.map(measure, coordinates):
            artifacts.append(artifact)
            task.update(len(artifacts), len(coordinates))
    lines = [f"{one.coordinate} {one.sha256} {one.size}\n" for one in artifacts]
    LOCK.write_text(HEADER + "".join(lines))


if __name__ == "__main__":
    main()
