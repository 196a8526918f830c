"""All rules on a day, or those that a change reaches, written down."""
