"""The operators and functions that a rule's statement may use, as allowed.yaml lists them."""

from __future__ import annotations

from pathlib import Path

import yaml

_LISTED = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_FUNCTIONS, _OPERATORS = _LISTED["functions"], _LISTED["operators"]

PLAIN: frozenset[str] = frozenset(_FUNCTIONS["plain"])
"""Functions that give one plain value; all functions in small letters."""
LISTS: frozenset[str] = frozenset(_FUNCTIONS["lists"])
"""Functions that give a list of a few."""
FUNCTIONS = PLAIN | LISTS | frozenset(_FUNCTIONS["others"])
INSTEAD_OF_FUNCTIONS: dict[str, str] = _FUNCTIONS.pop("instead")
"""Functions that are refused, and what to write instead."""

INSTEAD_OF_OPERATORS: dict[str, tuple[str, str]] = {
    name: (reason, mend) for name, (reason, mend) in _OPERATORS.pop("instead").items()
}
"""Operators that are refused: why, and what to write instead."""
OPERATORS: frozenset[str] = frozenset(name for names in _OPERATORS.values() for name in names)
