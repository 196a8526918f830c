"""The format of rules and its lint; what runs them is not built yet."""
