"""Plumbing: what Footprint keeps in the graph for itself; no rule may name it."""

from graph.model.declare import Day, Flag, Moment, Node, Text, Texts, Whole


class Lease(Node):
    """Who may do what only one may do at a time."""

    __layer__ = "plumbing"

    holder = Text("Process that holds it: machine and process id.")
    until_ms = Whole("When it falls free if it is not renewed, in milliseconds since 1970 by UTC.")


class FeedHead(Node):
    """The last number that the feed gave, and the last moment that a run was given."""

    __layer__ = "plumbing"

    feed_epoch = Whole("Epoch of the feed.")
    sequence = Whole("Last number given.")
    forgotten = Whole("Last number of the epoch whose event is no longer kept.")
    cursor_key = Text("Key by which the places of readers are sealed; made by chance, once.")
    moment = Moment("Recorded clock of the newest run; the next one is later.")
    due_types = Texts("Fact types of which one was written whose tense a coming day changes.")
    retyped_on = Day("Day for which every fact was last given its tense.")
    rebuilding = Flag("True while the graph is made anew from evidence; absent otherwise.")


class Inbox(Node):
    """A pushed event that was taken in; the second arrival of it does nothing."""

    __layer__ = "plumbing"
    __unique__ = (("source", "event_id"),)

    source = Text("Who pushed it.")
    event_id = Text("Id that the sender gave it.")
    received_at = Moment("When it came.")


class Migration(Node):
    """One migration of the schema that was applied."""

    __layer__ = "plumbing"

    number = Whole("Number of the migration.", unique=True)
    name = Text("Name of its file without number and suffix.")
    checksum = Text("SHA-256 of its file.")
    applied_at = Moment("When it was applied.")


class Quarantined(Node):
    """A record that was rejected, why, and what to do about it."""

    __layer__ = "plumbing"
    __indexes__ = (("source", "status"),)

    key = Text("Key of the record: the same for all its versions.", index=True)
    source = Text("Id of the source.")
    record_type = Text("Kind of record.")
    native_id = Text("Id of the record in its source; absent when it could not be read.")
    file = Text("File that it was read from.")
    line = Whole("Line or ordinal in that file, from 1.")
    field = Text("Field that was not understood.")
    reason = Text("Why it was rejected.")
    remedy = Text("What to do about it.")
    run = Text("Id of the LoadRun that rejected it.")
    position = Text("Where the payload lies in the evidence store: file and row.")
    status = Text("What became of it.", values=("open", "retried", "resolved"))
    recorded_at = Moment("When it was rejected.")


class RulePosition(Node):
    """How far a rule has taken in what changed: where its next run over changes begins."""

    __layer__ = "plumbing"

    rule_hash = Text("Hash of the rule's files in the version that was asked.")
    valid_on = Day("The rules' day for which it was asked over all accounts.")
    status = Text("How its last run went.", values=("COMPLETE", "BLIND"))
    feed_epoch = Whole("Epoch of the feed.")
    sequence = Whole("Number of the newest event that was taken in.")
    moment = Moment("Recorded clock of the newest load that was taken in.")
    sight = Texts("The day each source spoke of, each like `tickets 2026-10-31`.")
