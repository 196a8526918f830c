"""Which media type a client is answered in (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.http.problem import Problem


def chosen(accept: str, offered: Sequence[str]) -> str:
    """The offered type that the client likes best, the first where it is all one; Problem if none.

    A type that is named comes before one that a wildcard takes in.
    """
    if not accept.strip():
        return offered[0]
    for wanted, quality in sorted(ranges(accept), key=lambda one: (-one[1], one[0].count("*"))):
        for media in offered:
            if quality and wanted in (media, media.partition("/")[0] + "/*", "*/*"):
                return media
    raise Problem(406, "NOT_ACCEPTABLE", f"answers are {' or '.join(offered)}")


def ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Media ranges with their quality, in the order given."""
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            yield kind, float(quality)
        except ValueError:
            continue
