"""Questions about one customer: what it has, pays and suffers, what is next, who sells to it."""
