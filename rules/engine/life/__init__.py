"""How a signal lives, yields, is ranked, shown and answered, and a rule is demoted."""
