"""Where inventory, billing and contracts disagree, and what that costs."""
