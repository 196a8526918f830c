"""GraphQL: what a document may ask, how it is answered, and the types by subject."""
