"""Where what a signal says now as of then differs from what it said then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson


def differences(kept: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """One sentence each; `evidence` is compared by its bytes, and told by nodes and facts."""
    found = [
        f"{name}: {kept[name]!s} then, {again[name]!s} as replayed"
        for name in kept
        if name != "evidence" and kept[name] != again[name]
    ]
    if kept["evidence"] != again["evidence"]:
        told = list(_told(orjson.loads(kept["evidence"]), orjson.loads(again["evidence"])))
        found += told or ["evidence: the same in another order"]
    return found


def _told(kept: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    for name in sorted(kept["columns"].keys() | again["columns"].keys()):
        then, now = (one["columns"].get(name) for one in (kept, again))
        if then != now:
            yield f"evidence {name}: {then} then, {now} as replayed"
    yield from _compared("node", _nodes(kept), _nodes(again))
    yield from _compared("fact", _facts(kept), _facts(again))


def _compared(
    kind: str, kept: dict[str, dict[str, Any]], again: dict[str, dict[str, Any]]
) -> Iterator[str]:
    for key in sorted(kept.keys() | again.keys()):
        if key not in again:
            yield f"{kind} {key}: not there as replayed"
        elif key not in kept:
            yield f"{kind} {key}: was not there then"
        else:
            for name in sorted(kept[key].keys() | again[key].keys()):
                then, now = kept[key].get(name), again[key].get(name)
                if then != now:
                    yield f"{kind} {key}.{name}: {then} then, {now} as replayed"


def _nodes(evidence: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{node['label']} {node['id']}": node["properties"]
        | {f"record.{name}": value for name, value in node.get("record", {}).items()}
        for node in evidence["nodes"]
    }


def _facts(evidence: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{fact['type']} {fact['id']} of {fact['recorded_from']} from {fact['valid_from']}": fact
        for fact in evidence["facts"]
    }
