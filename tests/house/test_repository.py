"""What the repository promises about itself: small files, no machine's marks, one version."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from graph.engine.artifacts import VERSION
from graph.settings import ROOT

LONGEST = 300
CODE = {".py", ".cypher", ".ts", ".tsx", ".css"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "core", "misc"}
# Where Cypher may stand in Python: the one write path, the schema, the engine's health probe,
# and the fingerprint, which reads every label of the model.
CYPHER_ROOMS = (
    "graph/facts/",
    "graph/schema/",
    "graph/engine/probe.py",
    "graph/fingerprint.py",
    "graph/projection/derived.py",
    "tests/",
)
CYPHER = re.compile(
    r"\b(MATCH|MERGE|CREATE)\s*\(|\bUNWIND\s+\$|\bDETACH DELETE\b|\bCALL\s+(db|dbms)\."
)
# Hosts of package registries, in two parts so that this file names none of them either.
HOSTS = [
    left + right
    for left, right in (
        ("pypi.", "org"),
        ("pythonhosted.", "org"),
        ("maven.apache.", "org"),
        ("maven.", "org"),
        ("registry.npmjs.", "org"),
        ("deb.debian.", "org"),
    )
]


def tracked(*suffixes: str) -> list[Path]:
    """Files of the repository, those that are not committed yet among them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = [ROOT / name for name in listed]
    return [one for one in files if one.is_file() and (not suffixes or one.suffix in suffixes)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def texts() -> dict[str, str]:
    """Every tracked text file by name."""
    found = {}
    for path in tracked():
        try:
            found[name_of(path)] = path.read_text()
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_of_code_is_longer_than_a_person_reads() -> None:
    long = {
        name_of(path): len(path.read_text().splitlines())
        for path in tracked(*CODE)
        if len(path.read_text().splitlines()) > LONGEST
    }
    assert long == {}


def test_no_file_names_a_registry_or_this_machine() -> None:
    marks = [*HOSTS, str(Path.home()) + "/", str(ROOT.parent) + "/"]
    marks = [mark for mark in marks if len(mark) > 2]
    named = [(name, mark) for name, text in texts().items() for mark in marks if mark in text]
    assert named == []


def test_the_locks_name_packages_and_checksums_only() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        assert "://" not in lock.read_text()
        assert "--hash=sha256:" in lock.read_text()


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[=<>~; ]", one)[0].lower() for one in wanted}
    locked = re.findall(r"(?m)^([a-z0-9._-]+)==", (ROOT / "requirements-dev.txt").read_text())
    assert names - set(locked) == set()


def test_cypher_stands_in_cypher_files() -> None:
    astray = []
    for path in tracked(".py"):
        if name_of(path).startswith(CYPHER_ROOMS):
            continue
        tree = ast.parse(path.read_text())
        prose = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
        astray += [
            f"{name_of(path)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
            and CYPHER.search(node.value)
        ]
    assert astray == []


def _has_docstring(node: ast.AST) -> bool:
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return isinstance(node, kinds) and ast.get_docstring(node) is not None


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        name_of(path) for path in tracked(".py") if VAGUE & set(path.with_suffix("").parts[-2:])
    ] == []


def test_tests_are_no_packages() -> None:
    assert [name_of(path) for path in tracked(".py") if path.match("tests/**/__init__.py")] == []


def test_every_place_means_the_same_neo4j() -> None:
    image = f"neo4j:{VERSION}-community"
    assert f"image: {image}\n" in (ROOT / "docker-compose.yml").read_text()
    assert f'"{image}"' in (ROOT / "tests" / "conftest.py").read_text()


def test_make_explains_each_target() -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"(?m)^  make (\w+)", printed)
    assert {"demo", "test", "check", "bench", "lock", "clean"} <= set(targets)
    assert all(re.search(rf"(?m)^  make {target} +[A-Z].*\.$", printed) for target in targets)


@pytest.mark.parametrize("script", ["footprint", "bootstrap", ".ci/run"])
def test_scripts_can_be_run_and_parse(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    shell = "bash" if "bash" in path.read_text().splitlines()[0] else "sh"
    subprocess.run([shell, "-n", str(path)], check=True)
