"""Carries out a mutation: by who may, once for each of the client's ids, with its audit entry.

Whatever becomes of it, an entry says so. Work on the graph is done in a thread of its own, so that
nobody else waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from api.graphql.context import Asked, Context
from api.graphql.refusal import Refusal, code_of
from api.graphql.who_may import WHO_MAY
from graph.access.audit import Act, Decision, Taken, Told, do_at_length, do_once, note
from graph.errors import EngineError, UsageError

WRITE_SCOPE = "api:write"
"""What a key must be for to decide anything."""
MOST_LETTERS = 2_000
MOST_OF_AN_ID = 100


def decision_of(info: Asked, subject: str, client_mutation_id: str, **given: Any) -> Decision:
    """What this request wants to be done; `subject` is `Label/id`."""
    context = info.context
    return Decision(
        context.principal,
        info.field_name,
        subject,
        context.hand.clock(),
        context.request_id,
        context.purpose,
        client_mutation_id,
        {"subject": subject, **given},
    )


async def decide(context: Context, decision: Decision, act: Act) -> Told:
    """Do it in one transaction with its entry."""
    session = context.hand.session
    return await asyncio.to_thread(
        _carried_out, context, decision, lambda: do_once(session, decision, act)
    )


async def decide_at_length(context: Context, decision: Decision, act: Callable[[], Told]) -> Told:
    """Do what takes many transactions; one at a time in this process."""
    hand = context.hand

    def in_its_turn() -> Told:
        with hand.loads:
            return do_at_length(hand.session, decision, act)

    return await asyncio.to_thread(_carried_out, context, decision, in_its_turn)


def _carried_out(context: Context, decision: Decision, work: Callable[[], Told]) -> Told:
    try:
        _refuse_unless_may(context, decision.act)
        _refuse_too_long(decision.client_mutation_id, decision.given)
        try:
            return work()
        except Taken:
            raise Refusal(
                "CONFLICT",
                "this clientMutationId stands for another decision of yours",
                remedy="give each decision an id of its own, and repeat it unchanged",
            ) from None
    except EngineError:
        raise  # nothing can be noted either
    except Exception as error:
        _note_refusal(context, decision, error)
        raise


def _refuse_unless_may(context: Context, act: str) -> None:
    if WRITE_SCOPE not in context.key_scopes:
        raise Refusal("FORBIDDEN", f"the key is not for {WRITE_SCOPE}")
    if context.principal.role not in WHO_MAY[act]:
        raise Refusal("FORBIDDEN", f"{act} is not for the role {context.principal.role}")


def _refuse_too_long(client_mutation_id: str, given: Mapping[str, Any]) -> None:
    if not 1 <= len(client_mutation_id) <= MOST_OF_AN_ID:
        raise UsageError(
            f"clientMutationId has {len(client_mutation_id):,} letters",
            remedy=f"give 1 to {MOST_OF_AN_ID} letters, like a UUID",
        )
    for name, value in given.items():
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise UsageError(
                f"{name} has {len(value):,} letters", remedy=f"give at most {MOST_LETTERS:,}"
            )


def _note_refusal(context: Context, decision: Decision, error: Exception) -> None:
    code = code_of(error)
    outcome, reason = ("refused", str(error)) if code else ("failed", type(error).__name__)
    context.hand.session.write(
        lambda transaction: note(transaction, decision, outcome, code=code, reason=reason)
    )
