"""An event as a line for a person."""

from __future__ import annotations

from typing import Any

import orjson


def line(event: bytes) -> str:
    """When, what, of what, and what is told of it."""
    told = orjson.loads(event)
    type = told["type"].removeprefix("footprint.").removesuffix(".v1")
    return f"{told['time'][:19]}  {type:<26} {told['subject']}  {_said(told['data'])}"


def _said(data: dict[str, Any]) -> str:
    if "after" in data:
        return f"{data['rule']}: {data['before'] or 'new'} -> {data['after']}"
    if "parents" in data:
        above = [f"{one['view']} {(one['parent_id'] or 'hidden')[:8]}" for one in data["parents"]]
        return f"below {', '.join(above)}" if above else "stands by itself"
    if "sources" in data:
        return f"took in {', '.join(one[:8] for one in data['sources'])}"
    return f"from {data['source']}"
