"""How many may be served at once by what lasts: streams and snapshots."""

from __future__ import annotations

from api.http.problem import Problem


class Seats:
    """A number of places, each held by one client until it goes."""

    def __init__(self, most: int, what: str) -> None:
        self.free = most
        self._most = most
        self._what = what

    def take(self) -> None:
        """Hold a place; Problem when all are held."""
        if not self.free:
            raise Problem(
                503,
                "NO_SEAT",
                f"all {self._most} {self._what} are in use: poll, or come back",
                headers={"Retry-After": "5"},
                allowed=self._most,
            )
        self.free -= 1

    def leave(self) -> None:
        """Give the place back."""
        self.free += 1
