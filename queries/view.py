"""The hierarchies that a family can be seen in."""

from __future__ import annotations

from enum import StrEnum


class View(StrEnum):
    """Which hierarchy: what registers say, how we sell, who pays, or how it is led."""

    legal = "legal"
    commercial = "commercial"
    billing = "billing"
    regional = "regional"
