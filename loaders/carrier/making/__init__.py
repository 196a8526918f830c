"""Makes the world from a configuration; nothing here knows a system."""
