"""Loads that wait for a person."""

from __future__ import annotations

import strawberry

from api.graphql.context import Asked
from api.graphql.deciding import decide_at_length, decision_of
from graph.access.audit import Told
from graph.errors import NotFound
from graph.facts.run import runs
from loaders.held import approve_held


@strawberry.input(description="A held run that may close what it found absent.")
class ApproveHeldRunInput:
    """A held run that may close what it found absent."""

    client_mutation_id: str = strawberry.field(
        description="An id of the client's own: the same again does nothing and is answered alike."
    )
    run_id: strawberry.ID = strawberry.field(description="The whole id of the held run.")


@strawberry.type(description="The run that closed what a held one found absent.")
class ApproveHeldRunPayload:
    """The run that closed what a held one found absent."""

    client_mutation_id: str = strawberry.field(description="The client's id.")
    run_id: strawberry.ID = strawberry.field(description="Id of the run that closed.")
    source_id: strawberry.ID = strawberry.field(description="The source that both are of.")
    closed: int = strawberry.field(description="How many records it closed.")
    facts_closed: int = strawberry.field(description="How many facts it closed.")


async def approve_held_run(info: Asked, input: ApproveHeldRunInput) -> ApproveHeldRunPayload | None:
    """Close what a held run found absent, if it still is."""
    hand = info.context.hand
    decision = decision_of(info, f"LoadRun/{input.run_id}", input.client_mutation_id)

    def act() -> Told:
        held = [one for one in runs(hand.session, id=input.run_id, limit=1)]
        if not held or held[0].id != input.run_id:
            raise NotFound(
                "no load run has this id",
                where=input.run_id,
                remedy="./footprint loads list --held shows those that wait",
            )
        done = approve_held(hand.session, hand.evidence, held[0], now=decision.at)
        return {"run_id": done.id, "source_id": done.source, "closed": done.closed,
                "facts_closed": done.facts_closed}  # fmt: skip

    told = await decide_at_length(info.context, decision, act)
    return ApproveHeldRunPayload(client_mutation_id=input.client_mutation_id, **told)
