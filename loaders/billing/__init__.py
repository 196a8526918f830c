"""What the billing systems of a carrier have in common; each is a source of its own."""
