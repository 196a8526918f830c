"""What `./footprint rules new` writes: a rule with every key, in order, to be changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from graph.errors import UsageError

ID = "contract_is_not_renewed"
TEMPLATE = Path(__file__).with_suffix(".yaml")


def write_template(folder: Path, name: str) -> Path:
    """The two files of a new rule `theme/id`; the path of its YAML. Nothing is overwritten."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*", name):
        raise UsageError(
            f"{name!r} is no theme and id in small letters",
            remedy=f"write it like renewal/{ID}",
        )
    path = folder / f"{name}.yaml"
    for file in (path, path.with_suffix(".cypher")):
        if file.exists():
            raise UsageError(
                "there is a rule of that id", where=str(file), remedy="an id is never used again"
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    meaning = TEMPLATE.read_text(encoding="utf-8")
    path.write_text(meaning.replace(ID, path.stem), encoding="utf-8")
    shutil.copyfile(TEMPLATE.with_suffix(".cypher"), path.with_suffix(".cypher"))
    return path
