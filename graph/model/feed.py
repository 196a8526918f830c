"""Feed: what changed, for those who follow."""

from graph.model.declare import Moment, SeenNode, Text, Whole


class Event(SeenNode):
    """One change of one subject, written in the transaction that makes the change."""

    __layer__ = "feed"
    __unique__ = (("feed_epoch", "sequence"), ("key", "subject"))

    feed_epoch = Text("Epoch of the feed; a restored database begins another.")
    sequence = Whole("Number in the epoch without gaps, given by the sequencer; absent until then.")
    type = Text("What happened, as a dotted name.")
    subject = Text("Id of the node that it happened to.", index=True)
    payload = Text("The change before and after, as JSON.")
    recorded_at = Moment("When it was recorded.")
    key = Text("Key of the transaction that wrote it; key and subject together are unique.")
