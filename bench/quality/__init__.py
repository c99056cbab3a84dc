"""How well articles are read, and how much of it hangs on single outlets, polls and articles."""
