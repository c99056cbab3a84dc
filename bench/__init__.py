"""Benchmarks: what the program costs, measured beside its peers. Run by hand; nothing here is part of the program."""
