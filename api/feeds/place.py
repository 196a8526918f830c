"""Where a reader stands in the log, and the cursor that says so to nobody but us.

A cursor is encrypted with its authentication (AES-SIV, RFC 5297): who changes it is found out, who
holds it cannot count what others were told, and one place always has one cursor.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from api.http.problem import Problem

LONGEST = 100
"""Characters of a cursor; what is longer was not given by us."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the log: everything up to a number of an epoch was read."""

    epoch: int
    sequence: int


class Seal:
    """Makes cursors of one feed of places, and places of cursors."""

    def __init__(self, key: str, feed: str) -> None:
        self._cipher = AESSIV(hashlib.sha256(key.encode()).digest())
        self._feed = feed

    def cursor(self, place: Place) -> str:
        """The cursor of a place."""
        text = f"{place.epoch}.{place.sequence}".encode()
        return urlsafe_b64encode(self._cipher.encrypt(text, [self._feed.encode()])).decode()

    def place(self, cursor: str) -> Place:
        """The place of a cursor; Problem when this feed never gave it."""
        try:
            if len(cursor) > LONGEST:
                raise ValueError
            sealed = urlsafe_b64decode(cursor.encode("ascii"))
            if urlsafe_b64encode(sealed).rstrip(b"=") != cursor.encode("ascii").rstrip(b"="):
                raise ValueError  # the decoder passes over what is not of its alphabet
            text = self._cipher.decrypt(sealed, [self._feed.encode()]).decode()
        except (InvalidTag, Error, ValueError):
            raise Problem(
                400,
                "UNKNOWN_CURSOR",
                f"the feed {self._feed} never gave this cursor: begin again at its snapshot",
                snapshot=snapshot_of(self._feed),
            ) from None
        epoch, _, sequence = text.partition(".")
        return Place(int(epoch), int(sequence))


def snapshot_of(feed: str) -> str:
    """The address of a feed's snapshot."""
    return f"/feeds/{feed}/snapshot"
