"""A rule in order, for tests to break one thing of."""

from __future__ import annotations

from pathlib import Path

from rules.engine.files.template import ID, TEMPLATE


def write_rule(
    folder: Path, *, yaml: tuple[str, str] = ("", ""), cypher: tuple[str, str] = ("", "")
) -> Path:
    """The rule's two files with one text replaced in each; the path of the YAML."""
    theme = folder / "renewal"
    theme.mkdir(exist_ok=True)
    path = theme / f"{ID}.yaml"
    path.write_text(_replaced(TEMPLATE, *yaml), encoding="utf-8")
    path.with_suffix(".cypher").write_text(
        _replaced(TEMPLATE.with_suffix(".cypher"), *cypher), encoding="utf-8"
    )
    return path


def _replaced(file: Path, old: str, new: str) -> str:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"the sample has no {old!r}")
    return text.replace(old, new, 1) if old else text
