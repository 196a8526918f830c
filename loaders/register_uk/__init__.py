"""Companies House: companies, and who controls them."""
