"""The local database's folder: its files, its password, its ports, the version of its store."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from graph.engine.artifacts import VERSION
from graph.errors import EngineIncompatible, EngineStartFailed, EngineUnavailable
from graph.settings import Settings

LOOPBACK = "127.0.0.1"
# Neo4j's own form of a stored password: rounds of SHA-256 over salt and password.
ROUNDS = 1024


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of one local database lies."""

    folder: Path

    @property
    def data(self) -> Path:
        """The store, the transaction logs and the first password."""
        return self.folder / "data"

    @property
    def conf(self) -> Path:
        """Configuration, written anew at every start."""
        return self.folder / "conf"

    @property
    def console(self) -> Path:
        """What the process printed since its last start."""
        return self.folder / "logs" / "console.log"

    @property
    def password_file(self) -> Path:
        """The random password, readable by its owner only."""
        return self.folder / "password"

    @property
    def version_file(self) -> Path:
        """The version that last opened the store."""
        return self.folder / "store-version"

    @property
    def record_file(self) -> Path:
        """Which process runs, on which ports."""
        return self.folder / "child.json"

    @property
    def exit_file(self) -> Path:
        """The exit code of the process, once it has ended."""
        return self.folder / "exit-code"

    @property
    def lock_file(self) -> Path:
        """Held by whoever starts, stops or resets; beside the folder, for a reset deletes that."""
        return self.folder.with_name(f"{self.folder.name}.lock")

    def prepare(self) -> None:
        """Makes the folders, and the password before the first start."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for name in ("data/dbms", "conf", "logs", "run", "import"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        if not self.password_file.exists():
            self._set_first_password(secrets.token_urlsafe(24))

    def password(self) -> str:
        """The password of the local database."""
        try:
            return self.password_file.read_text().strip()
        except OSError as error:
            raise EngineUnavailable(
                f"the local database's password cannot be read: {error.strerror}",
                where=str(self.password_file),
                remedy="restore that file, or start over with ./footprint db reset",
            ) from None

    def _set_first_password(self, password: str) -> None:
        if (self.data / "databases").exists():
            raise EngineStartFailed(
                "the local database has data but its password file is gone",
                where=str(self.password_file),
                remedy="restore that file, or start over with ./footprint db reset",
            )
        auth = self.data / "dbms" / "auth.ini"
        write_private(auth, f"neo4j:{stored_password(password)}:\n")
        write_private(self.password_file, password + "\n")

    def require_own_version(self) -> None:
        """Raises EngineIncompatible when another Neo4j has written the store."""
        if not self.version_file.exists():
            return
        found = self.version_file.read_text().strip()
        if _numbers(found) > _numbers(VERSION):
            raise _other_store(found, "newer", self)
        if _numbers(found)[:1] != _numbers(VERSION)[:1]:
            raise _other_store(found, "older", self)

    def note_version(self, version: str) -> None:
        """Remembers which version has opened the store."""
        replace_text(self.version_file, version + "\n")


def home_of(settings: Settings) -> Home:
    """The local database's folder of an installation."""
    return Home(settings.state_dir / "neo4j")


def stored_password(password: str, salt: bytes | None = None) -> str:
    """A password as Neo4j's first-start file holds it: algorithm, digest, salt, rounds."""
    salt = salt or secrets.token_bytes(32)
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return f"SHA-256,{digest.hex()},{salt.hex()},{ROUNDS}"


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def replace_text(path: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text)
    draft.replace(path)


def choose_port(wanted: int, remembered: int, variable: str) -> int:
    """A port to listen on: the fixed one or an error, the remembered one if free, else any."""
    if wanted:
        if is_free(wanted):
            return wanted
        raise EngineStartFailed(
            f"port {wanted} is taken by another program",
            where=variable,
            remedy=f"end that program, or unset {variable} to let a free port be chosen",
        )
    if remembered and is_free(remembered):
        return remembered
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether this machine's loopback has nobody on a port."""
    with contextlib.suppress(OSError), socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
        return True
    return False


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _other_store(found: str, age: str, home: Home) -> EngineIncompatible:
    return EngineIncompatible(
        f"the local database was written by the {age} Neo4j {found}, and this one is {VERSION}",
        where=str(home.data),
        remedy="use the Footprint that wrote it, or start over with ./footprint db reset "
        "and load the evidence again",
    )
