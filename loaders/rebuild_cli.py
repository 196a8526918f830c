"""The `rebuild` command."""

from __future__ import annotations

from dataclasses import asdict

from graph.terminal import AsJson, Yes, confirm, emit, progress, say
from loaders.rebuild import rebuild as make_again
from loaders.workplace import open_workplace

EXAMPLES = (
    "Examples: ./footprint rebuild | ./footprint rebuild --yes --json. Do it after a mapping "
    "changed, or on an empty database beside a copy of the evidence."
)


def rebuild(yes: Yes = False, as_json: AsJson = False) -> None:
    """Make the whole graph again from the evidence store, and put judgements and findings back."""
    with open_workplace() as place:
        confirm(
            f"Delete the graph and make it again from {place.evidence.address}?",
            yes=yes,
        )
        done = make_again(place.session, place.evidence, now=place.now, progress=progress)
    if as_json:
        emit(asdict(done), True)
        return
    emit(
        f"{done.rows:,} rows of evidence from {done.runs:,} runs written again in "
        f"{done.seconds:,.1f} s; {done.kept:,} judgements and findings put back",
        False,
    )
    for difference in done.differences:
        say(f"warning: {difference}")
