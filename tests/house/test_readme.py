"""README keeps its word: its commands and targets exist.

That its picture is what the demo draws: tests/loaders/carrier/played, where it is loaded.
"""

from __future__ import annotations

import re
import shlex

import typer

from api.command_line import build
from graph.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_in_readme_exists() -> None:
    command = typer.main.get_command(build())
    named = set(re.findall(r"\./footprint ([a-z]+(?: [a-z]+)?)", README))
    for words in named:
        first, *rest = shlex.split(words)
        found = command.commands.get(first)  # type: ignore[attr-defined]
        assert found is not None, f"./footprint {first}"
        if rest and hasattr(found, "commands"):
            assert rest[0] in found.commands, f"./footprint {words}"


def test_every_make_target_in_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets
