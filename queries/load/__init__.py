"""Questions about loads: which sources there are and how fresh they are."""
