"""One of a carrier's systems that speaks TM Forum beside others that name what it refers to."""

from __future__ import annotations

from loaders.references import across
from loaders.tmforum.source import TmForum


class TmfSystem(TmForum):
    """A source whose resources refer to those of other systems: each is named by its home."""

    def reference(self, kind: str, native_id: object) -> str:
        """The reference of a resource: by its home, whole, or else the system's own."""
        return across(self.name, kind, native_id)
