"""What the lint, the sandbox and the tests of rules say of them: one thing wrong, and its mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule: where, why, and how to mend it."""

    where: str
    reason: str
    mend: str
