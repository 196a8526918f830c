"""What rules want and the model does not have yet, because no loader feeds it."""

from types import MappingProxyType

NOT_YET = MappingProxyType(
    {
        "`CreditRating`, `(CreditRating)-[:RATES]->(LegalEntity)`": "credit",
        "`IncumbentContract`": "what a rival delivers, and until when",
        "more properties of labels that exist": "each rule names what it reads",
    }
)
