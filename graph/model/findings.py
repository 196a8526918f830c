"""Findings: what rules claim, what people did about it, and how each rule ran."""

from graph.model.declare import (
    CanonicalNode,
    Day,
    Finding,
    Flag,
    Moment,
    Number,
    SeenNode,
    Text,
    Texts,
    Whole,
    to,
)


# (:Signal)-[:ABOUT]->(:any canonical node)
class About(Finding):
    """The subject of the signal."""


# (:Signal)-[:OF_ACCOUNT]->(:Account)
class OfAccount(Finding):
    """The account that the signal is shown under."""


# (:Signal)-[:PROVED_BY]->(:any canonical node, or the evidence itself)
class ProvedBy(Finding):
    """A node that the rule read when it made the claim."""


# (:Signal)-[:INHIBITED_BY]->(:Signal)
class InhibitedBy(Finding):
    """The signal that this one yields to."""


# (:Signal)-[:LED_TO]->(:Opportunity)
# (:Signal)-[:LED_TO]->(:Quote)
# (:Signal)-[:LED_TO]->(:Order)
class LedTo(Finding):
    """What was sold because of the signal."""


# (:Disposition)-[:ON_SIGNAL]->(:Signal)
class OnSignal(Finding):
    """The signal that somebody answered."""


# (:Outcome)-[:OF_SIGNAL]->(:Signal)
class OfSignal(Finding):
    """The signal whose end this is."""


class Signal(SeenNode):
    """A claim about one subject that somebody should act on, with proof."""

    __layer__ = "findings"
    __indexes__ = (("rule", "state"),)

    rule = Text("Id of the rule, the stem of its files.")
    rule_hash = Text("Hash of the rule's two files.")
    parameters = Text("Parameters that the rule ran with, as JSON.")
    identity = Text("What makes it the same signal tomorrow: subject and period, as text.")
    message = Text("The claim in one sentence that a seller can say aloud.")
    severity = Text("How much it matters.", values=("low", "medium", "high", "critical"))
    state = Text(
        "Where it is in its life.",
        values=(
            "candidate",
            "open",
            "acknowledged",
            "actioned",
            "closed",
            "snoozed",
            "inhibited",
            "cleared",
            "retracted",
            "blind",
            "withheld",
        ),
        index=True,
    )
    state_since = Moment("When it came to that state.")
    state_reason = Text("Why it came to that state.")
    opened_at = Moment("When it opened.")
    shown_on = Day("Rules' day on which its seller was shown it as a new one.")
    snoozed_until = Day("Day on which it comes back.")
    snoozed_evidence = Text("Hash of its evidence when it was snoozed until something changes.")
    resumes_as = Text("State that it comes back to from blind, inhibited or snoozed.")
    act_by = Day("Last responsible day; never counted from today.")
    action = Text("What to do next.")
    owner = Text("Who is to do it.")
    clears_if = Text("What would make it go away.")
    value = Texts(
        "What can be won or lost in twelve months, each like `EUR 1200000` in minor units."
    )
    confidence = Number("How sure it is, 0 to 1.")
    score = Number("Rank; always shown with its parts.")
    score_parts = Text("What the score is made of, as JSON.")
    names = Texts("What it is about, each like `service_id=...`, the narrowest first.")
    evidence = Text("What the rule read: nodes, facts and their records, as JSON.")
    evidence_hash = Text("Hash of that text: with another one something changed.")
    systems = Texts("Ids of the systems whose records prove it.")
    facts = Texts("Ids of the facts that prove it.")
    records = Texts("Ids of the SourceRecord versions that prove it.")
    run = Text("Id of the RuleRun that last confirmed it.")
    valid_on = Day("Day for which it was found.")
    known_at = Moment("What we knew when it was found.")

    about = to(CanonicalNode, About)
    of_account = to("commercial.Account", OfAccount)
    proved_by = to(CanonicalNode, ProvedBy)
    proved_by_record = to("evidence.SourceRecord", ProvedBy)
    proved_by_load = to("evidence.LoadRun", ProvedBy)
    proved_by_system = to("evidence.SourceSystem", ProvedBy)
    proved_by_judgement = to("identity.Judgement", ProvedBy)
    inhibited_by = to("findings.Signal", InhibitedBy)
    led_to_opportunity = to("sales.Opportunity", LedTo)
    led_to_quote = to("sales.Quote", LedTo)
    led_to_order = to("sales.Order", LedTo)


class Disposition(SeenNode):
    """What somebody did about a signal."""

    __layer__ = "findings"

    kind = Text(
        "What was done or said.",
        values=(
            "acted",
            "already_known",
            "wrong_data",
            "not_mine",
            "bad_timing",
            "customer_declined",
            "duplicate",
        ),
    )
    reason = Text("Why, in the person's words.")
    by = Text("Who did it.")
    at = Moment("When it was done.")
    until = Day("Day until which it holds; absent when for good.")
    wrong = Text("What of the evidence is wrong: a fact's id, or a node's id and property.")
    wrong_claim = Text("What is wrong by its source, like `crm Account.tier` or `crm OCCUPIES`.")
    shown_claims = Texts("What the evidence showed from which source, in the same form.")
    before = Text("State of the signal before it.")
    withdrawn_at = Moment("When it was taken back; absent while it stands.")

    on_signal = to("findings.Signal", OnSignal)


class Outcome(SeenNode):
    """How it ended."""

    __layer__ = "findings"

    kind = Text("How it ended.", values=("won", "lost", "no_deal"))
    amount = Whole("What was won or lost, in minor units of the currency.")
    currency = Text("Currency, ISO 4217.")
    at = Moment("When it was decided.")
    withheld = Flag("Whether the signal was hidden, for comparison.")

    of_signal = to("findings.Signal", OfSignal)


class Demotion(SeenNode):
    """That a rule went to shadow by itself, until a person lets it be shown again."""

    __layer__ = "findings"

    rule = Text("Id of the rule.")
    rule_hash = Text("Hash of the rule's two files.")
    at = Moment("When it happened.")
    valid_on = Day("The rule's today.")
    acted = Whole("Signals that were acted on, of those that count.")
    against = Whole("Signals that were answered otherwise, of those that count.")
    reason = Text("Why, in words.")
    lifted_at = Moment("When the rule was shown again; absent while it is in shadow.")
    lifted_by = Text("Who let it be shown again.")


class RuleRun(SeenNode):
    """One run of one rule, with counts that add up."""

    __layer__ = "findings"

    rule = Text("Id of the rule.", index=True)
    rule_hash = Text("Hash of the rule's two files.")
    parameters = Text("Parameters that it ran with, as JSON.")
    status = Text("How it went.", values=("RUNNING", "COMPLETE", "BLIND", "FAILED"))
    mode = Text("How much was looked at.", values=("full", "change_set", "back_test"))
    valid_on = Day("The rule's today.")
    started_at = Moment("When it started.")
    ended_at = Moment("When it ended.")
    found = Whole("Findings.")
    opened = Whole("Signals opened.")
    kept = Whole("Signals found again.")
    cleared = Whole("Signals cleared or retracted.")
    inhibited = Whole("Signals that yield to another one.")
    milliseconds = Whole("How long its statement took.")
    blind = Whole("Subjects that could not be judged.")
    reason = Text("Why it was blind or failed, or which cases it could not judge and why.")
