"""The race with other programs: speed, cost and delay, all in one run on the same pages."""
