"""How the time for reading grows with pages that are made to be slow."""
