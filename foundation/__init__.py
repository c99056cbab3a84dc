"""What every room stands on: the tree of exceptions, the clock, and the manners of configuration."""
