"""Feed: what changed, for those who follow."""

from graph.model.declare import Moment, Node, Text, Texts, Whole


class Event(Node):
    """One change of one subject, written in the transaction that makes the change."""

    __layer__ = "feed"
    __unique__ = (("feed_epoch", "sequence"),)

    feed_epoch = Whole("Epoch of the feed; a restored database begins another.")
    sequence = Whole("Number in the epoch, without gaps.")
    type = Text("What happened, as a dotted name.")
    subject = Text("What it happened to, as `Label/id`.", index=True)
    payload = Text("What changed, as JSON.")
    account_ids = Texts("Accounts of the subject when it was written: who may be told.")
    recorded_at = Moment("When it was recorded.")
    transaction = Text("Id of what wrote it: the LoadRun, the RuleRun, a person's act.")
