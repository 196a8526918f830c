"""Evidence: which source said what, when we learnt it, and in which load."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Derived,
    Moment,
    Node,
    Number,
    SeenNode,
    Structural,
    Text,
    Texts,
    Whole,
    to,
)
from graph.model.holdings import HOLDINGS


# (:SourceRecord)-[:READ_IN]->(:LoadRun)
class ReadIn(Structural):
    """The load that first saw this version of a record."""


# (:LoadRun)-[:OF]->(:SourceSystem)
class Of(Structural):
    """The system that a load read."""


# (:SourceRecord)-[:RESOLVES_TO]->(:any canonical node)
class ResolvesTo(Derived):
    """What a record is about, worked out from the judgements alone."""

    score = Number("How alike the record and the node are, 0 to 1; absent when the id decides.")
    reasons = Texts("What spoke for it, strongest first.")
    model_version = Text("Version of the matching model that decided.")


# (:SourceRecord)-[:CLAIMS]->(:any canonical node)
class Claims(Derived):
    """What a further record says of a node; beside these, each value that lost under its name."""

    reference = Text("The text by which the record names the node.")
    won = Texts("Properties whose shown value is this record's.")
    agreed = Texts("Properties of which this record says what is shown.")
    lost = Texts("Properties of which it says otherwise: see the value under the property's name.")


# (:SourceSystem)-[:SUPPLIES]->(:Account)
class Supplies(Derived):
    """A system whose records the account's picture stands on."""


BOOKKEEPING = frozenset({"known_by", "precedence_since"})
"""Properties that no source says: which file spares a comparison (graph/facts/known.py), and since
when sources have the order that they have."""


class SourceSystem(SeenNode):
    """A system or register that we load from."""

    __layer__ = "evidence"

    name = Text("Name of the system as people say it.")
    owner = Text("Who answers for its data.")
    region = Text("Code of the region it serves; absent when it serves all.")
    holds = Texts("What it holds.", values=tuple(HOLDINGS))
    freshness_sla = Text("How old its last complete load may be, as an ISO 8601 duration.")
    precedence = Whole("Whose value is shown where sources differ: the lowest number.")
    precedence_of = Texts("The same for single properties: `Label.property=number`.")
    precedence_since = Moment("When this order was adopted.")
    known_by = Text(
        "Id of the run that kept beside the evidence what the current records hold; absent "
        "once one of them has changed."
    )

    supplies = to("commercial.Account", Supplies)


class LoadRun(SeenNode):
    """One load of one source, with counts that add up."""

    __layer__ = "evidence"

    source = Text("Id of the source, the name of its folder.", index=True)
    mode = Text("How much was read.", values=("full", "delta", "retry", "approval", "rebuild"))
    status = Text("How it went.", values=("RUNNING", "COMPLETE", "PARTIAL", "FAILED"))
    closing = Text(
        "What became of facts no longer found.", values=("none", "applied", "held", "rejected")
    )
    scope = Text("The part of the source that the run covers; only what it covers may it close.")
    record_types = Texts("Record types that the run covers.")
    as_of = Day("Day for which the source speaks.")
    moment = Moment("The recorded clock of everything that the run wrote.")
    started_at = Moment("When it started.")
    ended_at = Moment("When it ended; absent while it runs or after a kill.")
    expected = Whole("Records that the source says it holds; absent when it does not say.")
    read = Whole("Records read.")
    loaded = Whole("Records seen for the first time.")
    changed = Whole("Records whose content differs from the version before.")
    unchanged = Whole("Records whose content we had.")
    duplicate = Whole("Records that came more than once in the run.")
    ignored = Whole("Records left out by name.")
    rejected = Whole("Records put into quarantine.")
    absent = Whole("Records that we had and that a complete run did not find.")
    closed = Whole("Absent records that were closed.")
    facts_opened = Whole("Facts opened.")
    facts_closed = Whole("Facts closed.")
    watermark = Text("Where the next delta begins, in the source's own terms.")
    files = Texts("Files read, with their checksums.")
    evidence_rows = Whole("Rows of its evidence that are in the graph: where a killed run resumes.")
    reason = Text("Why it failed, was partial, or was held.")
    warnings = Texts("What was found on the way, as sentences.")

    of = to("evidence.SourceSystem", Of)


class SourceRecord(Node):
    """One version of one record of a source, never changed; its payload is kept elsewhere."""

    __layer__ = "evidence"
    __indexes__ = (("system", "record_type", "scope", "key"),)

    key = Text(
        "UUIDv5 of system, record type and native id: the same for all versions.", index=True
    )
    system = Text("Id of the source system.")
    record_type = Text("Kind of record, in the source's own word.")
    native_id = Text("Id of the record in its source.")
    scope = Text("The part of the source that it belongs to.")
    content_hash = Text("Hash of the payload; a new version begins when it changes.")
    position = Text("Where the payload lies in the evidence store: file and row.")
    happened_at = Moment("When the source says that the change happened.")
    recorded_from = Moment("When we first read this version.")
    recorded_to = Moment("When another version took its place; 9999-12-31 while it is the last.")
    file = Text("Source file that it was read from.")
    line = Whole("Line or ordinal in that file, from 1.")

    read_in = to("evidence.LoadRun", ReadIn)
    resolves_to = to(CanonicalNode, ResolvesTo)
    claims = to(CanonicalNode, Claims)
