"""The local database's jars: which ones the lock names, and where they lie on this machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from graph.errors import ArtifactsUnavailable
from graph.progress import Progress
from graph.settings import Settings

VERSION = "5.26.31"
BROWSER = "org.neo4j.client:neo4j-browser:5.24.0"
ROOTS = (f"org.neo4j:neo4j:{VERSION}", f"org.neo4j.app:neo4j-server:{VERSION}")
LOCK = Path(__file__).with_name("artifacts.lock")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One jar: its Maven coordinate and what its bytes must be."""

    coordinate: str
    sha256: str
    size: int

    @property
    def filename(self) -> str:
        """The jar's name in a repository and on disk."""
        _, name, *rest = self.coordinate.split(":")
        return "-".join([name, *rest]) + ".jar"

    @property
    def path(self) -> str:
        """Where the jar lies in a Maven repository."""
        group, name, version = self.coordinate.split(":")[:3]
        return f"{group.replace('.', '/')}/{name}/{version}/{self.filename}"

    @property
    def place(self) -> str:
        """Where the jar lies in our folder: Browser is a plug-in, all else the class path."""
        return f"{'plugins' if self.coordinate == BROWSER else 'lib'}/{self.filename}"


@dataclass(frozen=True, slots=True)
class Jars:
    """A complete and verified set of jars on this machine."""

    folder: Path
    artifacts: tuple[Artifact, ...]

    @property
    def plugins(self) -> Path:
        """Folder of the jars that the server loads as plug-ins."""
        return self.folder / "plugins"

    @property
    def class_path(self) -> list[Path]:
        """Every jar, as the start of the server needs it."""
        return [self.folder / artifact.place for artifact in self.artifacts]


def read_lock(lock: Path = LOCK) -> tuple[Artifact, ...]:
    """What the lock names, one jar a line: `group:artifact:version[:classifier] sha256 bytes`."""
    lines = [line.split() for line in lock.read_text().splitlines()]
    return tuple(
        Artifact(line[0], line[1], int(line[2])) for line in lines if line and line[0][0] != "#"
    )


def provide(settings: Settings, progress: Progress, lock: Path = LOCK) -> Jars:
    """All jars, fetched if they are not here yet; ArtifactsUnavailable if they cannot be had."""
    artifacts = read_lock(lock)
    jars = Jars(settings.artifact_cache / f"neo4j-{VERSION}", artifacts)
    stamp = jars.folder / "complete"
    seal = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _is_complete(jars, stamp, seal):
        return jars
    # Imported here: only a first use needs the network, and every command would pay for it.
    from graph.engine.download import fetch

    try:
        for name in ("lib", "plugins"):
            (jars.folder / name).mkdir(parents=True, exist_ok=True)
        with FileLock(jars.folder / "fetching.lock"):
            if not _is_complete(jars, stamp, seal):
                fetch(artifacts, jars.folder, settings.artifact_repository, progress)
                stamp.write_text(seal)
    except OSError as error:
        raise ArtifactsUnavailable(
            f"the database's jars cannot be kept: {error.strerror or error}",
            where=str(jars.folder),
            remedy="free 150 MB there, or set FOOTPRINT_ARTIFACT_CACHE to a folder with room",
        ) from None
    return jars


def _is_complete(jars: Jars, stamp: Path, seal: str) -> bool:
    """Whether every jar was verified against this lock and has not changed since."""
    try:
        if stamp.read_text() != seal:
            return False
        verified = stamp.stat().st_mtime_ns
        for artifact, path in zip(jars.artifacts, jars.class_path, strict=True):
            found = path.stat()
            if found.st_size != artifact.size or found.st_mtime_ns > verified:
                return False
    except OSError:
        return False
    return True
