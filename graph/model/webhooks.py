"""Webhooks: who is told of a feed by deliveries. A rebuild leaves them, no rule names them."""

from graph.model.declare import Moment, Node, Number, Text, Whole


class Webhook(Node):
    """An address to which the events of a feed are delivered, and how far that has come."""

    __layer__ = "plumbing"

    address = Text("Where its deliveries go.")
    feed = Text("Name of the feed.")
    principal = Text("Id of the principal through whose eyes the feed is read.", index=True)
    state = Text(
        "Whether it has answered its handshake, and whether it is told at all.",
        values=("new", "active", "disabled"),
    )
    reason = Text("Why it came to that state.")
    secret = Text("Secret by which deliveries are signed, encrypted by a key that is not here.")
    former_secret = Text("Secret before that, by which they are signed too for a while.")
    former_until = Moment("When the former secret ends.")
    handshake = Text("Id of the delivery that is answered with its challenge.")
    feed_epoch = Whole("Epoch of the feed in which it stands.")
    sequence = Whole("Number of the last event that it took in or that was not for it.")
    replay_after = Whole("Number of the last event told again; absent while none is.")
    replay_to = Whole("Number of the last event to be told again.")
    attempts = Whole("Attempts of the delivery that is under way, all of which failed.")
    failing_since = Moment("When the first of them was made.")
    due_at = Moment("When the next one is made.")
    revision = Whole("How often this node was written: who read an older one writes nothing.")
    created_at = Moment("When it was made.")


class WebhookReceipt(Node):
    """One attempt to deliver an event, and what came of it; kept for 30 days."""

    __layer__ = "plumbing"
    __indexes__ = (("webhook", "at"),)

    webhook = Text("Id of the Webhook.")
    event = Text("Id of the event, which is the delivery's `webhook-id`.")
    attempt = Whole("Number of the attempt, from 1.")
    at = Moment("When it began.", index=True)
    outcome = Text(
        "What came of it.",
        values=("delivered", "gone", "throttled", "status", "timeout", "connection", "address",
                "challenge"),
    )  # fmt: skip
    status = Whole("HTTP status of the answer; absent where there was none.")
    seconds = Number("How long it took.")
    error = Text("What went wrong; absent where nothing did.")
