"""A rule's own tests, and where they run."""
