"""The front door: command line, configuration, and the demo newsroom."""
