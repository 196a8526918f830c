"""From the world to what each system says of it: when, in which part, and with which mistakes."""
