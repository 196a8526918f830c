"""What a steward says two records or companies are to each other."""

from __future__ import annotations

from enum import Enum

import strawberry

from api.graphql.context import Asked
from api.graphql.deciding import decide, decision_of
from graph.access.audit import Told
from graph.facts import judging


@strawberry.enum(description="What two records are to each other.")
class Verdict(Enum):
    """What two records are to each other, in the model's words."""

    same = "same"
    different = "different"
    related = "related"
    unsure = "unsure"


@strawberry.input(description="A judgement between two records, or between two companies.")
class JudgeInput:
    """A judgement between two records, or between two companies."""

    client_mutation_id: str = strawberry.field(
        description="An id of the client's own: the same again does nothing and is answered alike."
    )
    left: strawberry.ID = strawberry.field(
        description="Key of a record, or id of a company: then the record that is shown of it."
    )
    right: strawberry.ID = strawberry.field(description="The other one.")
    verdict: Verdict = strawberry.field(description="What they are to each other.")
    reason: str = strawberry.field(description="Why, in a person's words.")


@strawberry.input(description="A judgement of a person that is to stand no more.")
class WithdrawJudgementInput:
    """A judgement of a person that is to stand no more."""

    client_mutation_id: str = strawberry.field(
        description="An id of the client's own: the same again does nothing and is answered alike."
    )
    judgement_id: strawberry.ID = strawberry.field(description="Id of the judgement.")
    reason: str = strawberry.field(description="Why, in a person's words.")


@strawberry.type(description="A judgement that was written or withdrawn.")
class JudgementPayload:
    """A judgement that was written or withdrawn."""

    client_mutation_id: str = strawberry.field(description="The client's id.")
    judgement_id: strawberry.ID = strawberry.field(description="Id of the judgement.")
    left: strawberry.ID = strawberry.field(description="Key of one record, the smaller.")
    right: strawberry.ID = strawberry.field(description="Key of the other record.")
    verdict: Verdict = strawberry.field(description="What it says that they are.")
    supersedes: strawberry.ID | None = strawberry.field(
        description="Id of the judgement whose place it takes."
    )


async def judge(info: Asked, input: JudgeInput) -> JudgementPayload | None:
    """Say what two records are to each other; it decides a doubt, and merges nothing yet."""
    decision = decision_of(
        info,
        f"Judgement/{input.left}+{input.right}",
        input.client_mutation_id,
        verdict=input.verdict.value,
        reason=input.reason,
    )
    told = await decide(
        info.context,
        decision,
        lambda transaction: judging.judge(
            transaction,
            input.left,
            input.right,
            input.verdict.value,
            input.reason,
            by=decision.principal.name,
            now=decision.at,
        ),
    )
    return _payload(input.client_mutation_id, told)


async def withdraw_judgement(info: Asked, input: WithdrawJudgementInput) -> JudgementPayload | None:
    """Take a person's judgement back: what it took the place of stands again."""
    decision = decision_of(
        info, f"Judgement/{input.judgement_id}", input.client_mutation_id, reason=input.reason
    )
    told = await decide(
        info.context,
        decision,
        lambda transaction: judging.withdraw(transaction, input.judgement_id, now=decision.at),
    )
    return _payload(input.client_mutation_id, told)


def _payload(client_mutation_id: str, told: Told) -> JudgementPayload:
    verdict = Verdict(told["verdict"])
    return JudgementPayload(client_mutation_id=client_mutation_id, **told | {"verdict": verdict})
