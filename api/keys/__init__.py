"""API keys from the terminal: made, listed and taken back."""
