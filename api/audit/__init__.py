"""The audit log on a terminal."""
