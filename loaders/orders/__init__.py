"""Orders and the quotes before them: TMF622 and TMF648."""
