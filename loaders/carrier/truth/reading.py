"""Reads a written truth: what holds on a day."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson

from graph.errors import UsageError


def has_carrier(folder: Path) -> bool:
    """Whether a folder holds a written carrier."""
    return (folder / "truth" / "carrier.json").exists()


class Truth:
    """The truth of one written carrier."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "truth"
        if not has_carrier(folder):
            raise UsageError(
                f"{folder} holds no carrier", remedy="write one: ./footprint carrier write"
            )
        self.told: dict[str, Any] = orjson.loads((self.folder / "carrier.json").read_bytes())

    @property
    def scope(self) -> str:
        """The carrier as the scope of load runs: those of another one, or version, differ."""
        told = self.told
        return f"carrier {told['size']}-{told['seed']} {told['generator']}"

    def day(self, number: int) -> date:
        """The date of a numbered day; UsageError for a day that is none of the carrier's."""
        if not 0 <= number <= self.told["last_day"]:
            raise UsageError(
                f"there is no day {number}", remedy=f"a day from 0 to {self.told['last_day']}"
            )
        return date.fromisoformat(self.told["day_zero"]) + timedelta(days=number)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table."""
        for path in sorted(self.folder.glob(f"{name}-*.csv")):
            with path.open(newline="", encoding="utf-8") as file:
                yield from csv.DictReader(file)

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The values of a file of lines."""
        for path in sorted(self.folder.glob(f"{name}-*.jsonl")):
            with path.open("rb") as file:
                for line in file:
                    yield orjson.loads(line)

    def signals(self, number: int, rule: str = "") -> list[dict[str, Any]]:
        """The signals of a day: open ones, blind ones, and the cases that must not fire."""
        today = self.day(number).isoformat()
        found = []
        for signal in self.lines("signals"):
            if rule and signal["rule"] != rule:
                continue
            state = "silent"
            if signal["opens_on"] and signal["opens_on"] <= today:
                over = signal["clears_on"] and signal["clears_on"] <= today
                state = "cleared" if over else "open"
            if state == "open" and number in signal["blind_days"]:
                state = "blind"
            found.append({"rule": signal["rule"], "state": state, "case": signal["case"],
                          "opens_on": signal["opens_on"],
                          **signal["identity"]})  # fmt: skip
        return found

    def tree(self, number: int, root: str) -> list[dict[str, Any]]:
        """The family below an entity as it stood on a day and was known on that day, in order."""
        today = self.day(number).isoformat()
        below: dict[str, list[dict[str, str]]] = {}
        for link in self.rows("tree"):
            known = link["known_from"] <= today and not link["withdrawn_on"]
            if known and link["valid_from"] <= today < link["valid_to"]:
                below.setdefault(link["parent"], []).append(link)
        names = self._names(today)
        if root not in names:
            raise UsageError(f"there is no entity {root!r}", remedy="keys are in entities-*.csv")
        found: list[dict[str, Any]] = []
        waiting = [(root, 0, "")]
        while waiting:
            key, depth, share = waiting.pop()
            found.append({"entity": key, "depth": depth, "name": names[key], "share": share})
            for link in sorted(below.get(key, ()), key=lambda one: one["child"], reverse=True):
                if link["controlling"] == "1":
                    waiting.append((link["child"], depth + 1, link["share"]))
        return found

    def summary(self) -> dict[str, int]:
        """How much there is of everything."""
        counts = {name: sum(1 for _ in self.rows(name)) for name in ("identity", "tree", "dirt")}
        entities = {row["entity"] for row in self.rows("entities")}
        signals = list(self.lines("signals"))
        fires = sum(1 for one in signals if one["opens_on"])
        return {
            "entities": len(entities),
            "records of entities": counts["identity"],
            "links of the trees": counts["tree"],
            "mistakes": counts["dirt"],
            "events": sum(1 for _ in self.lines("events")),
            "rules with cases": len({one["rule"] for one in signals}),
            "cases that must fire": fires,
            "cases that must not": len(signals) - fires,
        }

    def mistakes(self) -> Counter[str]:
        """How many mistakes there are of each kind."""
        return Counter(row["dirt"] for row in self.rows("dirt"))

    def _names(self, today: str) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.rows("entities"):
            if row["entity"] not in names or row["valid_from"] <= today:
                names[row["entity"]] = row["name"]
        return names
