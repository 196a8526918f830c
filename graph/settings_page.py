"""Writes docs/settings.md and .env.example from the settings: `python -m graph.settings_page`."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from graph.settings import ROOT, Settings, variable_of

HEAD = """# Settings

Made from `graph/settings.py` by `python -m graph.settings_page`; do not edit. Each setting is an
environment variable, or a line of `.env` in the root of the repository (`.env.example` is one to
copy). The environment wins over the file. A name or a value that is not understood is an error.

| variable | default | what it says |
|---|---|---|
"""
ENV_HEAD = (
    "# Copy to .env and uncomment what you change. Made by `python -m graph.settings_page`.\n"
)
# Defaults that depend on the machine, as a reader understands them.
SPOKEN = {"state_dir": ".footprint", "artifact_cache": "~/.cache/footprint"}


def pages() -> dict[Path, str]:
    """Both files and what they have to say."""
    rows, lines = [HEAD], [ENV_HEAD]
    for name, field in Settings.model_fields.items():
        default = _default(name, field)
        rows.append(f"| `{variable_of(name)}` | {f'`{default}`' if default else ''} | ")
        rows.append(f"{field.description} |\n")
        lines.append(f"\n# {field.description}\n# {variable_of(name)}={default}\n")
    return {ROOT / "docs" / "settings.md": "".join(rows), ROOT / ".env.example": "".join(lines)}


def stale() -> list[str]:
    """The files that do not say what the settings say."""
    return [
        str(path.relative_to(ROOT))
        for path, text in pages().items()
        if not path.exists() or path.read_text() != text
    ]


def main() -> int:
    """Writes both files; with `--check` only tells which are stale."""
    if "--check" in sys.argv:
        for name in stale():
            sys.stderr.write(f"{name} is stale -> run `python -m graph.settings_page`\n")
        return 1 if stale() else 0
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return 0


def _default(name: str, field: FieldInfo) -> str:
    if name in SPOKEN:
        return SPOKEN[name]
    if field.default is None or field.default is PydanticUndefined:
        return ""
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


if __name__ == "__main__":
    sys.exit(main())
