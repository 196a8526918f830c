"""Jars are fetched once, resumed, verified, and every failure says what to do."""

from __future__ import annotations

import functools
import hashlib
import http.server
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.engine.artifacts import BROWSER, LOCK, VERSION, Jars, provide, read_lock
from graph.errors import ArtifactsUnavailable
from graph.progress import silent
from graph.settings import Settings, read_settings

COORDINATES = ("org.example:alpha:1.0", "org.example:beta:2.0:linux", BROWSER)


@dataclass
class Repository:
    """A Maven repository on loopback that counts, and can send other bytes than it should."""

    address: str = ""
    contents: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    spoiled: dict[str, int] = field(default_factory=dict)


class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, repository: Repository, *arguments: object) -> None:
        self.repository = repository
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1]
        wanted = self.headers.get("Range", "")
        self.repository.asked.append((name, wanted))
        body = self.repository.contents.get(self.path)
        if body is None:
            return self.send_error(404)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if self.repository.spoiled.get(name, 0) > 0:
            self.repository.spoiled[name] -= 1
            body = bytes(len(body))
        self.send_response(206 if wanted else 200)
        self.end_headers()
        self.wfile.write(body[start:])
        return None

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def repository() -> Iterator[Repository]:
    repository = Repository()
    handler = functools.partial(Handler, repository)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        repository.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield repository
        server.shutdown()


@pytest.fixture
def lock(tmp_path: Path, repository: Repository) -> Path:
    """A lock of three small jars that the repository holds."""
    file = tmp_path / "some.lock"
    bodies = {name: name.encode() * 1000 for name in COORDINATES}
    file.write_text("# comment\n" + "".join(_line(name, body) for name, body in bodies.items()))
    for artifact in read_lock(file):
        repository.contents["/" + artifact.path] = bodies[artifact.coordinate]
    return file


def _line(name: str, body: bytes) -> str:
    return f"{name} {hashlib.sha256(body).hexdigest()} {len(body)}\n"


@pytest.fixture
def cache(tmp_path: Path, repository: Repository) -> Settings:
    return read_settings(
        env_file=None,
        artifact_cache=tmp_path / "cache",
        artifact_repository=repository.address,
    )


def names(jars: Jars) -> list[str]:
    return sorted(path.name for path in jars.class_path if path.exists())


def test_all_jars_are_fetched_once(cache: Settings, repository: Repository, lock: Path) -> None:
    jars = provide(cache, silent, lock)
    assert names(jars) == ["alpha-1.0.jar", "beta-2.0-linux.jar", "neo4j-browser-5.24.0.jar"]
    assert [path.name for path in jars.plugins.iterdir()] == ["neo4j-browser-5.24.0.jar"]

    provide(cache, silent, lock)
    assert len(repository.asked) == 3


def test_a_download_that_was_cut_short_is_resumed(
    cache: Settings, repository: Repository, lock: Path
) -> None:
    part = cache.artifact_cache / f"neo4j-{VERSION}" / "lib" / "alpha-1.0.jar.part"
    part.parent.mkdir(parents=True)
    part.write_bytes((COORDINATES[0].encode() * 1000)[:5000])

    assert len(names(provide(cache, silent, lock))) == 3
    assert ("alpha-1.0.jar", "bytes=5000-") in repository.asked


def test_a_jar_that_came_damaged_is_fetched_once_more(
    cache: Settings, repository: Repository, lock: Path
) -> None:
    repository.spoiled["alpha-1.0.jar"] = 1

    assert len(names(provide(cache, silent, lock))) == 3
    assert [name for name, _ in repository.asked].count("alpha-1.0.jar") == 2


def test_a_jar_that_comes_damaged_twice_is_named_and_not_kept(
    cache: Settings, repository: Repository, lock: Path
) -> None:
    repository.spoiled["alpha-1.0.jar"] = 2

    with pytest.raises(ArtifactsUnavailable, match=r"alpha-1\.0\.jar came twice"):
        provide(cache, silent, lock)
    assert not list(cache.artifact_cache.rglob("alpha-1.0.jar*"))


def test_a_jar_that_changed_on_disk_is_fetched_again(
    cache: Settings, repository: Repository, lock: Path
) -> None:
    alpha = provide(cache, silent, lock).class_path[0]
    alpha.write_bytes(bytes(alpha.stat().st_size))
    os.utime(alpha, (time.time() + 5, time.time() + 5))

    provide(cache, silent, lock)
    assert alpha.read_bytes() == COORDINATES[0].encode() * 1000


def test_a_jar_that_the_repository_lacks_is_named(
    cache: Settings, repository: Repository, lock: Path
) -> None:
    del repository.contents["/org/example/alpha/1.0/alpha-1.0.jar"]

    with pytest.raises(ArtifactsUnavailable, match=r"alpha-1\.0\.jar .* answered 404"):
        provide(cache, silent, lock)


def test_without_a_network_the_first_use_says_what_to_do(
    tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    settings = read_settings(env_file=None, artifact_cache=tmp_path / "cache")

    with pytest.raises(ArtifactsUnavailable) as caught:
        provide(settings, silent, lock)
    assert "proxy" in caught.value.what
    assert "FOOTPRINT_ARTIFACT_REPOSITORY" in caught.value.remedy


def test_the_lock_names_each_jar_once_and_no_host() -> None:
    artifacts = read_lock()

    assert len({artifact.place for artifact in artifacts}) == len(artifacts) > 200
    assert f"org.neo4j:neo4j:{VERSION}" in {artifact.coordinate for artifact in artifacts}
    assert "//" not in LOCK.read_text()
