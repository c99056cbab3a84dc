"""What to fetch: sources, spiders, discovery and politeness."""
