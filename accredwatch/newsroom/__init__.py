"""A newsroom on loopback: replicas of the outlets' sites with a campaign of our own, for demo, tests and benchmarks."""
