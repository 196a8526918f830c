"""Fetches jars in parallel, resumes what was cut short, and trusts only their checksums."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Protocol

import requests
from jgo.maven import MavenContext

from graph.errors import ArtifactsUnavailable
from graph.progress import Progress

PARALLEL = 8
TRIES = 3
CHUNK = 1 << 18
REMEDY = (
    "check the network and the proxy settings (HTTPS_PROXY), or set FOOTPRINT_ARTIFACT_REPOSITORY "
    "to a mirror; what was fetched is kept, so run the same command again"
)


class Wanted(Protocol):
    """A jar to fetch: where it lies there and here, and what its bytes must be."""

    @property
    def path(self) -> str:
        """Where it lies in the repository."""

    @property
    def place(self) -> str:
        """Where it lies in our folder."""

    @property
    def sha256(self) -> str:
        """Checksum of its bytes."""

    @property
    def size(self) -> int:
        """Number of its bytes."""


def repository_address(given: str = "") -> str:
    """The Maven repository to ask: the given one, else the one that jgo knows as central."""
    return (given or str(MavenContext().remote_repos["central"])).rstrip("/")


def fetch(wanted: Sequence[Wanted], folder: Path, repository: str, progress: Progress) -> None:
    """Brings every wanted jar that is not here yet; ArtifactsUnavailable names what failed."""
    _Fetch(wanted, folder, repository_address(repository)).run(progress)


def sha256_of(path: Path) -> str:
    """Checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Fetch:
    """One round of fetching, shared by its threads."""

    def __init__(self, wanted: Sequence[Wanted], folder: Path, repository: str) -> None:
        self.wanted = wanted
        self.folder = folder
        self.repository = repository
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.bytes = 0
        self.sessions = threading.local()

    def run(self, progress: Progress) -> None:
        total = len(self.wanted)
        with (
            progress(f"fetching Neo4j ({total} jars)", unit="jars") as task,
            ThreadPoolExecutor(PARALLEL, thread_name_prefix="fetch") as pool,
        ):
            pending: set[Future[None]] = {pool.submit(self._bring, one) for one in self.wanted}
            try:
                while pending:
                    done, pending = wait(pending, timeout=0.5, return_when=FIRST_COMPLETED)
                    task.update(total - len(pending), total, f"{self.bytes / 1e6:.0f} MB fetched")
                    for future in done:
                        future.result()
            finally:
                self.stopped.set()
                pool.shutdown(wait=True, cancel_futures=True)

    def _bring(self, one: Wanted) -> None:
        """One jar: kept if it is right, else fetched, and fetched once more if it came wrong."""
        target = self.folder / one.place
        if target.exists() and target.stat().st_size == one.size and _matches(target, one):
            return
        part = target.with_name(target.name + ".part")
        for attempt in range(2):
            self._download(one, part)
            if self.stopped.is_set():
                return
            if _matches(part, one):
                part.replace(target)
                return
            part.unlink()
            if attempt:
                raise ArtifactsUnavailable(
                    f"{target.name} came twice with other bytes than the lock names",
                    where=self.repository,
                    remedy="do not use it: a proxy or mirror may alter downloads; try another "
                    "with FOOTPRINT_ARTIFACT_REPOSITORY",
                )

    def _download(self, one: Wanted, part: Path) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                return self._receive(one, part)
            except requests.RequestException as error:
                status = error.response.status_code if error.response is not None else 0
                if attempt == TRIES or status in (401, 403, 404):
                    raise _unavailable(part.name.removesuffix(".part"), error) from None
            if self.stopped.wait(attempt):
                return None
        return None

    def _receive(self, one: Wanted, part: Path) -> None:
        """Adds to the part what is missing of it."""
        have = part.stat().st_size if part.exists() else 0
        if have >= one.size:
            return
        headers = {"Range": f"bytes={have}-"} if have else {}
        url = f"{self.repository}/{one.path}"
        with self._session().get(url, headers=headers, stream=True, timeout=(10, 30)) as response:
            response.raise_for_status()
            resumed = response.status_code == requests.codes.partial_content
            with part.open("ab" if resumed else "wb") as file:
                for chunk in response.iter_content(CHUNK):
                    if self.stopped.is_set():
                        return
                    file.write(chunk)
                    with self.lock:
                        self.bytes += len(chunk)

    def _session(self) -> requests.Session:
        if not hasattr(self.sessions, "session"):
            self.sessions.session = requests.Session()
        session: requests.Session = self.sessions.session
        return session


def _matches(path: Path, one: Wanted) -> bool:
    return sha256_of(path) == one.sha256


def _unavailable(name: str, error: requests.RequestException) -> ArtifactsUnavailable:
    if error.response is not None:
        reason = f"the repository answered {error.response.status_code}"
    elif isinstance(error, requests.exceptions.ProxyError):
        reason = "the proxy gives no way to the repository"
    elif isinstance(error, requests.exceptions.SSLError):
        reason = "the repository's certificate is not trusted here"
    elif isinstance(error, requests.Timeout):
        reason = "the repository did not answer in time"
    else:
        reason = "the repository cannot be reached"
    return ArtifactsUnavailable(
        f"{name} could not be fetched: {reason}",
        where=f"first use of the local database, {time.strftime('%H:%M')}",
        remedy=REMEDY,
    )
