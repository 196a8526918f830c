"""The files of a rule: what is in them, what is wrong with them, what they say."""
