"""Signals in a terminal: what to do, with reason, money and date; one of them with its proof."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from graph.terminal import console
from queries.signal.explained import Explained
from queries.signal.rule_runs import RuleRun
from queries.signal.signals import Signal
from queries.terminal.money_told import apart

COLOURS = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "dim"}
OVER = {"full": "all", "change_set": "changes", "back_test": "back-test"}
RUN_COLUMNS = ("found", "opened", "kept", "cleared", "inhibited", "blind", "milliseconds")

FACTORS = ("probability", "urgency", "confidence", "decay")
"""What a score multiplies what is at stake by."""
SURENESS = ("reliability", "freshness", "identity")
"""What confidence is the product of."""


def show_signals(found: Sequence[Signal], *, limit: int) -> None:
    """Print signals, a few lines each, and how many there are."""
    for number, one in enumerate(found[:limit], start=1):
        for line in signal_told(number, one):
            console.print(line, soft_wrap=True)
    left = len(found) - limit
    if left > 0:
        console.print(Text(f"{left:,} more: --limit {len(found)}", style="dim"))
    if not found:
        console.print(Text("no signals; ./footprint signals runs tells how the rules ran"))


def signal_told(number: int, one: Signal) -> Iterator[Text]:
    """What it says; by when, for how much, who does what; its state where it is not open."""
    head = Text(f"{number:>3}  ")
    head.append(one.severity.upper(), style=COLOURS.get(one.severity, ""))
    head.append(f"  {one.message}")
    yield head
    parts = [f"by {one.act_by}" if one.act_by else "no date", value_told(one.value)]
    parts += [one.action]
    yield Text("     " + "; ".join(part for part in parts if part))
    owner = one.owner_name or "nobody"
    about = f"{one.account_name or 'no account'}, {owner}; {one.rule_id} {one.signal_id[:8]}"
    if one.state != "open":
        about += f"; {one.state}" + (f": {one.state_reason}" if one.state_reason else "")
    yield Text(f"     {about}", style="dim")


def value_told(value: Sequence[str]) -> str:
    """`EUR 1,240 and USD 300 in twelve months`; empty for none."""
    amounts = {code: int(amount) for code, amount in (one.split(" ") for one in value)}
    return f"{apart(amounts)} in twelve months" if amounts else ""


def show_explained(one: Explained) -> None:
    """Print a signal as a paragraph, then what it stands on."""
    console.print(Text(paragraph(one)), soft_wrap=True)
    told = json.loads(one.evidence)
    grid = Table(box=None, pad_edge=False)
    for title in ("what", "says", "record", "file"):
        grid.add_column(title, overflow="fold")
    for node in told["nodes"]:
        grid.add_row(*_node(node))
    console.print(grid)
    for fact in told["facts"]:
        console.print(Text(_fact(fact), style="dim"), soft_wrap=True)


def paragraph(one: Explained) -> str:
    """What it says, what to do, what it stands on, what clears it."""
    said = [one.message, one.action]
    if one.act_by:
        said.append(f"The last responsible day is {one.act_by}.")
    worth = value_told(one.value)
    said.append(f"At stake: {worth}." if worth else "No amount is known.")
    said.append(f"It clears if {one.clears_if}.")
    state = f"It is {one.state} since {one.state_since[:10]}"
    said.append(f"{state}: {one.state_reason}." if one.state_reason else f"{state}.")
    if one.inhibited_by_message:
        said.append(f"It yields to: {one.inhibited_by_message}")
    said.append(
        f"Found on {one.valid_on} by {one.rule_id} (version {one.rule_hash[:8]}, "
        f"{_parameters(one.parameters)})."
    )
    if one.score_parts:
        said.append(_score(one))
    return " ".join(said)


def as_plain(one: Explained) -> dict[str, Any]:
    """The same for programs, with what is kept as JSON opened."""
    opened = {
        name: json.loads(getattr(one, name) or "null")
        for name in ("score_parts", "parameters", "identity", "evidence")
    }
    return asdict(one) | opened


def show_runs(found: Sequence[RuleRun]) -> None:
    """Print a line a rule, then the blind and the failed ones with their reasons."""
    grid = Table(box=None, pad_edge=False)
    for title in ("rule", "status", "over", "day", *RUN_COLUMNS):
        grid.add_column(title, justify="right" if title in RUN_COLUMNS else "left")
    for one in found:
        counts = (f"{getattr(one, name):,}" for name in RUN_COLUMNS)
        grid.add_row(one.rule_id, one.status, OVER.get(one.mode, ""), str(one.valid_on), *counts)
    console.print(grid)
    for one in found:
        if one.reason:
            console.print(Text(f"{one.rule_id}: {one.reason}"), soft_wrap=True)
        if one.demoted_on:
            told = f"put itself in shadow on {one.demoted_on}: {one.demoted_because}"
            console.print(Text(f"{one.rule_id}: {told}"), soft_wrap=True)


def _score(one: Explained) -> str:
    parts = json.loads(one.score_parts or "{}")
    if one.score is None:
        why = ", ".join(parts.get("rates", ["why was not kept by the version that ran"]))
        return f"Not ranked: {why or 'no amount'}."
    made_of = " x ".join(_factors(parts))
    told = f"Score {one.score:,.0f}" + (f" = {made_of}." if made_of else ".")
    lost = [
        name for name in ("value", "rates", *FACTORS, *SURENESS, "doubted") if name not in parts
    ]
    return f"{told} Not kept by the version that ran: {', '.join(lost)}." if lost else told


def _factors(parts: dict[str, Any]) -> Iterator[str]:
    """What a score is the product of; a version before this one may not have kept all."""
    if "value" in parts and "currency" in parts:
        rates = f" at {', '.join(parts['rates'])}" if parts.get("rates") else ""
        yield f"{parts['currency']} {parts['value']:,.0f}{rates}"
    for name in FACTORS:
        if name in parts:
            yield f"{name} {parts[name]}" + (_confidence(parts) if name == "confidence" else "")


def _confidence(parts: dict[str, Any]) -> str:
    """What confidence is made of, where it is not whole; what people called wrong."""
    told = [f"{name} {parts[name]}" for name in SURENESS if parts.get(name, 1) < 1]
    told += [f"called wrong: {', '.join(parts['doubted'])}"] if parts.get("doubted") else []
    return f" ({', '.join(told)})" if told else ""


def _parameters(text: str | None) -> str:
    given = json.loads(text or "{}")
    told = ", ".join(f"{name} {value}" for name, value in given.items())
    return told or "without parameters"


def _node(node: dict[str, Any]) -> tuple[str, str, str, str]:
    record = node.get("record") or {}
    properties = node["properties"]
    named = [f"{name} {value}" for name, value in properties.items() if value not in (None, [])]
    where = f"{record.get('file') or ''}:{record.get('line') or ''}".strip(":")
    source = " ".join(
        str(record[name]) for name in ("system", "record_type", "native_id") if record.get(name)
    )
    return (node["label"], ", ".join(named[:6]), source, where)


def _fact(fact: dict[str, Any]) -> str:
    ends = "" if fact["valid_to"].startswith("9999") else f" to {fact['valid_to']}"
    return f"{fact['type']} from {fact['valid_from']}{ends}: {fact['from']} -> {fact['to']}"
