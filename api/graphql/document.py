"""Reading a GraphQL document: parsed, held to its limits, validated, planned, and remembered."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from api.graphql.estimate import Estimate, Plan, plan
from api.graphql.measure import Size, measure
from api.graphql.refusal import NotGraphQL, OverEstimate, OverLimit, Refusal

MOST_ERRORS = 20
"""Validation errors that are told of one document."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may ask."""

    tokens: int = 1_000
    comments: int = 100
    depth: int = 10
    aliases: int = 15
    roots: int = 10
    """Fields of the first level."""
    selections: int = 5_000
    """Fields, with fragments written out."""
    nodes: int = 25_000
    """Objects in an answer, as they are estimated."""
    cost: int = 10_000
    """What one request is estimated to cost."""

    def check(self, size: Size) -> None:
        """Raises OverLimit for the first limit that an operation runs into."""
        for limit, allowed, found in (
            ("levels", self.depth, size.depth),
            ("aliases", self.aliases, size.aliases),
            ("root fields", self.roots, size.roots),
            ("selections", self.selections, size.selections),
        ):
            if found > allowed:
                raise OverLimit(limit, allowed, found)

    def check_estimate(self, estimate: Estimate) -> None:
        """Raises OverEstimate when a request would bring or cost more than one may."""
        through = ".".join(estimate.through)
        if estimate.nodes > self.nodes:
            raise OverEstimate("nodes", self.nodes, estimate.nodes, through)
        if estimate.cost > self.cost:
            raise OverEstimate("cost", self.cost, estimate.cost, through)


TRUSTED = Limits()
"""What a document of our own front ends may ask."""
AD_HOC = Limits(tokens=600, nodes=12_500, cost=5_000)
"""What a document may ask that somebody wrote just now."""


@dataclass(slots=True)
class Document:
    """A document that may be executed."""

    node: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    """By name; an operation without one is called ''."""
    plans: dict[str, Plan] = field(default_factory=dict)
    """What each of them costs."""
    invalid: list[GraphQLError] = field(default_factory=list)
    """What is wrong with it by the schema; such a document is remembered too."""

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to execute; raises Refusal when it is not clear which."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        found = self.operations.get(name or "")
        if found is None or name is None:
            known = ", ".join(one or "one without a name" for one in self.operations) or "none"
            raise Refusal(
                "OPERATION_RESOLUTION_FAILURE",
                f"operationName must name one of the document's operations: {known}",
            )
        return found

    def plan_of(self, operation: OperationDefinitionNode) -> Plan:
        """What an operation of a valid document costs."""
        return self.plans[operation.name.value if operation.name else ""]


@dataclass(slots=True)
class Reading:
    """Reads documents by one schema and keeps those read last."""

    schema: GraphQLSchema
    limits: Limits
    keeps: int = 200
    hits: int = 0
    misses: int = 0
    with_suggestions: bool = True
    with_introspection: bool = True
    """Whether the schema itself may be asked for; both are for those who may know it."""
    _kept: OrderedDict[str, Document] = field(default_factory=OrderedDict)

    def read(self, text: str) -> Document:
        """The document; raises NotGraphQL, or OverLimit."""
        kept = self._kept.get(text)
        if kept:
            self.hits += 1
            self._kept.move_to_end(text)
            return kept
        self.misses += 1
        document = self._read(text)
        self._kept[text] = document
        if len(self._kept) > self.keeps:
            self._kept.popitem(last=False)
        return document

    def _read(self, text: str) -> Document:
        node = _parsed(text, self.limits)
        operations = {
            one.name.value if one.name else "": one
            for one in node.definitions
            if isinstance(one, OperationDefinitionNode)
        }
        try:
            for size in measure(node):
                self.limits.check(size)
        except RecursionError:
            raise OverLimit("levels", self.limits.depth) from None
        hidden = () if self.with_introspection else (NoSchemaIntrospectionCustomRule,)
        invalid = validate(
            self.schema,
            node,
            (*specified_rules, *hidden),
            max_errors=MOST_ERRORS,
            hide_suggestions=not self.with_suggestions,
        )
        document = Document(node, operations, invalid=invalid)
        if not invalid:
            document.plans = {
                name: plan(self.schema, node, one) for name, one in operations.items()
            }
        return document


def _parsed(text: str, limits: Limits) -> DocumentNode:
    try:
        return parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.comments)
    except GraphQLSyntaxError as error:
        for said, limit, allowed in (
            (f"more than {limits.tokens} tokens", "tokens", limits.tokens),
            (f"more than {limits.comments} comments", "comments", limits.comments),
            ("nested too deeply", "levels", limits.depth),
        ):
            if said in error.message:
                raise OverLimit(limit, allowed) from None
        raise NotGraphQL(error) from error
