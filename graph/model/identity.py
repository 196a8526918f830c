"""Identity: which records are the same thing, who said so, and where retired ids lead."""

from graph.model.declare import Moment, Number, SeenNode, Structural, Text, to


# (:EntityAlias)-[:REDIRECTS_TO]->(:LegalEntity)
class RedirectsTo(Structural):
    """Where a retired id leads; every look-up by id follows it to the end."""


class EntityAlias(SeenNode):
    """A retired id, which redirects for ever."""

    __layer__ = "identity"

    reference = Text("The text that the retired id is made of.")

    redirects_to = to("party.LegalEntity", RedirectsTo)


class Judgement(SeenNode):
    """A verdict on two records, kept and never asked twice."""

    __layer__ = "identity"

    left = Text("Key of one record; the smaller of the two.", index=True)
    right = Text("Key of the other record.", index=True)
    verdict = Text(
        "What they are to each other.", values=("same", "different", "related", "unsure")
    )
    score = Number("How alike they are, 0 to 1.")
    features = Text("What the score is made of, as JSON.")
    model_version = Text("Version of the matching model that scored.")
    decided_by = Text("The person, or the model, who decided.")
    decided_at = Moment("When it was decided.")
    supersedes = Text("Id of the judgement that it replaces.")
    retracted_at = Moment("When it was withdrawn; absent while it stands.")
    reason = Text("Why, in a person's words.")
