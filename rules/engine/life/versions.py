"""Every version of a rule that ever ran, kept beside the evidence: signals name theirs by hash."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from graph.connection import Statements
from graph.errors import NotFound, RuleError, UsageError
from graph.evidence import EvidenceStore
from graph.statement import read_statement
from rules.engine.files.format import FOLDER, Pair, read_pair, rule_paths
from rules.engine.files.pack import regional

RAN = read_statement(Path(__file__).parent / "versions.cypher").text
STATUS = re.compile(r"^status: *\w+", re.MULTILINE)
LIFE = ("experimental", "shadow", "stable", "deprecated")
"""What a rule is, one after the other."""


def keep(store: EvidenceStore, pairs: Iterable[Pair]) -> None:
    """Keep both files of rules as they are, once."""
    for one in (each for pair in pairs for each in (pair, *pair.variants)):
        name = _name(one.rule.id, one.digest)
        if not any(True for _ in store.read_lines(name)):
            store.write_lines(name, [{"yaml": _yaml(one), "cypher": one.statement.text}])


def version_of(store: EvidenceStore, rule: str, digest: str, folder: Path) -> Pair:
    """A version of a rule that ran, its two files written below a folder; NotFound if not kept."""
    kept = next(iter(store.read_lines(_name(rule, digest))), None)
    if kept is None:
        raise NotFound(
            f"version {digest[:8]} of {rule} is not kept here",
            where=store.address,
            remedy="git may have its two files: put them back, and ask again",
        )
    place = folder / digest
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{rule}.yaml"
    path.write_text(kept["yaml"], encoding="utf-8")
    path.with_suffix(".cypher").write_text(kept["cypher"], encoding="utf-8")
    return read_pair(path)


def roll_back(session: Statements, store: EvidenceStore, rule: str) -> Pair:
    """Put back the version of a rule that ran before the present one; both files are written."""
    pair = regional(read_pair(path_of(rule)))
    hashes = [hash for (hash,) in session.rows(RAN, rule=rule) if hash != pair.digest]
    if not hashes:
        raise NotFound(
            f"no other version of {rule} ever ran", remedy="./footprint signals runs, or git log"
        )
    kept = next(iter(store.read_lines(_name(rule, hashes[0]))), None)
    if kept is None:
        raise NotFound(
            f"version {hashes[0][:8]} of {rule} is not kept here", remedy="git has it as well"
        )
    keep(store, [pair])
    pair.path.write_text(kept["yaml"], encoding="utf-8")
    pair.statement.path.write_text(kept["cypher"], encoding="utf-8")
    read_statement.cache_clear()
    return read_pair(pair.path)


def set_status(rule: str, status: str) -> Pair:
    """Write another status into a rule's YAML; nothing else of the file changes."""
    if status not in LIFE:
        raise UsageError(f"{status!r} is no status", remedy=f"one of: {', '.join(LIFE)}")
    path = path_of(rule)
    text = path.read_text(encoding="utf-8")
    if len(STATUS.findall(text)) != 1:
        raise RuleError("no line `status:`", where=str(path), remedy="./footprint rules check")
    path.write_text(STATUS.sub(f"status: {status}", text), encoding="utf-8")
    return read_pair(path)


def path_of(rule: str) -> Path:
    """The YAML of a rule; NotFound with the nearest ids when there is none."""
    found = {path.stem: path for path in rule_paths()}
    if rule not in found:
        raise NotFound(f"no rule {rule}", remedy="./footprint rules list", where=str(FOLDER))
    return found[rule]


def _yaml(pair: Pair) -> str:
    """The YAML of a rule; of a region's variant the whole of it, as if it were a rule's file."""
    if not pair.region:
        return pair.path.read_text(encoding="utf-8")
    whole = pair.rule.model_dump(mode="json", exclude_none=True)
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)


def _name(rule: str, digest: str) -> str:
    return f"rule-{rule}-{digest}.jsonl"
